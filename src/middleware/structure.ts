/** What a combinator is made of, so that `explainMiddleware` can look inside. */
import type { Request } from "../message/index.ts";
import { named } from "./name.ts";
import type { Middleware } from "./types.ts";

/** A middleware that runs another one on some requests only. */
export interface Condition {
  readonly kind: "condition";
  readonly part: Middleware;
  /** As a phrase: `"on POST"`. */
  readonly when: string;
  /** The decision, where it follows from the request alone and asking has no effect. */
  readonly decide?: (request: Request) => boolean;
}

/** A middleware that is several, one inside the other or at the same time. */
export interface Group {
  readonly kind: "stack" | "parallel";
  readonly parts: readonly Middleware[];
}

const structures = new WeakMap<Middleware, Condition | Group>();

/** Names a middleware and remembers what it is made of. */
export function structured(name: string, middleware: Middleware, structure: Condition | Group): Middleware {
  structures.set(middleware, structure);
  return named(name, middleware);
}

/** What a middleware is made of; undefined for a plain one. */
export function structureOf(middleware: Middleware): Condition | Group | undefined {
  return structures.get(middleware);
}
