/** Scans field lines (RFC 9112 §5) up to the empty line that ends them; the head and the trailers both use it. */
import { fieldValueOctets, isWhitespace, octets, tokenOctets } from "./byte-classes.ts";
import type { ByteWindow } from "./byte-window.ts";
import { describeOctet, ProtocolError } from "./protocol-error.ts";

/** Where in a line the scan stands; it goes on there when more octets arrive. */
const step = { lineStart: 0, name: 1, whitespace: 2, value: 3, lineEnd: 4, sectionEnd: 5 } as const;
type Step = (typeof step)[keyof typeof step];

const none = new Int32Array(0);

/** Lines for which there is room at first; what browsers send fits. */
const firstLines = 32;

/** What `scan` ended with: the octets, one line, or the section. */
export type FieldSignal = "more" | "line" | "end";

/** How much a section may measure, and how to refuse one that measures more. */
export interface FieldSectionLimits {
  readonly lines: number;
  readonly sectionBytes: number;
  readonly lineBytes: number;
  readonly nameBytes: number;
  readonly tooLarge: (what: string, limit: number) => ProtocolError;
}

/**
 * One section of field lines. `offsets` holds four numbers a line (name start, name end, value start, value end),
 * relative to `window.start`, so that they hold when the window moves its octets.
 */
export class FieldLines {
  readonly #limits: FieldSectionLimits;
  /** Made with the first line and grown by doubling up to the limit: most sections are short, or never begin. */
  offsets: Int32Array = none;
  count = 0;
  #step: Step = step.lineStart;
  /** Relative to `window.start`, like the offsets. */
  #lineStart = 0;

  constructor(limits: FieldSectionLimits) {
    this.#limits = limits;
  }

  /** Begins a new section. */
  reset(): void {
    this.count = 0;
    this.#step = step.lineStart;
  }

