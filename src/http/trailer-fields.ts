/** Which fields may stand behind chunked content: not those a reader must know before the content (RFC 9110 §6.5.1). */
import { isNameAt } from "./field-names.ts";
import { Headers } from "./headers.ts";

const forbidden = [
  // framing and routing
  ...[
    "transfer-encoding",
    "content-length",
    "host",
    "connection",
    "keep-alive",
    "proxy-connection",
    "upgrade",
  ],
  ...[
    "te",
    "trailer",
    "http2-settings",
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
  ],
  // request modifiers
  ...["cache-control", "expect", "max-forwards", "pragma", "range", "if-match", "if-none-match", "if-range"],
  ...[
    "if-modified-since",
    "if-unmodified-since",
    "date",
    "age",
    "expires",
    "location",
    "retry-after",
    "vary",
  ],
  // who is asking
  ...[
    "authorization",
    "proxy-authorization",
    "proxy-authenticate",
    "www-authenticate",
    "cookie",
    "set-cookie",
  ],
  ...["origin", "referer"],
  // what the content is
  ...["content-encoding", "content-type", "content-range"],
];

/** Whether a field of this name may be a trailer. */
export function isTrailerName(name: string): boolean {
  return !forbidden.some((other) => isNameAt(name, 0, name.length, other));
}

/** The received lines that may be trailers; `undefined` where none is left. The others are shown to nobody. */
export function permittedTrailers(received: Headers): Headers | undefined {
  const permitted = new Headers();
  for (const [name, value] of received.lines()) {
    if (isTrailerName(name)) permitted.append(name, value);
  }
  return permitted.size === 0 ? undefined : permitted;
}
