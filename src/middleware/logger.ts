/** Writes one log line for every request. */
import { HttpError } from "../errors/index.ts";
import { type Request, Response } from "../message/index.ts";
import { applyLater } from "./applied-later.ts";
import { markLogged } from "./logged-errors.ts";
import { named } from "./name.ts";
import type { Middleware } from "./types.ts";

/** Options of `logger`. */
export interface LoggerOptions {
  /** The level of an ordinary line. Default `"info"`; a response with status 500 and above is always `"error"`. */
  level?: "trace" | "debug" | "info" | undefined;
  /** Requests that get no line unless they fail, such as those of a health check. Default none. */
  skip?: ((request: Request) => boolean) | undefined;
  /** Fields of one's own for the line. Never a secret. */
  fields?: ((request: Request, response: Response) => object) | undefined;
}

/**
 * Logs method, path, status, duration in milliseconds and the bytes of the content, on `request.log` and so with the
 * request id. The query is left out, because secrets travel in it. The duration ends when the response is there; its
 * content may stream for longer, and has no `bytes` then.
 *
 * Where an error passes through, the line is written when it has become a response (`appliedLater`), with the status
 * that the client sees, and with the error and its stack unless it is an `HttpError` below 500.
 *
 * @example
 * ```ts
 * import { compose, logger } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const run = compose([logger({ skip: ({ path }) => path === "/health" })], () => "fine");
 * console.log(await (await run(new Request("/health"))).text()); // fine
 * ```
 */
export function logger(options: LoggerOptions = {}): Middleware {
  const { level = "info", skip, fields } = options;
  return named("logger", (request, next) => {
    const begun = performance.now();
    const write = (response: Response, error: unknown, failed: boolean): void => {
      if (!failed && isSkipped(request, skip)) return;
      const own = ownFields(request, response, fields);
      const line = { ...lineOf(request, response, begun), ...own, ...errorFields(error, failed) };
      request.log[failed ? "error" : level](line, `${line.method} ${line.path} ${line.status}`);
    };
    const done = (response: Response): Response => {
      const failed = response.status >= 500;
      if (failed) markLogged(response.error);
      write(response, response.error, failed);
      return response;
    };
    const wait = (error: unknown): never => {
      const ours = !(error instanceof HttpError && error.status < 500);
      if (ours) markLogged(error);
      applyLater(request, (response) => write(response, error, ours || response.status >= 500));
      throw error;
    };
    let answer: Response | Promise<Response>;
    try {
      answer = next();
    } catch (error) {
      return wait(error);
    }
    return answer instanceof Response ? done(answer) : answer.then(done, wait);
  });
}

/** A predicate that reads a malformed path throws; such a request is worth its line. */
function isSkipped(request: Request, skip: LoggerOptions["skip"]): boolean {
  try {
    return skip?.(request) === true;
  } catch {
    return false;
  }
}

/** The line is written whatever becomes of the application's own fields. */
function ownFields(
  request: Request,
  response: Response,
  fields: LoggerOptions["fields"],
): object | undefined {
  try {
    return fields?.(request, response);
  } catch (error) {
    request.log.warn({ err: error }, "The fields of logger could not be made.");
    return undefined;
  }
}

interface Line {
  method: string;
  path: string;
  status: number;
  duration_ms: number;
  bytes?: number;
}

function lineOf(request: Request, response: Response, begun: number): Line {
  const bytes = request.method === "HEAD" ? 0 : sizeOf(response);
  return {
    method: request.method,
    path: pathOf(request),
    status: response.status,
    duration_ms: Math.round((performance.now() - begun) * 1000) / 1000,
    ...(bytes === undefined ? {} : { bytes }),
  };
}

/** The path as routed; as sent where it is malformed. */
function pathOf(request: Request): string {
  try {
    return request.path;
  } catch {
    return request.target.split("?", 1)[0]!;
  }
}

/** Bytes of the content; undefined where only its stream knows. */
function sizeOf(response: Response): number | undefined {
  const { content } = response;
  if (content === null) return 0;
  if (typeof content === "string") return Buffer.byteLength(content);
  if (content instanceof Uint8Array) return content.length;
  const announced = response.headers.get("content-length");
  return announced === null ? undefined : Number(announced);
}

function errorFields(error: unknown, failed: boolean): object {
  if (error === undefined) return {};
  if (failed) return { err: error };
  return error instanceof HttpError ? { code: error.code } : {};
}
