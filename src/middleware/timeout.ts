/** Bounds the time for an answer. */
import { ServiceUnavailableError } from "../errors/index.ts";
import { type Request, Response } from "../message/index.ts";
import { named } from "./name.ts";
import { discard } from "./next-misused.ts";
import { optionInvalid } from "./option-invalid.ts";
import type { Middleware } from "./types.ts";

/**
 * Answers 503 `LMP_MIDDLEWARE_TIMEOUT` when there is no response after this many milliseconds, and aborts
 * `request.signal` with that error. JavaScript cannot be stopped from outside: a handler that does not watch the
 * signal runs on. What it returns then is given up, and what it throws is logged.
 *
 * A response is there once its status and fields are; its content may stream for longer.
 *
 * @example
 * ```ts
 * import { compose, timeout } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const run = compose([timeout(10)], () => new Promise<string>(() => {}));
 * await Promise.resolve(new Request("/")).then(run).catch((error) => console.log(error.code)); // LMP_MIDDLEWARE_TIMEOUT
 * ```
 */
export function timeout(milliseconds: number): Middleware {
  if (!Number.isInteger(milliseconds) || milliseconds < 1 || milliseconds > 0x7fffffff) {
    const expected = "whole milliseconds from 1 to 2147483647";
    throw optionInvalid(
      "milliseconds of timeout",
      expected,
      milliseconds,
      "For 30 seconds write timeout(30_000).",
    );
  }
  return named("timeout", (request, next) => {
    const answer = next();
    return answer instanceof Response ? answer : within(milliseconds, request, answer);
  });
}

function within(milliseconds: number, request: Request, answer: Promise<Response>): Promise<Response> {
  return new Promise((resolve, reject) => {
    let over = false;
    const timer = setTimeout(() => {
      over = true;
      const error = timeoutError(milliseconds);
      reject(error);
      request.abort(error);
    }, milliseconds);
    answer.then(
      (response) => {
        clearTimeout(timer);
        if (over) discard(response);
        else resolve(response);
      },
      (error) => {
        clearTimeout(timer);
        // After the end this changes nothing: the chain logs an error that nobody waits for.
        reject(error);
      },
    );
  });
}

function timeoutError(milliseconds: number): ServiceUnavailableError {
  return new ServiceUnavailableError("The answer took too long.", {
    code: "LMP_MIDDLEWARE_TIMEOUT",
    expected: `a response within ${milliseconds} ms`,
    found: "none",
    fix: "Watch request.signal in what the handler waits for, or allow more time.",
  });
}
