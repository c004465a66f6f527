/** How a middleware learns the prefix it was added for: `request.path` is always the whole one. */
import type { Middleware } from "./types.ts";

/** The method by which `app.use(prefix, middleware)` tells the middleware where it stands. */
export const placed: unique symbol = Symbol("limpid.middleware.placed");

/** A middleware that answers differently by where it stands. */
export interface Placeable {
  /** The middleware that stands at `prefix`: `"/static"`, and `"/"` for all paths. */
  [placed](prefix: string): Middleware;
}

/** The middleware that stands at `prefix`, which for most is the one that was given. */
export function placedAt(prefix: string, middleware: Middleware): Middleware {
  return placed in middleware ? (middleware as Middleware & Placeable)[placed](prefix) : middleware;
}
