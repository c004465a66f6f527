/** Lists what will run for a request, in order, and why; an application shows it for a whole route. */
import type { Request } from "../message/index.ts";
import { nameOf } from "./name.ts";
import { type Condition, structureOf } from "./structure.ts";
import type { Middleware } from "./types.ts";

/** What is known beforehand about one middleware and one request. */
export interface ExplainedMiddleware {
  readonly name: string;
  /** `"depends"` where only the request itself, when it comes, can tell. */
  readonly runs: boolean | "depends";
  /** As a phrase: `"on every request"`, `"only on paths /admin/*"`. */
  readonly why: string;
}

/**
 * What the middleware will do for the request, the outermost first, with combinators taken apart.
 *
 * @example
 * ```ts
 * import { explainMiddleware, onPaths, requestId, secureHeaders } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const list = [requestId(), onPaths("/admin/*", secureHeaders())];
 * for (const { name, runs, why } of explainMiddleware(list, new Request("/posts/1"))) console.log(name, runs, why);
 * // requestId true on every request
 * // secureHeaders false only on paths /admin/*
 * ```
 */
export function explainMiddleware(
  middleware: readonly Middleware[],
  request: Request,
): ExplainedMiddleware[] {
  return middleware.flatMap((one) => explain(one, request, true, []));
}

function explain(
  middleware: Middleware,
  request: Request,
  runs: ExplainedMiddleware["runs"],
  reasons: readonly string[],
): ExplainedMiddleware[] {
  const structure = structureOf(middleware);
  if (structure === undefined) {
    return [{ name: nameOf(middleware), runs, why: reasons.join(", ") || "on every request" }];
  }
  if (structure.kind === "condition") {
    return explain(structure.part, request, both(runs, decided(structure, request)), [
      ...reasons,
      structure.when,
    ]);
  }
  const { kind, parts } = structure;
  return parts.flatMap((part) => {
    const others = parts.filter((other) => other !== part).map(nameOf);
    const together =
      kind === "parallel" && others.length > 0 ? [`at the same time as ${others.join(", ")}`] : [];
    return explain(part, request, runs, [...reasons, ...together]);
  });
}

function decided(condition: Condition, request: Request): ExplainedMiddleware["runs"] {
  return condition.decide === undefined ? "depends" : condition.decide(request);
}

function both(
  one: ExplainedMiddleware["runs"],
  other: ExplainedMiddleware["runs"],
): ExplainedMiddleware["runs"] {
  if (one === false || other === false) return false;
  return one === true ? other : one;
}
