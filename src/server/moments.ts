/** What the server announces on `trace`. */
import type { HttpError } from "../errors/index.ts";
import type { Request, Response } from "../message/index.ts";
import { moment } from "../trace/index.ts";

/** A request's head has been read; the application is about to see it. */
export const requestBegin = moment<{ request: Request; connection: number }>("server.request.begin");

/** The last byte of a response has been handed to the connection, or the exchange was broken off. */
export const requestEnd = moment<{
  request: Request;
  connection: number;
  /** Undefined where the client went away first. */
  response: Response | undefined;
  milliseconds: number;
}>("server.request.end");

/** A message was malformed or late; the connection is being closed. */
export const protocolError = moment<{ error: HttpError; connection: number }>("server.protocol.error");

/** Requests are being shed from now on. `figure` is the delay of the event loop in milliseconds, or the heap's share. */
export const overloadBegin = moment<{ reason: "loop-delay" | "heap"; figure: number }>(
  "server.overload.begin",
);

/** Requests are no longer shed. */
export const overloadEnd = moment<{ shed: number; accepted: number; milliseconds: number }>(
  "server.overload.end",
);

/** Something kept the event loop from turning; the request, where there is one, was the last to begin before. */
export const loopBlocked = moment<{
  milliseconds: number;
  method: string | undefined;
  path: string | undefined;
}>("server.loop.blocked");
