/** HTTP/1.1 as pure functions and state machines: no socket, no clock. */

export { reasonPhrase, reasonPhrases } from "../errors/index.ts";
export { accepts, acceptsCharset, acceptsEncoding, acceptsLanguage } from "./accept.ts";
export { AddressList } from "./address-list.ts";
export { type BasicCredentials, parseBasicCredentials } from "./basic-credentials.ts";
export { isFieldValue, isToken } from "./byte-classes.ts";
export { ByteWindow } from "./byte-window.ts";
export { type ByteRanges, byteRanges } from "./byteranges.ts";
export { canonicalPath } from "./canonical-path.ts";
export { ChunkedDecoder } from "./chunked-decoder.ts";
export { encodeChunk, lastChunk } from "./chunked-encoder.ts";
export { isCompressible } from "./compressible.ts";
export {
  type ConditionalRequest,
  evaluatePreconditions,
  ifRange,
  type Validators,
  type Verdict,
} from "./conditional.ts";
export { type CookieLimits, type Cookies, parseCookies } from "./cookie.ts";
export { entityTag, entityTags, isSameStrongly, isSameWeakly, parseEntityTag } from "./entity-tag.ts";
export { isSameName } from "./field-names.ts";
export { type Forwarded, type ForwardedField, forwardedFor } from "./forwarded.ts";
export type { FieldReader } from "./forwarded-fields.ts";
export { HeadMemo } from "./head-memo.ts";
export { type HeaderEntry, Headers, type HeadersInit } from "./headers.ts";
export { isHost } from "./host.ts";
export { formatHttpDate, parseHttpDate } from "./http-date.ts";
export { addressKey, type IpAddress, parseAddress } from "./ip-address.ts";
export { MediaType, mediaTypeOf } from "./media-type.ts";
export { type ParsedRequest, parseRequest } from "./parse-request.ts";
export type { DataEvent, EndEvent, ParserEvent, RequestHeadEvent } from "./parser-event.ts";
export { defaultParserLimits, type ParserLimits } from "./parser-limits.ts";
export { ProtocolError } from "./protocol-error.ts";
export { type Preference, preferences } from "./quality-values.ts";
export { Query, type QueryInit, type QueryLimits } from "./query.ts";
export {
  type ByteRange,
  contentRange,
  parseRange,
  type RangeLimits,
  type RangeSet,
  unsatisfiedRange,
} from "./range.ts";
export type { Framing, RequestHead } from "./request-head.ts";
export { type ParserState, RequestParser } from "./request-parser.ts";
export { type ResponseHead, serializeResponseHead, statusLine } from "./response-head.ts";
export { type CookieOptions, serializeCookie } from "./set-cookie.ts";
