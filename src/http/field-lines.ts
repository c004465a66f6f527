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
  /** Behind the last octet at which the line may still go on, relative as well. */
  #lineLimit = 0;

  constructor(limits: FieldSectionLimits) {
    this.#limits = limits;
  }

  /** Begins a new section. */
  reset(): void {
    this.count = 0;
    this.#step = step.lineStart;
  }

  /**
   * Reads up to the end of the next line (`"line"`: it is the last one in `offsets`) or of the section. One function,
   * because most of a head goes through it: it keeps what it needs at hand, and leaves off wherever octets are missing.
   */
  scan(window: ByteWindow): FieldSignal {
    const { bytes, start, end } = window;
    const place = this.count * 4;
    let { at } = window;

    if (this.#step === step.lineStart) {
      if (at === end) return "more";
      const octet = bytes[at]!;
      if (octet === octets.carriageReturn) {
        at++;
        this.#step = step.sectionEnd;
      } else {
        this.#beginLine(octet, at - start);
        this.#step = step.name;
      }
    }
    const { offsets } = this;
    if (this.#step === step.name) {
      const stop = Math.min(end, start + this.#lineStart + this.#limits.nameBytes);
      while (at < stop && tokenOctets[bytes[at]!] === 1) at++;
      if (at === end) return this.#pause(window, at);
      if (bytes[at] !== octets.colon) throw this.#badName(bytes[at]!);
      offsets[place + 1] = at++ - start;
      this.#step = step.whitespace;
    }
    if (this.#step === step.whitespace) {
      const stop = Math.min(end, start + this.#lineLimit);
      // It is not part of the value (RFC 9112 §5.1).
      while (at < stop && isWhitespace(bytes[at]!)) at++;
      if (at === end) return this.#pause(window, at);
      offsets[place + 2] = at - start;
      this.#step = step.value;
    }
    if (this.#step === step.value) {
      const stop = Math.min(end, start + this.#lineLimit);
      while (at < stop && fieldValueOctets[bytes[at]!] === 1) at++;
      if (at === end) return this.#pause(window, at);
      if (bytes[at] !== octets.carriageReturn) throw this.#badValue(bytes[at]!, at - start);
      let last = at++;
      // Nor is the whitespace behind it: SP and HTAB, nothing else.
      while (last > start + offsets[place + 2]! && isWhitespace(bytes[last - 1]!)) last--;
      offsets[place + 3] = last - start;
      this.count++;
      this.#step = step.lineEnd;
    }
    if (at === end) return this.#pause(window, at);
    if (bytes[at] !== octets.lineFeed) throw strayCarriageReturn(bytes[at]!);
    window.at = at + 1;
    if (at + 1 - start > this.#limits.sectionBytes) throw this.#sectionTooLarge();
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

  /** Octets are missing: the scan goes on at `at` when they are there. */
  #pause(window: ByteWindow, at: number): FieldSignal {
    window.at = at;
    return "more";
  }

  #beginLine(octet: number, offset: number): void {
    if (tokenOctets[octet] !== 1) throw this.#badLineStart(octet);
    const { lines, lineBytes, sectionBytes, tooLarge } = this.#limits;
    if (this.count === lines) throw tooLarge("field lines", lines);
    if (this.offsets.length === this.count * 4) this.#grow();
    this.offsets[this.count * 4] = offset;
    this.#lineStart = offset;
    this.#lineLimit = Math.min(offset + lineBytes, sectionBytes);
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

  #badName(octet: number): ProtocolError {
    const { nameBytes, tooLarge } = this.#limits;
    return tokenOctets[octet] === 1 ? tooLarge("octets in a field name", nameBytes) : badName(octet);
  }

  #badValue(octet: number, reached: number): ProtocolError {
    return reached >= this.#lineLimit ? this.#lineTooLarge(reached) : badValue(octet);
  }

  #badLineStart(octet: number): ProtocolError {
    if (!isWhitespace(octet)) return badName(octet);
    // RFC 9112 §2.2 for the first line, §5.2 (obs-fold) for the others.
    const where =
      this.count === 0 ? "The first field line begins with whitespace." : "A field line is folded.";
    return invalid(where, "a field name at the begin of every line", describeOctet(octet));
  }
}

function strayCarriageReturn(octet: number): ProtocolError {
  // RFC 9112 §2.2: a bare CR is never a line end, and it is not made a space here either.
  const found = `CR and ${describeOctet(octet)}`;
  return invalid("A CR is not followed by LF.", "CRLF at the end of the line", found);
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
