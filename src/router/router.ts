/** The router: finds the route for a method and a path, and builds a path from the name of a route. */
import { LimpidError } from "../errors/index.ts";
import { moment } from "../trace/index.ts";
import { MethodRoutes, type ParsedRoute } from "./method-routes.ts";
import { parsePattern } from "./pattern.ts";
import { patternVariants, variantShape } from "./pattern-variants.ts";
import { reverseUrl } from "./reverse-url.ts";
import type {
  FindResult,
  Match,
  MethodMismatch,
  NotFound,
  ParamValue,
  QueryValues,
  RouteInfo,
  RouteOptions,
} from "./route.ts";

/** A method and a path have been looked up. */
export const routed = moment<{ method: string; path: string; result: FindResult }>("router.path.routed");

const notFound: NotFound = Object.freeze({ kind: "none" });

/**
 * Finds the route for a method and a path.
 *
 * At every segment of a path a literal beats a constrained parameter, which beats a parameter, which beats a
 * wildcard; a choice that turns out wrong later in the path is taken back. Paths are canonical: decoded once by
 * `canonicalPath`, and never decoded here. The guide has the contract as a table.
 *
 * @example
 * ```ts
 * import { Router } from "limpid/router";
 *
 * const router = new Router<string>();
 * router.add("/users", "list").add("/users/:id", "show").add("/files/*", "file");
 * console.log(router.match("/users/42")?.target); // show
 * console.log(router.match("/users/42")?.params.id); // 42
 * console.log(router.match("/files/docs/resume.pdf")?.params["*"]); // docs/resume.pdf
 * ```
 */
export class Router<Target = unknown> {
  readonly #routes: ParsedRoute<Target>[] = [];
  readonly #names = new Map<string, ParsedRoute<Target>>();
  /** The routes by method and shape, to notice that two would answer the same. */
  readonly #taken = new Map<string, RouteInfo<Target>>();
  /** The lookup for each method that a route names. */
  readonly #methods = new Map<string, MethodRoutes<Target>>();
  /** The lookup for every other method. */
  readonly #anyMethod = new MethodRoutes<Target>();
  #get = this.#anyMethod;
  /** The lookup of all routes, whatever their method. Made when it is first used. */
  #whatever: MethodRoutes<Target> | undefined;

