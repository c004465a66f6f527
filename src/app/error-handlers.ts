/** Error handlers by class and by status: the most specific class first, then the status. */
import { HttpError } from "../errors/index.ts";
import { type Request, type Response, type Result, toResponse } from "../message/index.ts";

/** An error's class. Abstract ones and those with any constructor fit. */
export type ErrorClass<Caught extends Error = Error> = abstract new (...args: never[]) => Caught;

/** Makes a response of an error. What it throws goes to the next handler outward. */
export type ErrorHandler<Caught = unknown> = (error: Caught, request: Request) => Result | Promise<Result>;

/** The error handlers of an application or of a group. */
export class ErrorHandlers {
  readonly #byClass = new Map<unknown, ErrorHandler>();
  readonly #byStatus = new Map<number, ErrorHandler>();

  get empty(): boolean {
    return this.#byClass.size === 0 && this.#byStatus.size === 0;
  }

  /** A later handler for the same class or status replaces the earlier one. */
  add(key: ErrorClass | number, handler: ErrorHandler): void {
    if (typeof key === "number") this.#byStatus.set(key, handler);
    else this.#byClass.set(key, handler);
  }

  /** The response of the handler for this error; undefined where there is none. */
  answer(error: unknown, request: Request): Response | Promise<Response> | undefined {
    const handler = this.#find(error);
    if (handler === undefined) return undefined;
    const result = handler(error, request);
    const finish = (value: unknown): Response => {
      const response = toResponse(value);
      response.error = error;
      return response;
    };
    return result instanceof Promise ? result.then(finish) : finish(result);
  }

  #find(error: unknown): ErrorHandler | undefined {
    if (this.empty) return undefined;
    if (typeof error === "object" && error !== null) {
      for (let type = Object.getPrototypeOf(error); type !== null; type = Object.getPrototypeOf(type)) {
        const handler = this.#byClass.get(type.constructor);
        if (handler !== undefined) return handler;
      }
    }
    return this.#byStatus.get(error instanceof HttpError ? error.status : 500);
  }
}
