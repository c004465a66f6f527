/** Runs several middleware at the same time, in front of one run of what comes after them. */
import type { Request, Response } from "../message/index.ts";
import { checkMiddleware, link } from "./compose.ts";
import { discard } from "./next-misused.ts";
import { structured } from "./structure.ts";
import type { AddedBy, Middleware, Next } from "./types.ts";
import { partName } from "./when.ts";

/**
 * Starts all of these at once, each with a `next` of its own; for middleware that wait for something, such as a
 * session and an account that are looked up in different places.
 *
 * - When all have called `next()`, what comes after them runs, once. Each `next()` gives its response or its error.
 * - When one has answered without `next()`, and all others have answered or called `next()`, nothing comes after
 *   them: each waiting `next()` gives that answer, the first listed where there are several.
 * - When one throws, each waiting `next()` rejects with its error at once, and so does each later one.
 * - The answer is there when all have settled. Passing on what `next()` gave decides nothing. The first error that
 *   one threw of its own is the outcome; else the first listed response that one made of its own; else what
 *   `next()` gave.
 *
 * @example
 * ```ts
 * import { compose, type Middleware, parallel } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const user: Middleware<{ user: string }> = async (request, next) => {
 *   request.user = await Promise.resolve("Ada");
 *   return next();
 * };
 * const basket: Middleware<{ items: number }> = async (request, next) => {
 *   request.items = await Promise.resolve(3);
 *   return next();
 * };
 * const run = compose([parallel(user, basket)], (request) => `${request.user} has ${request.items}`);
 * console.log(await (await run(new Request("/"))).text()); // Ada has 3
 * ```
 */
export function parallel<const List extends readonly Middleware[]>(
  ...middleware: List
): Middleware<AddedBy<List>> {
  middleware.forEach(checkMiddleware);
  const name = `parallel(${middleware.map(partName).join(", ")})`;
  const run: Middleware = (request, next) =>
    middleware.length === 0 ? next() : new Meeting(middleware, request, next).outcome();
  return structured(name, run, { kind: "parallel", parts: middleware }) as Middleware<AddedBy<List>>;
}

/** One run of all of them for one request. */
class Meeting {
  readonly #middleware: readonly Middleware[];
  readonly #request: Request;
  readonly #next: Next;
  /** What every `next()` waits for. */
  readonly #gate = Promise.withResolvers<Response>();
  /** The outcome of the gate, once it is known. */
  #passed: { response: Response } | { error: unknown } | undefined;
  #opened = false;
  #arrived = 0;
  /** By place in the list. */
  readonly #responses: (Response | undefined)[];
  readonly #early: (Response | undefined)[];
  #failure: { error: unknown } | undefined;

  constructor(middleware: readonly Middleware[], request: Request, next: Next) {
    this.#middleware = middleware;
    this.#request = request;
    this.#next = next;
    this.#responses = middleware.map(() => undefined);
    this.#early = middleware.map(() => undefined);
    this.#gate.promise.then(
      (response) => (this.#passed ??= { response }),
      (error) => (this.#passed ??= { error }),
    );
  }

  async outcome(): Promise<Response> {
    await Promise.all(this.#middleware.map((_, index) => this.#take(index)));
    if (this.#failure !== undefined) throw this.#failure.error;
    const passed = this.#passed;
    const common = passed !== undefined && "response" in passed ? passed.response : undefined;
    const own = this.#responses.find((response, index) => {
      return response !== undefined && (this.#early[index] !== undefined || response !== common);
    });
    const decided = own ?? common;
    this.#discardOthers(decided);
    if (decided !== undefined) return decided;
    throw (passed as { error: unknown }).error;
  }

  /** Runs one of them to its end; never rejects. */
  async #take(index: number): Promise<void> {
    let went = false;
    try {
      const run = link(this.#middleware[index]!, () => {
        went = true;
        this.#arrive();
        return this.#gate.promise;
      });
      const response = await run(this.#request);
      this.#responses[index] = response;
      if (went) return;
      this.#early[index] = response;
      this.#arrive();
    } catch (error) {
      this.#fail(error);
    }
  }

  #arrive(): void {
    this.#arrived += 1;
    if (this.#opened || this.#arrived < this.#middleware.length) return;
    this.#opened = true;
    const answer = this.#early.find((response) => response !== undefined);
    if (answer !== undefined) {
      this.#gate.resolve(answer);
      return;
    }
    try {
      this.#gate.resolve(this.#next());
    } catch (error) {
      this.#gate.reject(error);
    }
  }

  #fail(error: unknown): void {
    const passed = this.#passed;
    if (passed !== undefined && "error" in passed && passed.error === error) return;
    this.#failure ??= { error };
    if (this.#opened) return;
    this.#opened = true;
    this.#gate.reject(error);
  }

  /** An answer given without `next()` holds nothing of the others, so that a stream behind it can be closed. */
  #discardOthers(decided: Response | undefined): void {
    for (const response of this.#early) {
      if (response !== undefined && response !== decided) discard(response);
    }
  }
}