  /**
   * Adds a route. One that names a method goes before one that answers every method, at the same place.
   *
   * @param pattern `/text`, `/:name`, `/:name(constraint)`, `/:name?`, `/*` or `/*name`, and mixtures such as
   * `/:name.:extension`; a backslash makes `: * ? ( )` literal.
   * @throws LimpidError `LMP_ROUTER_PATTERN_INVALID`, `LMP_ROUTER_CONSTRAINT_UNSAFE`, `LMP_ROUTER_METHOD_INVALID`,
   * `LMP_ROUTER_CONFLICT`, `LMP_ROUTER_NAME_TAKEN`. A router that has refused a route is unchanged.
   */
  add(pattern: string, target: Target, options: RouteOptions = {}): this {
    const { method, name } = options;
    if (method !== undefined) requireMethod(method, pattern);
    const segments = parsePattern(pattern);
    const info = Object.freeze({ method, pattern, name, target });
    const route = { info, segments, variants: patternVariants(pattern, segments) };
    this.#claim(route);
    if (method !== undefined && !this.#methods.has(method)) this.#methods.set(method, this.#collect(method));
    this.#get = this.#methods.get("GET") ?? this.#anyMethod;
    this.#routes.push(route);
    for (const [known, routes] of this.#methods) offer(routes, known, route);
    if (method === undefined) this.#anyMethod.insert(route, 0);
    this.#whatever?.insert(route, 0);
    return this;
  }

  /**
   * The route for a canonical path, or undefined. With a method, only routes that answer it count; without one, all.
   */
  match(path: string, method?: string): Match<Target> | undefined {
    const routes = method === undefined ? this.#all() : this.#answering(method);
    return routes.find(path)?.match;
  }

  /**
   * The route for a method and a canonical path; where there is none, what to answer instead. `HEAD` is answered by
   * a `GET` route unless there is a `HEAD` route for the same place (RFC 9110 §9.3.2).
   *
   * @example
   * ```ts
   * import { Router } from "limpid/router";
   *
   * const router = new Router<string>().add("/users", "list", { method: "GET" });
   * const result = router.find("DELETE", "/users");
   * if (result.kind === "method") console.log(result.allow.join(", ")); // GET, HEAD, OPTIONS
   * ```
   */
  find(method: string, path: string): FindResult<Target> {
    const result = this.#answering(method).find(path) ?? this.#otherMethods(path);
    if (routed.active) routed.announce({ method, path, result });
    return result;
  }

  /**
   * The path of a named route, encoded for a URL. Each parameter becomes one segment or a part of it; a wildcard
   * keeps its slashes.
   *
   * @throws LimpidError `LMP_ROUTER_URL_NAME_UNKNOWN`, `LMP_ROUTER_URL_PARAM_MISSING`,
   * `LMP_ROUTER_URL_PARAM_UNKNOWN`, `LMP_ROUTER_URL_PARAM_INVALID` where the URL would not lead back to the same
   * parameters.
   *
   * @example
   * ```ts
   * import { Router } from "limpid/router";
   *
   * const router = new Router<string>().add("/posts/:slug", "show", { name: "post.show" });
   * console.log(router.url("post.show", { slug: "crème brûlée" }, { page: 2 }));
   * // /posts/cr%C3%A8me%20br%C3%BBl%C3%A9e?page=2
   * ```
   */
  url(
    name: string,
    params: Readonly<Record<string, ParamValue | undefined>> = {},
    query: QueryValues = {},
  ): string {
    const route = this.#names.get(name);
    if (route) return reverseUrl(route, params, query);
    throw new LimpidError("LMP_ROUTER_URL_NAME_UNKNOWN", `No route has the name "${name}".`, {
      expected: [...this.#names.keys()].map((known) => `"${known}"`).join(" or ") || "a route with a name",
      found: `"${name}"`,
      fix: "Add the route with { name }, or correct the name.",
    });
  }

  /** All routes in the order in which they were added. */
  routes(): RouteInfo<Target>[] {
    return this.#routes.map((route) => route.info);
  }

  #answering(method: string): MethodRoutes<Target> {
    return method === "GET" ? this.#get : (this.#methods.get(method) ?? this.#answeringOther(method));
  }

  #answeringOther(method: string): MethodRoutes<Target> {
    return (method === "HEAD" ? this.#methods.get("GET") : undefined) ?? this.#anyMethod;
  }

  #otherMethods(path: string): MethodMismatch | NotFound {
    if (this.#all().find(path) === undefined) return notFound;
    const allow = new Set<string>();
    for (const [method, routes] of this.#methods) if (routes.find(path) !== undefined) allow.add(method);
    if (allow.has("GET")) allow.add("HEAD");
    allow.add("OPTIONS");
    return { kind: "method", allow: [...allow].sort() };
  }

  /** A lookup of the routes so far that answer a method. */
  #collect(method: string): MethodRoutes<Target> {
    const routes = new MethodRoutes<Target>();
    for (const route of this.#routes) offer(routes, method, route);
    return routes;
  }

  #all(): MethodRoutes<Target> {
    if (this.#whatever) return this.#whatever;
    const routes = new MethodRoutes<Target>();
    for (const route of this.#routes) routes.insert(route, 0);
    this.#whatever = routes;
    return routes;
  }

  /** Notes what the route takes, or throws before anything is noted. */
  #claim(route: ParsedRoute<Target>): void {
    const { info } = route;
    const keys = route.variants.map((variant) => `${info.method ?? ""} ${variantShape(variant)}`);
    for (const [index, key] of keys.entries()) {
      const other = keys.indexOf(key) < index ? info : this.#taken.get(key);
      if (other) throw conflict(info, other);
    }
    const { name } = info;
    if (name !== undefined) {
      const named = this.#names.get(name);
      // The same address may carry its name for several methods.
      if (named && named.info.pattern !== info.pattern) throw nameTaken(name, info, named.info);
      this.#names.set(name, named ?? route);
    }
    for (const key of keys) this.#taken.set(key, info);
  }
}

/** Adds a route to the lookup of a method if it answers it: the method itself before `GET` for `HEAD` before any. */
function offer<Target>(routes: MethodRoutes<Target>, method: string, route: ParsedRoute<Target>): void {
  const own = route.info.method;
  if (own === method) routes.insert(route, 2);
  else if (own === "GET" && method === "HEAD") routes.insert(route, 1);
  else if (own === undefined) routes.insert(route, 0);
}

function requireMethod(method: string, pattern: string): void {
  if (/^[A-Z][A-Z0-9-]*$/.test(method)) return;
  throw new LimpidError(
    "LMP_ROUTER_METHOD_INVALID",
    `The route "${pattern}" has a method that no request has.`,
    {
      expected: "a method in upper case, such as GET (RFC 9110 §9.1)",
      found: `"${method}"`,
      fix: /^[a-z-]+$/i.test(method) ? `Write "${method.toUpperCase()}".` : "Correct the method.",
    },
  );
}

function conflict(route: RouteInfo, other: RouteInfo): LimpidError {
  const message = `The route "${label(route)}" would answer the same paths as "${label(other)}".`;
  const itself = route === other;
  return new LimpidError("LMP_ROUTER_CONFLICT", message, {
    expected: "one route for a method and a path",
    found: itself ? "two ways to read its optional segments" : `"${label(other)}" before it`,
    fix: itself
      ? "Add separate routes instead of optional segments."
      : "Remove one of them, or tell them apart by a literal or a constraint such as :id(\\d+).",
  });
}

function nameTaken(name: string, route: RouteInfo, other: RouteInfo): LimpidError {
  return new LimpidError("LMP_ROUTER_NAME_TAKEN", `Two routes have the name "${name}".`, {
    expected: "one pattern for a name",
    found: `"${label(other)}" and "${label(route)}"`,
    fix: "Give one of them another name.",
  });
}

function label(route: RouteInfo): string {
  return route.method === undefined ? route.pattern : `${route.method} ${route.pattern}`;
}
