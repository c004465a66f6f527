/** Runs a middleware on some request methods only. */
import type { Request } from "../message/index.ts";
import { optionInvalid } from "./option-invalid.ts";
import type { Middleware } from "./types.ts";
import { conditional, partName } from "./when.ts";

/**
 * Runs the middleware on requests of these methods. `GET` stands for `HEAD` too, because a `HEAD` request is answered
 * as `GET` is and must pass the same guards (RFC 9110 §9.3.2). Throws `LMP_MIDDLEWARE_OPTION_INVALID`.
 *
 * @example
 * ```ts
 * import { bodyLimit, compose, onMethods } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const run = compose([onMethods(["POST", "PUT"], bodyLimit("10kb"))], (request) => `${request.bodyLimit} bytes`);
 * console.log(await (await run(new Request("/", { method: "POST" }))).text()); // 10240 bytes
 * ```
 */
export function onMethods<Adds extends object>(
  methods: string | readonly string[],
  middleware: Middleware<Adds>,
): Middleware<Partial<Adds>> {
  const list = typeof methods === "string" ? [methods] : methods;
  if (!Array.isArray(list) || list.length === 0) throw refused(list);
  for (const method of list) if (!/^[A-Z][A-Z-]{0,23}$/.test(method)) throw refused(method);
  const wanted = new Set(list.includes("GET") ? [...list, "HEAD"] : list);
  const decide = (request: Request): boolean => wanted.has(request.method);
  const name = `onMethods(${list.join(", ")}, ${partName(middleware)})`;
  return conditional(name, decide, middleware, `only on ${[...wanted].join(", ")}`, decide);
}

function refused(found: unknown): Error {
  return optionInvalid(
    "methods of onMethods",
    'a method in capitals such as "POST", or a list of them',
    found,
    "Write the methods as they stand in a request; their case matters.",
  );
}
