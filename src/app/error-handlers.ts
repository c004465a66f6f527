/** Error handlers by class and by status; the most particular one answers. */
import { HttpError, LimpidError } from "../errors/index.ts";
import { type Request, Response, type Result, toResponse } from "../message/index.ts";

/** An error's class. Abstract ones and those with any constructor fit. */
export type ErrorClass<Caught extends Error = Error> = abstract new (...args: never[]) => Caught;

/**
 * Makes a response of an error. A result that is no Response gets the error's status, 500 where it has none. What it
 * throws goes to the next handler outward.
 */
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
      const made = toResponse(value, request);
      const response = made === value ? made : withStatus(made, statusOf(error));
      response.error = error;
      return response;
    };
    return result instanceof Promise ? result.then(finish) : finish(result);
  }

  /** A class of its own is more particular than a status, and a status than the classes that all errors share. */
  #find(error: unknown): ErrorHandler | undefined {
    if (this.empty) return undefined;
    const classes = classesOf(error);
    const shared = classes.findIndex((type) => type === HttpError || type === LimpidError || type === Error);
    const own = shared < 0 ? classes : classes.slice(0, shared);
    return (
      this.#firstOf(own) ??
      this.#byStatus.get(statusOf(error)) ??
      this.#firstOf(shared < 0 ? [] : classes.slice(shared))
    );
  }

  #firstOf(classes: readonly unknown[]): ErrorHandler | undefined {
    for (const type of classes) {
      const handler = this.#byClass.get(type);
      if (handler !== undefined) return handler;
    }
    return undefined;
  }
}

/** The class of an error and those above it, the most specific first. */
function classesOf(error: unknown): unknown[] {
  const classes: unknown[] = [];
  if (typeof error !== "object" || error === null) return classes;
  for (let type = Object.getPrototypeOf(error); type !== null; type = Object.getPrototypeOf(type)) {
    classes.push(type.constructor);
  }
  return classes;
}

function statusOf(error: unknown): number {
  return error instanceof HttpError ? error.status : 500;
}

/** What a handler returns that is no Response says nothing of a status; that of the error is meant. */
function withStatus({ content, headers }: Response, status: number): Response {
  return new Response(content, { status, headers });
}
