/** What the parser hands out for the head of a request: start line, fields and framing, decided once. */
import type { Headers } from "./headers.ts";

/** How the end of the content is found (RFC 9112 §6.3). */
export type Framing = "none" | "length" | "chunked";

/** The head of one request, already checked against every MUST for a server. */
export interface RequestHead {
  /** As sent, case-sensitive: `"GET"`. */
  readonly method: string;
  /** The request target as sent (RFC 9112 §3.2): `"/users?page=2"`, `"http://host/path"`, `"*"`. */
  readonly target: string;
  /** The raw path of the target, not decoded, without query: `"/users"`; `"*"` for asterisk-form. */
  readonly path: string;
  /** What follows `?` in the target, raw; the empty string where there is none. */
  readonly query: string;
  /** `1` for HTTP/1.1 and any later HTTP/1.x, `0` for HTTP/1.0. */
  readonly minorVersion: 0 | 1;
  readonly headers: Headers;
  /** Host and optional port from the target in absolute-form, else from `Host`; `""` where HTTP/1.0 sent none. */
  readonly host: string;
  readonly framing: Framing;
  /** Octets of content when `framing` is `"length"`, 0 when it is `"none"`, -1 when it is `"chunked"`. */
  readonly contentLength: number;
  /** Whether the client permits another request on this connection (RFC 9112 §9.3). */
  readonly keepAlive: boolean;
  /** Whether the client waits for `100 Continue` (RFC 9110 §10.1.1); always false for HTTP/1.0. */
  readonly expectContinue: boolean;
  /** Whether `Connection` names `upgrade` and an `Upgrade` field is there (RFC 9110 §7.8). */
  readonly upgrade: boolean;
}
