/** What happens when `next()` is called when it must not be, or when nobody waits any more for what it gave. */
import { LimpidError } from "../errors/index.ts";
import type { Request, Response } from "../message/index.ts";

/** The second call of `next()` by one middleware. */
export function nextTwice(name: string): LimpidError {
  return new LimpidError("LMP_MIDDLEWARE_NEXT_TWICE", `The middleware "${name}" has called next() twice.`, {
    expected: "one call of next()",
    found: "a second one",
    fix: "Keep what the first call gave: const response = await next().",
  });
}

/** A call of `next()` by a middleware that has answered or thrown already. */
export function nextLate(name: string): LimpidError {
  return new LimpidError(
    "LMP_MIDDLEWARE_NEXT_LATE",
    `The middleware "${name}" has called next() after it had settled.`,
    {
      expected: "next() to be called before the middleware returns",
      found: "a call from a callback that nobody waits for",
      fix: "Make the middleware async and await what the callback waits for.",
    },
  );
}

/**
 * A late call most likely comes from a timer or an event, where a throw would end the process. So the error is
 * logged, and the caller gets it as a promise that counts as handled.
 */
export function lateRejection(request: Request, error: LimpidError): Promise<never> {
  request.log.error({ err: error }, error.message);
  const rejection = Promise.reject(error);
  rejection.catch(() => {});
  return rejection;
}

/** An error that came when the answer had been given already; there is nobody left to throw it to. */
export function logLost(request: Request, name: string, error: unknown): void {
  request.log.error({ err: error }, `An error came after "${name}" had answered.`);
}

/** Gives up a response that came too late, so that a stream behind it is closed. */
export function discard(response: Response): void {
  const { content } = response;
  if (content === null || typeof content === "string" || content instanceof Uint8Array) return;
  // A generator that was never started has nothing to close; a stream has, even then.
  const closing =
    content instanceof ReadableStream ? content.cancel() : content[Symbol.asyncIterator]().return?.();
  void Promise.resolve(closing).catch(() => {});
}
