/** The moments of a middleware's call, for `trace`. */
import type { Request, Response } from "../message/index.ts";
import { moment } from "../trace/index.ts";

/** A middleware is about to be called. */
export const callBegan = moment<{ request: Request; name: string }>("middleware.call.begin");

/** A middleware has settled: with a response, or with an error. */
export const callEnded = moment<{ request: Request; name: string; response?: Response; error?: unknown }>(
  "middleware.call.end",
);
