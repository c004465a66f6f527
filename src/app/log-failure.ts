/** One log line for each error that is nobody's but ours, whoever answers it. */
import { HttpError } from "../errors/index.ts";
import type { Request } from "../message/index.ts";
import { isLogged } from "../middleware/index.ts";

/** By request, since one error object may be thrown for many of them. */
const logged = new WeakMap<Request, unknown>();

/** Whether the fault is on our side: everything but an error below 500. */
export function isOurs(error: unknown): boolean {
  return !(error instanceof HttpError && error.status < 500);
}

/** Logs an error of ours with the request's id, unless it has been logged. */
export function logFailure(error: unknown, request: Request, message: string = "the request failed"): void {
  if (!isOurs(error) || isLogged(error)) return;
  if (logged.has(request) && logged.get(request) === error) return;
  logged.set(request, error);
  request.log.error(asError(error), message);
}

/** What was thrown, as an error whose message can be read. */
export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(`Something that is no Error was thrown: ${shown(error)}`);
}

function shown(value: unknown): string {
  try {
    return String(value);
  } catch {
    return typeof value;
  }
}