  /** Reads up to the end of the next line (`"line"`: it is the last one in `offsets`) or of the section. */
  scan(window: ByteWindow): FieldSignal {
    if (this.#step === step.lineStart && !this.#beginLine(window)) return "more";
    if (this.#step === step.name && !this.#scanName(window)) return "more";
    if (this.#step === step.whitespace && !this.#skipWhitespace(window)) return "more";
    if (this.#step === step.value && !this.#scanValue(window)) return "more";
    if (window.at === window.end) return "more";
    if (window.bytes[window.at] !== octets.lineFeed) throw this.#strayCarriageReturn(window);
    window.at++;
    if (window.at - window.start > this.#limits.sectionBytes) throw this.#sectionTooLarge();
    const ended = this.#step === step.sectionEnd;
    this.#step = step.lineStart;
    return ended ? "end" : "line";
  }

  /** The offsets of all lines, to be kept. A plain array of small integers is made faster than a typed one. */
  copyOffsets(): number[] {
    const { offsets } = this;
    const length = this.count * 4;
    const copy = new Array<number>(length);
    for (let index = 0; index < length; index++) copy[index] = offsets[index]!;
    return copy;
  }

  /** Looks at the first octet of a line: the CR of the empty line, or the begin of a name. */
  #beginLine(window: ByteWindow): boolean {
    if (window.at === window.end) return false;
    const octet = window.bytes[window.at]!;
    if (octet === octets.carriageReturn) {
      window.at++;
      this.#step = step.sectionEnd;
      return true;
    }
    if (tokenOctets[octet] !== 1) throw this.#badLineStart(octet);
    const { lines, tooLarge } = this.#limits;
    if (this.count === lines) throw tooLarge("field lines", lines);
    if (this.offsets.length === this.count * 4) this.#grow();
    this.#lineStart = window.at - window.start;
    this.offsets[this.count * 4] = this.#lineStart;
    this.#step = step.name;
    return true;
  }

  #scanName(window: ByteWindow): boolean {
    const { bytes, end } = window;
    const { nameBytes, tooLarge } = this.#limits;
    const stop = Math.min(end, window.start + this.#lineStart + nameBytes);
    let at = window.at;
    while (at < stop && tokenOctets[bytes[at]!] === 1) at++;
    window.at = at;
    if (at === end) return false;
    const octet = bytes[at]!;
    if (octet !== octets.colon) {
      throw tokenOctets[octet] === 1 ? tooLarge("octets in a field name", nameBytes) : badName(octet);
    }
    this.offsets[this.count * 4 + 1] = at - window.start;
    window.at = at + 1;
    this.#step = step.whitespace;
    return true;
  }

  /** Skips the whitespace before a value; it is not part of it (RFC 9112 §5.1). */
  #skipWhitespace(window: ByteWindow): boolean {
    const { bytes, end } = window;
    const stop = Math.min(end, this.#lineLimit(window));
    let at = window.at;
    while (at < stop && isWhitespace(bytes[at]!)) at++;
    window.at = at;
    if (at === end) return false;
    this.offsets[this.count * 4 + 2] = at - window.start;
    this.#step = step.value;
    return true;
  }

  #scanValue(window: ByteWindow): boolean {
    const { bytes, end } = window;
    const limit = this.#lineLimit(window);
    const stop = Math.min(end, limit);
    let at = window.at;
    while (at < stop && fieldValueOctets[bytes[at]!] === 1) at++;
    window.at = at;
    if (at === end) return false;
    const octet = bytes[at]!;
    if (octet !== octets.carriageReturn)
      throw at >= limit ? this.#lineTooLarge(at - window.start) : badValue(octet);
    window.at = at + 1;
    this.#endValue(bytes, window.start, at);
    this.#step = step.lineEnd;
    return true;
  }

  /** Notes where the value ends, without the whitespace behind it: SP and HTAB, nothing else. */
  #endValue(bytes: Uint8Array, base: number, end: number): void {
    const place = this.count * 4;
    const start = base + this.offsets[place + 2]!;
    let at = end;
    while (at > start && isWhitespace(bytes[at - 1]!)) at--;
    this.offsets[place + 3] = at - base;
    this.count++;
  }

  /** Behind the last octet at which this line may still go on. */
  #lineLimit(window: ByteWindow): number {
    const { lineBytes, sectionBytes } = this.#limits;
    return window.start + Math.min(this.#lineStart + lineBytes, sectionBytes);
  }

  #lineTooLarge(reached: number): ProtocolError {
    const { lineBytes, sectionBytes, tooLarge } = this.#limits;
    return reached >= sectionBytes ? this.#sectionTooLarge() : tooLarge("octets in a field line", lineBytes);
  }

  #sectionTooLarge(): ProtocolError {
    return this.#limits.tooLarge("octets in all", this.#limits.sectionBytes);
  }

  #grow(): void {
    const larger = new Int32Array(
      Math.min(Math.max(this.offsets.length * 2, firstLines * 4), this.#limits.lines * 4),
    );
    larger.set(this.offsets);
    this.offsets = larger;
  }

  #badLineStart(octet: number): ProtocolError {
    if (!isWhitespace(octet)) return badName(octet);
    // RFC 9112 §2.2 for the first line, §5.2 (obs-fold) for the others.
    const where =
      this.count === 0 ? "The first field line begins with whitespace." : "A field line is folded.";
    return invalid(where, "a field name at the begin of every line", describeOctet(octet));
  }

  #strayCarriageReturn(window: ByteWindow): ProtocolError {
    // RFC 9112 §2.2: a bare CR is never a line end, and it is not made a space here either.
    const found = describeOctet(window.bytes[window.at]!);
    return invalid("A CR is not followed by LF.", "CRLF at the end of the line", `CR and ${found}`);
  }
}

function badName(octet: number): ProtocolError {
  // RFC 9112 §5.1 forbids whitespace between name and colon by a MUST of its own.
  const sentence = isWhitespace(octet)
    ? "There is whitespace in or after a field name."
    : "A field name has an octet that is not permitted.";
  return invalid(sentence, "a token and directly behind it a colon", describeOctet(octet));
}

function badValue(octet: number): ProtocolError {
  const sentence =
    octet === octets.lineFeed
      ? "A field line is ended by LF without CR."
      : "A field value has a control character.";
  return invalid(sentence, "visible octets, SP and HTAB, then CRLF", describeOctet(octet));
}

function invalid(sentence: string, expected: string, found: string): ProtocolError {
  return new ProtocolError(400, "LMP_HTTP_FIELD_LINE_INVALID", sentence, { expected, found });
}
