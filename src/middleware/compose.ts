/** Makes one function of middleware and a handler. The chain is built once; a request only walks it. */
import { LimpidError } from "../errors/index.ts";
import { type Request, Response, toResponse } from "../message/index.ts";
import { callBegan, callEnded } from "./moments.ts";
import { nameOf } from "./name.ts";
import { lateRejection, logLost, nextLate, nextTwice } from "./next-misused.ts";
import type { AddedBy, Handler, Middleware, Next } from "./types.ts";

/** One link of a chain. `last` is where a chain inside a chain goes on; the outermost chain has none. */
export type Link = (request: Request, last?: Next) => Response | Promise<Response>;

/**
 * One function of middleware and a handler, the first middleware outermost.
 *
 * Where nothing returns a promise, none is made. Whatever a middleware or the handler returns becomes a response at
 * once, so that `next()` always gives a `Response`. A middleware that returns nothing passes on what `next()` gave, a
 * response or an error; one that has not called `next()` answers 204. Errors reach the caller as throws or rejections.
 * The request of the handler has what the middleware add.
 *
 * Throws `LMP_MIDDLEWARE_INVALID` for what is not a function; a middleware that misuses `next` gets
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
export function compose<const List extends readonly Middleware[]>(
  middleware: List,
  handler: Handler<Request & AddedBy<List>>,
): (request: Request) => Response | Promise<Response> {
  return chain(middleware, (request) => {
    // The middleware of the list have run by now, and set what they add.
    const result = handler(request as Request & AddedBy<List>);
    if (result instanceof Response || !isPromise(result)) return toResponse(result, request);
    return Promise.resolve(result).then((value) => toResponse(value, request));
  });
}

/** Links middleware in front of what comes last. */
export function chain(middleware: readonly Middleware[], innermost: Link): Link {
  middleware.forEach(checkMiddleware);
  const first = middleware.reduceRight<Step | undefined>(
    (below, one) => ({ middleware: one, below, innermost }),
    undefined,
  );
  if (first === undefined) return innermost;
  let announcing: Link | undefined;
  return (request, last) => {
    if (!callBegan.active && !callEnded.active) return new Call(first, request, last).run();
    announcing ??= middleware.reduceRight<Link>((below, one) => announced(one, link(one, below)), innermost);
    return announcing(request, last);
  };
}

/** One middleware of a chain. */
interface Step {
  readonly middleware: Middleware;
  /** What its `next` leads to; behind the last middleware it is `innermost`. */
  readonly below: Step | undefined;
  readonly innermost: Link;
}

/** Puts one middleware in front of `below`, which its `next` leads to. */
export function link(middleware: Middleware, below: Link): Link {
  const step: Step = { middleware, below: undefined, innermost: below };
  return (request, last) => new Call(step, request, last).run();
}

/** The state of one call: a sum of these. */
const CALLED = 1;
const SETTLED = 2;
/** The caller got something else than what came from below. */
const ANSWERED = 4;
/** The middleware has returned, perhaps a promise. */
const RETURNED = 8;

/** An error that was thrown, told apart from a response. */
class Failure {
  readonly #error: unknown;

  constructor(error: unknown) {
    this.#error = error;
  }

  get error(): unknown {
    return this.#error;
  }
}

/** One call of one middleware, for one request. */
class Call {
  readonly #step: Step;
  readonly #request: Request;
  readonly #last: Next | undefined;
  #state = 0;
  /** What came from below; from the end of the call on, what the middleware threw. */
  #outcome: Response | Promise<Response> | Failure | undefined;

  constructor(step: Step, request: Request, last: Next | undefined) {
    this.#step = step;
    this.#request = request;
    this.#last = last;
  }

  run(): Response | Promise<Response> {
    let result: unknown;
    try {
      result = this.#step.middleware(this.#request, () => this.#next());
    } catch (error) {
      this.#watchBelow();
      return this.#fail(error);
    }
    if (result === this.#outcome && result instanceof Response) {
      this.#state |= SETTLED;
      return result;
    }
    return this.#returned(result);
  }

  #next(): Response | Promise<Response> {
    if ((this.#state & (CALLED | SETTLED)) !== 0) return this.#misused();
    this.#state |= CALLED;
    const { below, innermost } = this.#step;
    try {
      this.#outcome =
        below === undefined
          ? innermost(this.#request, this.#last)
          : new Call(below, this.#request, this.#last).run();
    } catch (error) {
      this.#outcome = new Failure(error);
      throw error;
    }
    if ((this.#state & RETURNED) !== 0) this.#watchBelow();
    return this.#outcome;
  }

  /** All but the response from below itself. */
  #returned(result: unknown): Response | Promise<Response> {
    this.#state |= RETURNED;
    if (result === this.#outcome || !isPromise(result)) {
      if (result !== this.#outcome && result !== undefined) this.#watchBelow();
      return this.#settle(result);
    }
    this.#watchBelow();
    return Promise.resolve(result).then(
      (value) => this.#settle(value),
      (error) => this.#fail(error),
    );
  }

  /** Decides what the caller gets: what the middleware gave, or what came from below. */
  #settle(value: unknown): Response | Promise<Response> {
    const outcome = this.#outcome;
    const passesOn = value === outcome || (value === undefined && (this.#state & CALLED) !== 0);
    this.#state |= passesOn ? SETTLED : SETTLED | ANSWERED;
    if (!passesOn || outcome === undefined) return this.#own(value);
    if (outcome instanceof Failure) throw outcome.error;
    return outcome;
  }

  #own(value: unknown): Response {
    if (typeof value !== "function") return toResponse(value, this.#request);
    throw functionReturned(nameOf(this.#step.middleware));
  }

  #fail(error: unknown): never {
    this.#state |= SETTLED | ANSWERED;
    this.#outcome = new Failure(error);
    throw error;
  }

  /**
   * A middleware need not await what it started: the process must outlive the rejection all the same. Nobody can
   * miss one before the middleware has returned, and who passes the promise on leaves it to the caller.
   */
  #watchBelow(): void {
    const below = this.#outcome;
    if (!(below instanceof Promise)) return;
    below.then(undefined, (error) => {
      const known = this.#outcome instanceof Failure && this.#outcome.error === error;
      if ((this.#state & ANSWERED) !== 0 && !known)
        logLost(this.#request, nameOf(this.#step.middleware), error);
    });
  }

  /** What a second or a late call of `next()` gets. */
  #misused(): Promise<never> {
    const name = nameOf(this.#step.middleware);
    const error = (this.#state & CALLED) !== 0 ? nextTwice(name) : nextLate(name);
    if ((this.#state & SETTLED) !== 0) return lateRejection(this.#request, error);
    throw error;
  }
}

function functionReturned(name: string): LimpidError {
  return new LimpidError("LMP_MIDDLEWARE_INVALID", `"${name}" returned a function.`, {
    expected: "a response, or nothing after next()",
    found: "a function",
    fix: `If it makes a middleware, call it: use(${name}()).`,
  });
}

/** The same link with its moments announced. */
function announced(middleware: Middleware, linked: Link): Link {
  return (request, last) => {
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
      answer = linked(request, last);
    } catch (error) {
      return failed(error);
    }
    return answer instanceof Response ? ended(answer) : answer.then(ended, failed);
  };
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

/** Whether a value is to be waited for. */
export function isPromise<Value = unknown>(value: unknown): value is PromiseLike<Value> {
  if (value instanceof Promise) return true;
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
