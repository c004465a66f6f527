/** Writes the head of a response (RFC 9112 §4); it adds nothing of its own, the server decides on every line. */
import { LimpidError, reasonPhrase } from "../errors/index.ts";
import { isFieldValue, isToken } from "./byte-classes.ts";
import type { Headers } from "./headers.ts";

/** What the head of a response says. */
export interface ResponseHead {
  /** An integer from 100 to 999. */
  readonly status: number;
  /** Default: the registered reason phrase, or nothing for a status that has none. */
  readonly reason?: string | undefined;
  readonly headers: Headers;
  /** Default 1. */
  readonly minorVersion?: 0 | 1 | undefined;
  /** Field lines made beforehand, each ended by CRLF, such as a `Date` line kept for a second. */
  readonly extra?: string | undefined;
}

/**
 * The status line, the field lines with their names as written, and the empty line. Send it as latin1: each character
 * is one octet.
 *
 * @throws {LimpidError} `LMP_HTTP_STATUS_INVALID`, `LMP_HTTP_REASON_INVALID`, `LMP_HTTP_FRAMING_AMBIGUOUS` for headers
 * that say twice where the content ends, `LMP_HTTP_HEADER_VALUE_INVALID` for `extra` that is not whole field lines.
 *
 * @example
 * ```ts
 * import { Headers, serializeResponseHead } from "limpid/http";
 *
 * const headers = new Headers({ "Content-Length": "0" });
 * console.log(JSON.stringify(serializeResponseHead({ status: 404, headers })));
 * // "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
 * ```
 */
export function serializeResponseHead(head: ResponseHead): string {
  const { status, headers, minorVersion = 1, extra = "" } = head;
  const line = statusLine(status, head.reason ?? reasonPhrase(status), minorVersion);
  requireOneFraming(headers);
  requireFieldLines(extra);
  return `${line}${headers.serialize()}${extra}\r\n`;
}

/**
 * The status line (RFC 9112 §4), ended by CRLF.
 *
 * @throws {LimpidError} `LMP_HTTP_STATUS_INVALID`, `LMP_HTTP_REASON_INVALID`.
 *
 * @example
 * ```ts
 * import { statusLine } from "limpid/http";
 *
 * console.log(statusLine(404, "Not Found").trim()); // HTTP/1.1 404 Not Found
 * ```
 */
export function statusLine(status: number, reason: string, minorVersion: 0 | 1 = 1): string {
  // One line serves most responses of a server.
  if (status === lastStatus && reason === lastReason && minorVersion === 1) return lastLine;
  requireStatus(status);
  requireReason(reason);
  const line = `HTTP/1.${minorVersion} ${status} ${reason}\r\n`;
  if (minorVersion === 0) return line;
  lastStatus = status;
  lastReason = reason;
  lastLine = line;
  return line;
}

let lastStatus = 0;
let lastReason = "";
let lastLine = "";

function requireStatus(status: number): void {
  if (Number.isInteger(status) && status >= 100 && status <= 999) return;
  throw new LimpidError("LMP_HTTP_STATUS_INVALID", "The status of a response is not a status code.", {
    expected: "an integer from 100 to 999",
    found: String(status),
  });
}

function requireReason(reason: string): void {
  if (isFieldValue(reason)) return;
  throw new LimpidError("LMP_HTTP_REASON_INVALID", "The reason phrase of a response cannot be sent.", {
    expected: "no control characters and no code point above U+00FF",
    found: JSON.stringify(reason.slice(0, 64)),
    fix: "Leave the reason phrase out; clients ignore it.",
  });
}

/** RFC 9112 §6.3: never two lengths, whatever the case of the names they are hidden in. */
function requireOneFraming(headers: Headers): void {
  const lengths = headers.has("content-length") ? headers.getAll("content-length").length : 0;
  if (lengths + (headers.has("transfer-encoding") ? 1 : 0) < 2) return;
  throw new LimpidError("LMP_HTTP_FRAMING_AMBIGUOUS", "A response says twice where its content ends.", {
    expected: "one Content-Length, or Transfer-Encoding",
    found: lengths > 1 ? `${lengths} Content-Length headers` : "both",
    fix: "Leave both out: the server frames the content.",
  });
}

/** The lines that passed last; the same ones come with every response for a while. */
let lastExtra = "";

function requireFieldLines(extra: string): void {
  if (extra === lastExtra) return;
  const lines = extra.split("\r\n");
  const isWhole = lines.pop() === "" && lines.every(isFieldLine);
  if (!isWhole) {
    throw new LimpidError(
      "LMP_HTTP_HEADER_VALUE_INVALID",
      "The extra lines of a response are not field lines.",
      {
        expected: "`Name: value` and CRLF, once a line",
        found: `${extra.length} characters that are not`,
      },
    );
  }
  lastExtra = extra;
}

function isFieldLine(line: string): boolean {
  const colon = line.indexOf(":");
  return colon !== -1 && isToken(line.slice(0, colon)) && isFieldValue(line.slice(colon + 1));
}
