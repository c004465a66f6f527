/** Scans the request line (RFC 9112 §3): method, target and version, with exactly one space between them. */
import { octets, targetOctets, tokenOctets } from "./byte-classes.ts";
import type { ByteWindow } from "./byte-window.ts";
import type { ParserLimits } from "./parser-limits.ts";
import { describeOctet, ProtocolError } from "./protocol-error.ts";

/** Where in the line the scan stands; it goes on there when more octets arrive. */
const step = { begin: 0, emptyLine: 1, method: 2, target: 3, version: 4 } as const;
type Step = (typeof step)[keyof typeof step];

/** Empty lines before a request that are read over (RFC 9112 §2.2); some old clients send one behind content. */
const emptyLines = 4;

/** What stands behind the target. The two digits, at 5 and 7, are read and not compared. */
const versionPattern = Buffer.from("HTTP/1.1\r\n");
const majorPlace = 5;
const minorPlace = 7;

/** One request line; positions are relative to `window.start`, where the method begins. */
export class RequestLine {
  readonly #limits: ParserLimits;
  methodEnd = 0;
  targetStart = 0;
  targetEnd = 0;
  minorVersion: 0 | 1 = 1;
  #step: Step = step.begin;
  #emptyLines = 0;
  #major = 1;
  #versionAt = 0;

  constructor(limits: ParserLimits) {
    this.#limits = limits;
  }

  /** Whether an octet of the method has been seen. */
  get started(): boolean {
    return this.#step > step.emptyLine;
  }

  /** Whether no octet has been seen. */
  get untouched(): boolean {
    return this.#step === step.begin && this.#emptyLines === 0;
  }

  reset(): void {
    this.#step = step.begin;
    this.#emptyLines = 0;
  }

  /** Reads up to the end of the line; false while octets are missing. */
  scan(window: ByteWindow): boolean {
    if (this.#step <= step.emptyLine && !this.#begin(window)) return false;
    if (this.#step === step.method && !this.#scanMethod(window)) return false;
    if (this.#step === step.target && !this.#scanTarget(window)) return false;
    return this.#scanVersion(window);
  }

  /** Reads over empty lines to the first octet of a method, and puts the begin of the window there. */
  #begin(window: ByteWindow): boolean {
    while (window.at < window.end) {
      const octet = window.bytes[window.at]!;
      if (this.#step === step.emptyLine) {
        if (octet !== octets.lineFeed)
          throw invalid("A CR is not followed by LF.", "CRLF", describeOctet(octet));
        this.#step = step.begin;
      } else if (octet === octets.carriageReturn && this.#emptyLines < emptyLines) {
        this.#emptyLines++;
        this.#step = step.emptyLine;
      } else {
        if (tokenOctets[octet] !== 1) throw badBegin(octet);
        window.release();
        this.#step = step.method;
        return true;
      }
      window.at++;
      window.release();
    }
    return false;
  }

  #scanMethod(window: ByteWindow): boolean {
    const { bytes, end } = window;
    const limit = this.#limits.methodBytes;
    const stop = Math.min(end, window.start + limit);
    let at = window.at;
    while (at < stop && tokenOctets[bytes[at]!] === 1) at++;
    window.at = at;
    if (at === end) return false;
    const octet = bytes[at]!;
    if (octet !== octets.space) {
      if (tokenOctets[octet] !== 1) {
        throw invalid(
          "The method is not a token and a space.",
          "a method and one space",
          describeOctet(octet),
        );
      }
      throw new ProtocolError(501, "LMP_HTTP_METHOD_TOO_LONG", "The method is too long.", {
        expected: `at most ${limit} octets`,
        found: "more",
      });
    }
    this.methodEnd = at - window.start;
    this.targetStart = this.methodEnd + 1;
    window.at = at + 1;
    this.#step = step.target;
    return true;
  }

  #scanTarget(window: ByteWindow): boolean {
    const { bytes, end } = window;
    const limit = this.#limits.targetBytes;
    const stop = Math.min(end, window.start + this.targetStart + limit);
    let at = window.at;
    while (at < stop && targetOctets[bytes[at]!] === 1) at++;
    window.at = at;
    if (at === end) return false;
    const octet = bytes[at]!;
    this.targetEnd = at - window.start;
    if (octet !== octets.space || this.targetEnd === this.targetStart) throw this.#badTarget(octet);
    window.at = at + 1;
    this.#versionAt = 0;
    this.#step = step.version;
    return true;
  }

  #scanVersion(window: ByteWindow): boolean {
    if (this.#versionAt === 0 && isCurrentVersion(window)) {
      this.minorVersion = 1;
      window.at += versionPattern.length;
      return true;
    }
    while (window.at < window.end) {
      const octet = window.bytes[window.at]!;
      const place = this.#versionAt;
      if (place === majorPlace || place === minorPlace) {
        const digit = octet - octets.zero;
        if (digit < 0 || digit > 9) throw badVersion(octet);
        if (place === majorPlace) this.#major = digit;
        else this.#readMinor(digit);
      } else if (octet !== versionPattern[place]) {
        throw badVersion(octet);
      }
      window.at++;
      if (++this.#versionAt === versionPattern.length) return true;
    }
    return false;
  }

  /** RFC 9110 §2.5: a later minor version of the same major one is treated as the highest known. */
  #readMinor(digit: number): void {
    this.minorVersion = digit === 0 ? 0 : 1;
    if (this.#major === 1) return;
    throw new ProtocolError(
      505,
      "LMP_HTTP_VERSION_UNSUPPORTED",
      "The version of the request is not supported.",
      {
        expected: "HTTP/1.1 or HTTP/1.0",
        found: `HTTP/${this.#major}.${digit}`,
      },
    );
  }

  #badTarget(octet: number): ProtocolError {
    const limit = this.#limits.targetBytes;
    if (targetOctets[octet] === 1) {
      return new ProtocolError(414, "LMP_HTTP_TARGET_TOO_LONG", "The request target is too long.", {
        expected: `at most ${limit} octets`,
        found: "more",
      });
    }
    if (octet === octets.carriageReturn || octet === octets.lineFeed) {
      return invalid("The request line has no version.", "a space and HTTP/1.1", describeOctet(octet));
    }
    return new ProtocolError(
      400,
      "LMP_HTTP_TARGET_INVALID",
      "The request target has an octet that is not permitted.",
      {
        expected: "visible ASCII without #, then one space",
        found: describeOctet(octet),
        fix: "Percent-encode the octet, and leave out a fragment.",
      },
    );
  }
}

/** Whether all of the most frequent version stands there. */
function isCurrentVersion({ bytes, at, end }: ByteWindow): boolean {
  if (end - at < versionPattern.length) return false;
  for (let place = 0; place < versionPattern.length; place++) {
    if (bytes[at + place] !== versionPattern[place]) return false;
  }
  return true;
}

function badBegin(octet: number): ProtocolError {
  // 0x16 0x03 begins a TLS handshake.
  const fix = octet === 0x16 ? "Connect without TLS, or give the server a certificate." : undefined;
  const found = octet === 0x16 ? "what looks like a TLS handshake" : describeOctet(octet);
  return invalid("The request does not begin with a method.", "a method", found, fix);
}

function badVersion(octet: number): ProtocolError {
  return invalid("The request line does not end in a version.", "HTTP/1.1 and CRLF", describeOctet(octet));
}

function invalid(sentence: string, expected: string, found: string, fix?: string): ProtocolError {
  return new ProtocolError(400, "LMP_HTTP_REQUEST_LINE_INVALID", sentence, { expected, found, fix });
}
