/** Makes one function of middleware and a handler. The chain is built once; a request only walks it. */
import { LimpidError } from "../errors/index.ts";
import { type Request, Response, toResponse } from "../message/index.ts";
import { callBegan, callEnded } from "./moments.ts";
import { nameOf } from "./name.ts";
import { lateRejection, logLost, nextLate, nextTwice } from "./next-misused.ts";
import type { Handler, Middleware, Next } from "./types.ts";

/** One link of a chain. `last` is where a chain inside a chain goes on; the outermost chain has none. */
export type Link = (request: Request, last?: Next) => Response | Promise<Response>;

/**
 * One function of middleware and a handler, the first middleware outermost.
 *
 * Where nothing returns a promise, none is made. Whatever a middleware or the handler returns becomes a response at
 * once, so that `next()` always gives a `Response`. A middleware that returns nothing passes on what `next()` gave,
 * a response or an error; one that has not called `next()` answers 204. Errors reach the caller as throws or
 * rejections. Throws `LMP_MIDDLEWARE_INVALID` for what is not a function; a middleware that misuses `next` gets
 * `LMP_MIDDLEWARE_NEXT_TWICE` or `LMP_MIDDLEWARE_NEXT_LATE`.
 *
 * @example
 * ```ts
 * import { compose } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const run = compose(
 *   [
 *     async (_request, next) => {
 *       const response = await next();
 *       response.headers.set("X-Seen", "yes");
 *       return response;
 *     },
 *   ],
 *   () => "Hello",
 * );
 * const response = await run(new Request("/"));
 * console.log(response.headers.get("x-seen"), await response.text()); // yes Hello
 * ```
 */
export function compose(
  middleware: readonly Middleware[],
  handler: Handler,
): (request: Request) => Response | Promise<Response> {
  return chain(middleware, (request) => {
    const result = handler(request);
    if (result instanceof Response) return result;
    return isPromise(result) ? Promise.resolve(result).then(toResponse) : toResponse(result);
  });
}

/** Links middleware in front of what comes last. */
export function chain(middleware: readonly Middleware[], innermost: Link): Link {
  middleware.forEach(checkMiddleware);
  return middleware.reduceRight<Link>(
    (below, one) => (request, last) =>
      callBegan.active || callEnded.active
        ? announced(one, request, below, last)
        : call(one, request, below, last),
    innermost,
  );
}

/** Calls one middleware; `below` is what its `next` leads to. */
export function call(
  middleware: Middleware,
  request: Request,
  below: Link,
  last?: Next,
): Response | Promise<Response> {
  let called = false;
  let settled = false;
  /** Whether the caller got something else than what came from below. */
  let answered = false;
  let thrown: unknown;
  let passed: Response | Promise<Response> | undefined;
  let failure: { error: unknown } | undefined;

  const next = (): Response | Promise<Response> => {
    if (called || settled) {
      const error = called ? nextTwice(nameOf(middleware)) : nextLate(nameOf(middleware));
      if (settled) return lateRejection(request, error);
      throw error;
    }
    called = true;
    try {
      passed = below(request, last);
    } catch (error) {
      failure = { error };
      throw error;
    }
    if (passed instanceof Response) return passed;
    // A middleware need not await what it started: the process must outlive the rejection all the same.
    passed.catch((error) => {
      if (answered && error !== thrown) logLost(request, nameOf(middleware), error);
    });
    return passed;
  };

  let result: unknown;
  try {
    result = middleware(request, next);
  } catch (error) {
    settled = answered = true;
    thrown = error;
    throw error;
  }
  if (result instanceof Response) {
    settled = answered = true;
    return result;
  }
  if (result === passed && isPromise(result)) {
    settled = true;
    return passed as Promise<Response>;
  }
  // From here on it costs more: closures that the usual ways above have no need of.
  const settle = (value: unknown): Response | Promise<Response> => {
    settled = true;
    if (value === undefined && called) {
      if (failure !== undefined) throw failure.error;
      return passed as Response | Promise<Response>;
    }
    answered = true;
    if (typeof value === "function") refuseFunction(middleware);
    return toResponse(value);
  };
  if (!isPromise(result)) return settle(result);
  return Promise.resolve(result).then(settle, (error) => {
    settled = answered = true;
    thrown = error;
    throw error;
  });
}

/** The same call with its moments announced. */
function announced(
  middleware: Middleware,
  request: Request,
  below: Link,
  last?: Next,
): Response | Promise<Response> {
  const name = nameOf(middleware);
  if (callBegan.active) callBegan.announce({ request, name });
  const ended = (response: Response): Response => {
    if (callEnded.active) callEnded.announce({ request, name, response });
    return response;
  };
  const failed = (error: unknown): never => {
    if (callEnded.active) callEnded.announce({ request, name, error });
    throw error;
  };
  let answer: Response | Promise<Response>;
  try {
    answer = call(middleware, request, below, last);
  } catch (error) {
    return failed(error);
  }
  return answer instanceof Response ? ended(answer) : answer.then(ended, failed);
}

/** Refuses what is not a function, with its place in the list. */
export function checkMiddleware(middleware: unknown, index: number): void {
  if (typeof middleware === "function") return;
  throw new LimpidError("LMP_MIDDLEWARE_INVALID", `Middleware number ${index + 1} is not a function.`, {
    expected: "a function (request, next) => response",
    found: middleware === null ? "null" : typeof middleware,
    fix: middleware === undefined ? "Check the name of the import." : "Pass the function itself.",
  });
}

function refuseFunction(middleware: Middleware): never {
  throw new LimpidError("LMP_MIDDLEWARE_INVALID", `"${nameOf(middleware)}" returned a function.`, {
    expected: "a response, or nothing after next()",
    found: "a function",
    fix: `If it makes a middleware, call it: use(${nameOf(middleware)}()).`,
  });
}

/** Whether a value is to be waited for. */
export function isPromise<Value = unknown>(value: unknown): value is PromiseLike<Value> {
  if (value instanceof Promise) return true;
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
