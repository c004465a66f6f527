/** Runs a middleware on some requests only, as a predicate decides. */
import type { Request, Result } from "../message/index.ts";
import { checkMiddleware, isPromise } from "./compose.ts";
import { nameOf } from "./name.ts";
import { optionInvalid } from "./option-invalid.ts";
import { type Condition, structured } from "./structure.ts";
import type { Middleware, Next } from "./types.ts";

/** Decides about a request. */
export type Predicate = (request: Request) => boolean | Promise<boolean>;

/**
 * Runs the middleware where the predicate says yes, and leaves it out otherwise. What it adds to the request may
 * then be missing, and the types say so.
 *
 * @example
 * ```ts
 * import { basicAuth, compose, when } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const guard = when((request) => request.query.has("secret"), basicAuth({ users: { ada: "enigma" } }));
 * const response = await compose([guard], () => "Welcome")(new Request("/"));
 * console.log(await response.text()); // Welcome
 * ```
 */
export function when<Adds extends object>(
  predicate: Predicate,
  middleware: Middleware<Adds>,
): Middleware<Partial<Adds>> {
  checkPredicate("when", predicate);
  const phrase = `when ${nameOf(predicate)} says so`;
  return conditional(`when(${nameOf(predicate)}, ${partName(middleware)})`, predicate, middleware, phrase);
}

/** Runs the middleware where the predicate says no: the opposite of `when`. */
export function unless<Adds extends object>(
  predicate: Predicate,
  middleware: Middleware<Adds>,
): Middleware<Partial<Adds>> {
  checkPredicate("unless", predicate);
  const opposite: Predicate = (request) => {
    const decision = predicate(request);
    return isPromise(decision) ? decision.then((yes) => !yes) : !decision;
  };
  const phrase = `unless ${nameOf(predicate)} says so`;
  return conditional(`unless(${nameOf(predicate)}, ${partName(middleware)})`, opposite, middleware, phrase);
}

/** A conditional middleware with its name and the phrase that explains it. */
export function conditional<Adds extends object>(
  name: string,
  predicate: Predicate,
  middleware: Middleware<Adds>,
  phrase: string,
  decide?: (request: Request) => boolean,
): Middleware<Partial<Adds>> {
  checkMiddleware(middleware, 0);
  const part = middleware as Middleware;
  const go = (yes: boolean, request: Request, next: Next): Result => (yes ? part(request, next) : next());
  const condition: Condition = { kind: "condition", part, when: phrase, ...(decide && { decide }) };
  return structured(
    name,
    (request, next) => {
      const decision = predicate(request);
      return isPromise(decision)
        ? decision.then((yes) => go(yes, request, next))
        : go(decision, request, next);
    },
    condition,
  );
}

/** The name of what a combinator was given, which is not known yet to be a middleware. */
export function partName(middleware: unknown): string {
  return typeof middleware === "function" ? nameOf(middleware) : typeof middleware;
}

function checkPredicate(name: string, predicate: unknown): void {
  if (typeof predicate === "function") return;
  throw optionInvalid(`predicate of ${name}`, "a function of the request", predicate, "Pass a function.");
}
