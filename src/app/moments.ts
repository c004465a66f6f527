/** What the application announces on `trace`. */
import type { Request } from "../message/index.ts";
import { moment } from "../trace/index.ts";

/** The router has decided; `pattern` is undefined where no route answers. */
export const requestRouted = moment<{ request: Request; pattern: string | undefined }>("app.request.routed");

/** An error has come out of the routes and the middleware, and is about to be answered. */
export const requestFailed = moment<{ request: Request; error: unknown }>("app.request.failed");
