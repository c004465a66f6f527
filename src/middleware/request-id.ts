/** Gives every request an id that its log lines, its response and, where trusted, the proxy in front share. */
import { isToken } from "../http/index.ts";
import { onResponse } from "./applied-later.ts";
import { cryptography } from "./cryptography.ts";
import { named } from "./name.ts";
import { optionInvalid } from "./option-invalid.ts";
import type { Middleware } from "./types.ts";

/** Options of `requestId`. */
export interface RequestIdOptions {
  /** The field that carries the id, both ways. Default `"X-Request-Id"`. */
  header?: string | undefined;
  /**
   * Whether an id that came with the request is taken over. Default false: a client could make its requests look
   * like another's. True only behind a proxy that sets the field itself.
   */
  trust?: boolean | undefined;
  /** Makes a new id. Default: a random UUID. */
  generate?: (() => string) | undefined;
}

/** What is taken over: short, and harmless in a log line, a URL and a field. */
const acceptable = /^[A-Za-z0-9._~:=+-]{1,128}$/;

/**
 * Sets `request.id` and sends it back, on error responses too.
 *
 * @example
 * ```ts
 * import { compose, requestId } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const run = compose([requestId({ generate: () => "r-1" })], (request) => request.id);
 * const response = await run(new Request("/"));
 * console.log(response.headers.get("x-request-id")); // r-1
 * ```
 */
export function requestId(options: RequestIdOptions = {}): Middleware {
  const { header = "X-Request-Id", trust = false } = options;
  const { generate = cryptography().randomUUID } = options;
  if (!isToken(header)) {
    throw optionInvalid("header of requestId", "the name of a field", header, "Write it as in X-Request-Id.");
  }
  return named("requestId", (request, next) => {
    const sent = trust ? request.headers.get(header) : null;
    const id = sent !== null && acceptable.test(sent) ? sent : generate();
    request.id = id;
    return onResponse(request, next, (response) => response.headers.set(header, id));
  });
}
