/** The error exit of an application: its handlers, else a safe default, and the fields middleware wants on every response. */
import { errorResponse, prefersHtml, type Request, type Response } from "../message/index.ts";
import { appliedLater } from "../middleware/index.ts";
import type { ErrorHandlers } from "./error-handlers.ts";
import { asError, isOurs, logFailure } from "./log-failure.ts";
import { requestFailed } from "./moments.ts";

/** Turns every error into a response, and logs the ones that are nobody's but ours. */
export class ErrorExit {
  readonly #handlers: ErrorHandlers;
  readonly #development: boolean;
  readonly #patternOf: (request: Request) => string | undefined;

  constructor(
    handlers: ErrorHandlers,
    development: boolean,
    patternOf: (request: Request) => string | undefined,
  ) {
    this.#handlers = handlers;
    this.#development = development;
    this.#patternOf = patternOf;
  }

  /** Never throws and never rejects. */
  answer(error: unknown, request: Request): Response | Promise<Response> {
    if (requestFailed.active) requestFailed.announce({ request, error });
    logFailure(error, request);
    const failed = (second: unknown): Response | Promise<Response> => {
      logFailure(second, request, "the error handler failed");
      return this.#default(second, request);
    };
    let answer: Response | Promise<Response>;
    try {
      answer = this.#handlers.answer(error, request) ?? this.#default(error, request);
    } catch (second) {
      answer = failed(second);
    }
    if (!(answer instanceof Promise)) return finished(answer, request);
    return answer.catch(failed).then((response) => finished(response, request));
  }

  #default(error: unknown, request: Request): Response | Promise<Response> {
    if (!this.#development || !isOurs(error) || !prefersHtml(request)) return errorResponse(error, request);
    const page = async (): Promise<Response> => {
      const { developmentPage } = await import("./development-page.ts");
      return developmentPage(error, request, this.#patternOf(request));
    };
    return page().catch(() => errorResponse(error, request));
  }
}

/** Middleware that an error has passed applies its fields here. What one of them throws must not undo the answer. */
function finished(response: Response, request: Request): Response {
  for (const apply of appliedLater(request)) {
    try {
      apply(response);
    } catch (error) {
      request.log.error(asError(error), "a middleware could not change the error response");
    }
  }
  return response;
}
