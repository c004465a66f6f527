/** Request and Response: the objects an application holds. */
export type { Application } from "./application.ts";
export { type Body, type BodyInit, encoded } from "./body-init.ts";
export type { Carrier, Origin, RequestInit } from "./carrier.ts";
export { type ContentSource, contentFrom, contentOf } from "./content.ts";
export { errorResponse, type Problem, prefersHtml, problemOf } from "./error-response.ts";
export { escapeHtml } from "./escape-html.ts";
export { formatEvent, type ServerSentEvent } from "./event-stream.ts";
export { attachment, type FileOptions } from "./file-response.ts";
export { Html, raw } from "./html.ts";
export { HtmlStream } from "./html-stream.ts";
export type { JsonOptions } from "./json.ts";
export { type LendsPieces, lentPieces } from "./lent-pieces.ts";
export { noncePlace } from "./nonce-place.ts";
export {
  type AnyRequest,
  DEFAULT_BODY_LIMIT,
  type PlainTypes,
  Request,
  type RequestTypes,
} from "./request.ts";
export { bodiless, Response, type ResponseInit } from "./response.ts";
export type { ResponseCookies } from "./response-cookies.ts";
export { type Result, toResponse } from "./to-response.ts";
