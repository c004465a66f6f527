/** What templates that wait take for a value still to come. */
import { Html } from "../../message/index.ts";

/** Whether a value is a promise, or an object that can be waited for like one. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    value instanceof Promise ||
    (isObject(value) && !(value instanceof Html) && typeof value.then === "function")
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
