/** Scans the line before a chunk (RFC 9112 §7.1): its size in hexadecimal and extensions, which are checked and ignored. */
import { hexadecimalValues, octets, quotedTextOctets, tokenOctets } from "./byte-classes.ts";
import type { ByteWindow } from "./byte-window.ts";
import type { ParserLimits } from "./parser-limits.ts";
import { describeOctet, ProtocolError } from "./protocol-error.ts";

/** Where in the line the scan stands; it goes on there when more octets arrive. */
const step = {
  sizeStart: 0,
  size: 1,
  nameStart: 2,
  name: 3,
  valueStart: 4,
  token: 5,
  quoted: 6,
  quotedPair: 7,
  afterQuoted: 8,
  lineFeed: 9,
} as const;
type Step = (typeof step)[keyof typeof step];

const sizeDigits = 16;

/**
 * The chunk lines of one message. No whitespace is permitted, not even where RFC 9112 lets a recipient skip it (BWS):
 * another reader may take it for the end of the size.
 */
export class ChunkLine {
  readonly #limits: ParserLimits;
  /** Octets of data behind the line that was read last. */
  size = 0;
  #step: Step = step.sizeStart;
  #digits = 0;
  #octets = 0;
  /** Over all lines of the message, because a small extension on each of many chunks is large too. */
  #extensionOctets = 0;

  constructor(limits: ParserLimits) {
    this.#limits = limits;
  }

  /** Begins a new message. */
  reset(): void {
    this.#extensionOctets = 0;
    this.#begin();
  }

  /** Reads up to the end of a line; false while octets are missing. */
  scan(window: ByteWindow): boolean {
    while (window.at < window.end) {
      const octet = window.bytes[window.at++]!;
      if (this.#step === step.lineFeed) {
        if (octet !== octets.lineFeed)
          throw invalid("A CR in a chunk line is not followed by LF.", "LF", octet);
        this.#step = step.sizeStart;
        return true;
      }
      if (this.#step === step.sizeStart) this.#begin();
      this.#step = this.#step <= step.size ? this.#inSize(octet) : this.#inExtension(octet);
      if (this.#step !== step.lineFeed) this.#count();
    }
    return false;
  }

  #begin(): void {
    this.size = this.#digits = this.#octets = 0;
    this.#step = step.sizeStart;
  }

  #inSize(octet: number): Step {
    const value = hexadecimalValues[octet]!;
    if (value !== 255) {
      this.size = this.size * 16 + value;
      if (++this.#digits > sizeDigits)
        throw invalid("A chunk size has too many digits.", "at most 16 digits", octet);
      if (this.size <= Number.MAX_SAFE_INTEGER) return step.size;
      throw new ProtocolError(413, "LMP_HTTP_CHUNK_TOO_LARGE", "A chunk is too large.", {
        expected: `at most ${Number.MAX_SAFE_INTEGER} octets`,
        found: "more",
      });
    }
    if (this.#digits > 0 && octet === octets.semicolon) return step.nameStart;
    if (this.#digits > 0 && octet === octets.carriageReturn) return step.lineFeed;
    throw invalid(
      "A chunk size is not a hexadecimal number.",
      "1 to 16 hexadecimal digits, then CRLF",
      octet,
    );
  }

  /** `*( ";" chunk-ext-name [ "=" ( token / quoted-string ) ] )` (RFC 9112 §7.1.1). */
  #inExtension(octet: number): Step {
    const current = this.#step;
    if (current === step.quotedPair) {
      // quoted-pair = "\" ( HTAB / SP / VCHAR / obs-text ): the text of a quoted string and the two octets it escapes.
      const permitted =
        quotedTextOctets[octet] === 1 || octet === octets.doubleQuote || octet === octets.backslash;
      if (permitted) return step.quoted;
    } else if (current === step.quoted) {
      if (octet === octets.doubleQuote) return step.afterQuoted;
      if (octet === octets.backslash) return step.quotedPair;
      if (quotedTextOctets[octet] === 1) return step.quoted;
    } else if (tokenOctets[octet] === 1 && current !== step.afterQuoted) {
      return current === step.nameStart || current === step.name ? step.name : step.token;
    } else if (current === step.valueStart && octet === octets.doubleQuote) {
      return step.quoted;
    } else if (current === step.name && octet === octets.equals) {
      return step.valueStart;
    } else if (current !== step.nameStart && current !== step.valueStart) {
      if (octet === octets.semicolon) return step.nameStart;
      if (octet === octets.carriageReturn) return step.lineFeed;
    }
    throw invalid("A chunk extension is malformed.", ";name or ;name=value, then CRLF", octet);
  }

  /** Counts an octet of the line, and of the extensions where it is one. */
  #count(): void {
    const { chunkLineBytes, chunkExtensionBytes } = this.#limits;
    if (this.#step > step.size) this.#extensionOctets++;
    if (++this.#octets <= chunkLineBytes && this.#extensionOctets <= chunkExtensionBytes) return;
    const inLine = this.#octets > chunkLineBytes;
    throw new ProtocolError(
      413,
      "LMP_HTTP_CHUNK_EXTENSIONS_TOO_LARGE",
      "The chunk extensions are too large.",
      {
        expected: inLine
          ? `at most ${chunkLineBytes} octets a chunk line`
          : `at most ${chunkExtensionBytes} octets in all`,
        found: "more",
      },
    );
  }
}

function invalid(sentence: string, expected: string, octet: number): ProtocolError {
  return new ProtocolError(400, "LMP_HTTP_CHUNK_INVALID", sentence, {
    expected,
    found: describeOctet(octet),
  });
}
