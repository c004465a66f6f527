/** How a middleware adds fields to every response, also to the one that is made from an error further out. */
import { type Request, Response } from "../message/index.ts";
import type { Next } from "./types.ts";

/** Changes a response that is about to be sent. */
export type Apply = (response: Response) => void;

const later = Symbol("limpid.appliedLater");
const none: readonly Apply[] = Object.freeze([]);

/**
 * Goes on with `next()` and applies the change to the response. Where an error passes through instead, the change is
 * kept on the request, for whoever turns the error into a response (`appliedLater`).
 *
 * @example
 * ```ts
 * import { compose, type Middleware, onResponse } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const teapot: Middleware = (request, next) =>
 *   onResponse(request, next, (response) => response.headers.set("X-Vessel", "teapot"));
 * const response = await compose([teapot], () => "Tea")(new Request("/"));
 * console.log(response.headers.get("x-vessel")); // teapot
 * ```
 */
export function onResponse(request: Request, next: Next, apply: Apply): Response | Promise<Response> {
  const applied = (response: Response): Response => {
    apply(response);
    return response;
  };
  const keep = (error: unknown): never => {
    applyLater(request, apply);
    throw error;
  };
  let answer: Response | Promise<Response>;
  try {
    answer = next();
  } catch (error) {
    return keep(error);
  }
  return answer instanceof Response ? applied(answer) : answer.then(applied, keep);
}

/** Keeps a change for the response that will be made from an error. */
export function applyLater(request: Request, apply: Apply): void {
  const holder = request as Request & { [later]?: Apply[] };
  (holder[later] ??= []).push(apply);
}

/**
 * The changes that wait for the response, the innermost first; asking takes them off the request. Whoever turns an
 * error into a response applies them to it.
 */
export function appliedLater(request: Request): readonly Apply[] {
  const holder = request as Request & { [later]?: Apply[] | undefined };
  const waiting = holder[later];
  if (waiting === undefined) return none;
  holder[later] = undefined;
  return waiting;
}
