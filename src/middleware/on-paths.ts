/** Runs a middleware on some paths only, compared segment by segment with the path the router reads. */
import { LimpidError } from "../errors/index.ts";
import type { Request } from "../message/index.ts";
import type { Middleware } from "./types.ts";
import { conditional, partName } from "./when.ts";

/**
 * Runs the middleware on these paths: `"/admin"` is that path, `"/admin/*"` is that path and all below it. A slash at
 * the end makes no difference. Never a part of a segment: `"/admin/*"` leaves `/administrator` alone.
 *
 * What is compared is `request.path`, decoded once: no spelling reaches a handler past a guard that way. A guard
 * that belongs to a route is still better placed on the route. Throws `LMP_MIDDLEWARE_PATTERN_INVALID`.
 *
 * @example
 * ```ts
 * import { basicAuth, compose, onPaths } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const run = compose([onPaths("/admin/*", basicAuth({ users: { ada: "enigma" } }))], () => "Welcome");
 * console.log(await (await run(new Request("/"))).text()); // Welcome
 * await Promise.resolve(new Request("/%61dmin/users")).then(run).catch((error) => console.log(error.status)); // 401
 * ```
 */
export function onPaths<Adds extends object>(
  patterns: string | readonly string[],
  middleware: Middleware<Adds>,
): Middleware<Partial<Adds>> {
  const list = typeof patterns === "string" ? [patterns] : patterns;
  if (!Array.isArray(list) || list.length === 0) throw refused(list);
  const exact = new Set<string>();
  const below: string[] = [];
  for (const pattern of list) {
    checkPattern(pattern);
    const path = withoutSlash(pattern.endsWith("/*") ? pattern.slice(0, -1) : pattern);
    exact.add(path);
    if (pattern.endsWith("/*")) below.push(path === "/" ? "/" : `${path}/`);
  }
  const decide = (request: Request): boolean => {
    const path = withoutSlash(request.path);
    return exact.has(path) || below.some((prefix) => path.startsWith(prefix));
  };
  const name = `onPaths(${list.join(", ")}, ${partName(middleware)})`;
  return conditional(name, decide, middleware, `only on paths ${list.join(", ")}`, decide);
}

function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

/** A pattern that could never match, or that would mean more than it seems to, is refused. */
function checkPattern(pattern: unknown): void {
  if (typeof pattern !== "string" || !pattern.startsWith("/")) throw refused(pattern);
  const segments = (pattern.endsWith("/*") ? pattern.slice(1, -2) : pattern.slice(1)).split("/");
  if (segments.at(-1) === "") segments.pop();
  for (const segment of segments) {
    if (segment === "" || segment === "." || segment === ".." || /[*:?#%\\]/.test(segment))
      throw refused(pattern);
  }
}

function refused(found: unknown): LimpidError {
  return new LimpidError("LMP_MIDDLEWARE_PATTERN_INVALID", "The pattern of onPaths is not valid.", {
    expected: 'a path such as "/admin", or "/admin/*" for it and all below it, written decoded',
    found: typeof found === "string" ? JSON.stringify(found.slice(0, 80)) : String(found),
    fix: "Put * only at the end, behind a slash. For parameters, set the middleware on the route.",
  });
}
