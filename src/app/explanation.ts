/** What will run for a request, in order, and why: an answer for people and for programs. */
import { Request } from "../message/index.ts";
import { explainMiddleware, type Middleware, nameOf } from "../middleware/index.ts";
import type { Assembly } from "./assembly.ts";
import { groupsOf, type Route } from "./route.ts";

/** One thing that runs. */
export interface Step {
  readonly kind: "middleware" | "routing" | "validation" | "handler" | "error";
  readonly name: string;
  /** `"depends"` where only the request itself, when it comes, can tell. */
  readonly runs: boolean | "depends";
  /** As a phrase: `"on every request"`, `"only on paths /admin/*"`. */
  readonly why: string;
}

/** What will run for a request. Printed, it is a list of lines. */
export class Explanation {
  readonly method: string;
  readonly path: string;
  /** The pattern of the route, where there is one. */
  readonly pattern: string | undefined;
  readonly steps: readonly Step[];

  constructor(method: string, path: string, pattern: string | undefined, steps: readonly Step[]) {
    this.method = method;
    this.path = path;
    this.pattern = pattern;
    this.steps = steps;
  }

  toString(): string {
    const width = Math.max(...this.steps.map((step) => step.name.length));
    const lines = this.steps.map(({ kind, name, runs, why }, index) => {
      const mark = runs === true ? "" : runs === false ? " (does not run)" : " (depends on the request)";
      return `  ${index + 1}. ${kind.padEnd(10)}  ${name.padEnd(width)}  ${why}${mark}`;
    });
    return [`${this.method} ${this.path}`, ...lines].join("\n");
  }
}

/** A route, for listings. */
export interface RouteSummary {
  /** `"*"` for a route that answers every method. */
  readonly method: string;
  readonly pattern: string;
  readonly name: string | undefined;
  /** The middleware of its groups and its own, outermost first; that of the application runs before. */
  readonly middleware: readonly string[];
  readonly handler: string;
}

/** A route as a line of a listing. */
export function summaryOf(route: Route): RouteSummary {
  const { method, pattern, options, scope } = route;
  const groups = groupsOf(scope).flatMap((group) => group.middleware);
  return {
    method: method ?? "*",
    pattern,
    name: options.name,
    middleware: [...groups, ...(options.use ?? [])].map(nameOf),
    handler: handlerName(route),
  };
}

/** What will run for a request, without running any of it. Throws `LMP_HTTP_PATH_INVALID` for a malformed path. */
export function explain(assembly: Assembly, method: string, path: string): Explanation {
  const request = new Request(path, { method });
  const steps = middlewareSteps(assembly.scope.middleware, request, "app");
  const found = assembly.router.find(method, request.path);
  if (found.kind === "found") {
    const { target, pattern } = found.match;
    steps.push(step("routing", pattern, `matches ${request.path}`), ...routeSteps(target, request));
    return new Explanation(method, path, pattern, steps);
  }
  if (found.kind === "none") steps.push(step("error", "NotFoundError", "no pattern matches: 404"));
  else {
    const allow = `Allow: ${found.allow.join(", ")}`;
    if (method === "OPTIONS") steps.push(step("handler", "OPTIONS", `204, ${allow}`));
    else steps.push(step("error", "MethodNotAllowedError", `405, ${allow}`));
  }
  return new Explanation(method, path, undefined, steps);
}

function routeSteps(route: Route, request: Request): Step[] {
  const { name, use, query, body } = route.options;
  const steps = groupsOf(route.scope).flatMap((group) =>
    middlewareSteps(group.middleware, request, `group ${group.prefix}`),
  );
  steps.push(...middlewareSteps(use ?? [], request, "route"));
  if (query !== undefined) steps.push(step("validation", "query", "by the route's schema"));
  if (body !== undefined) steps.push(step("validation", "body", "by the route's schema"));
  steps.push(step("handler", handlerName(route), name === undefined ? route.pattern : `route "${name}"`));
  return steps;
}

function middlewareSteps(middleware: readonly Middleware<never>[], request: Request, where: string): Step[] {
  return explainMiddleware(middleware as readonly Middleware[], request).map(({ name, runs, why }) => {
    return { kind: "middleware", name, runs, why: `${where}: ${why}` };
  });
}

function step(kind: Step["kind"], name: string, why: string): Step {
  return { kind, name, runs: true, why };
}

function handlerName(route: Route): string {
  return route.handler.name || "handler";
}
