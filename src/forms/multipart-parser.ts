/** Parses `multipart/form-data` (RFC 7578) from octets in any fragmentation, without I/O: what every form goes through. */
import { BadRequestError } from "../errors/index.ts";
import { ByteWindow } from "../http/index.ts";
import { decoderOf } from "./charset.ts";
import { badPart, beyond, malformed } from "./form-error.ts";
import { type FormLimits, formLimits } from "./form-limits.ts";
import { FormTally } from "./form-tally.ts";
import { type PartHead, readPartHead } from "./part-head.ts";

/** A part begins. */
export interface PartBeginEvent {
  readonly kind: "part";
  readonly head: PartHead;
}

/** A piece of the content of the part that has begun. */
export interface PartDataEvent {
  readonly kind: "data";
  /** A view of what was pushed, or of the parser's own memory; it stays as it is as long as what was pushed does. */
  readonly bytes: Buffer;
}

/** The part ends. */
export interface PartEndEvent {
  readonly kind: "partEnd";
}

/** The last part has ended. What may follow is the epilogue, which means nothing; `finish` says whether it was one. */
export interface FormEndEvent {
  readonly kind: "end";
}

export type MultipartEvent = PartBeginEvent | PartDataEvent | PartEndEvent | FormEndEvent;

/** What the next octet belongs to. */
const step = { preamble: 0, delimited: 1, head: 2, body: 3, bodyEnd: 4, epilogue: 5, failed: 6 } as const;
type Step = (typeof step)[keyof typeof step];

const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const hyphen = 0x2d;
const headEnd = Buffer.from("\r\n\r\n", "latin1");
const partEnd: PartEndEvent = Object.freeze({ kind: "partEnd" });
const formEnd: FormEndEvent = Object.freeze({ kind: "end" });

/** What a boundary may be made of (RFC 2046 §5.1.1); a space not at its end. */
const boundaryPattern = /^[0-9A-Za-z'()+_,\-./:=? ]*[0-9A-Za-z'()+_,\-./:=?]$/;

/**
 * A strict, sans-IO parser for one multipart form. Whatever the fragmentation of the octets, the parts and the errors
 * are the same. Content is handed out as views; at most one delimiter of it is held back and copied.
 *
 * What another reader could take for something else is refused: bare LF, a boundary that goes on or is joined to a
 * head, folded or repeated header lines, parts in parts, anything behind the last boundary that looks like one.
 *
 * `next` throws once; the parser is dead afterwards.
 *
 * @throws HttpError 413 with the code of the limit; 400 `LMP_FORMS_MULTIPART_INVALID`, `LMP_FORMS_PART_INVALID`,
 *   `LMP_FORMS_BOUNDARY_INVALID`, `LMP_FORMS_INCOMPLETE`; 415 `LMP_FORMS_ENCODING_UNSUPPORTED`. See `docs/forms.md`.
 *
 * @example
 * ```ts
 * import { MultipartParser } from "limpid/forms";
 *
 * const parser = new MultipartParser("b");
 * parser.push(Buffer.from('--b\r\nContent-Disposition: form-data; name="tea"\r\n\r\ngreen\r\n--b--\r\n'));
 * for (let event = parser.next(); event !== undefined; event = parser.next()) {
 *   if (event.kind === "part") console.log(event.head.name);
 *   if (event.kind === "data") console.log(String(event.bytes));
 * }
 * parser.finish();
 * // tea
 * // green
 * ```
 */
export class MultipartParser {
  readonly #limits: FormLimits;
  readonly #window = new ByteWindow();
  readonly #tally: FormTally;
  /** CRLF, two hyphens and the boundary. */
  readonly #delimiter: Buffer;
  /** The same without CR: what is searched for, so that a bare LF before a boundary is seen too. */
  readonly #needle: Buffer;
  #decoder: TextDecoder;
  #step: Step = step.preamble;
  /** Octets pushed, up to the limit. */
  #received = 0;
  #overflowing = false;
  /** Octets at the begin of the body that are the CRLF of the empty line before it: 2, then 0. */
  #skip = 0;
  /** Octets behind `window.start` in which the end of a head is known not to begin. */
  #searched = 0;

  /** @param charset - Of names and values; `charset` changes it later. Default UTF-8. */
  constructor(boundary: string, limits?: Partial<FormLimits>, charset?: string) {
    this.#limits = formLimits(limits);
    this.#tally = new FormTally(this.#limits);
    this.#decoder = decoderOf(charset);
    if (boundary.length > Math.min(this.#limits.boundaryBytes, 70) || !boundaryPattern.test(boundary)) {
      throw badBoundary(boundary, this.#limits.boundaryBytes);
    }
    this.#delimiter = Buffer.from(`\r\n--${boundary}`, "latin1");
    this.#needle = this.#delimiter.subarray(1);
  }

  /** Decodes names from the next part on; what a field `_charset_` asks for (RFC 7578 §4.6). */
  set charset(label: string) {
    this.#decoder = decoderOf(label);
  }

  /** Hands in octets. They may be reused once `next` has returned `undefined` and no view of them is needed. */
  push(bytes: Uint8Array): void {
    if (this.#step === step.failed) return;
    const room = this.#limits.requestBytes - this.#received;
    this.#received += bytes.length;
    if (bytes.length <= room) this.#window.push(bytes);
    else {
      // What fits is read first, so that the error does not depend on how the octets were cut.
      if (room > 0) this.#window.push(bytes.subarray(0, room));
      this.#overflowing = true;
    }
  }

  /** The next event, or `undefined` where more octets are needed. */
  next(): MultipartEvent | undefined {
    try {
      const event = this.#advance();
      if (event === undefined && this.#overflowing) throw this.#requestTooLarge();
      return event;
    } catch (error) {
      this.#step = step.failed;
      this.#window.clear();
      throw error;
    }
  }

  /** Says that nothing more will come: right only behind the last boundary. */
  finish(): void {
    if (this.#step === step.failed) return;
    const isComplete = this.#step === step.epilogue;
    const isStray = this.#window.length === 1;
    this.#step = step.failed;
    this.#window.clear();
    if (isComplete && isStray)
      throw malformed("The form does not end at its last boundary.", "CRLF or nothing", "one octet");
    if (isComplete) return;
    throw new BadRequestError("The form is incomplete.", {
      code: "LMP_FORMS_INCOMPLETE",
      expected: "a boundary with two hyphens behind it at the end",
      found: "the end of the content",
    });
  }

  #advance(): MultipartEvent | undefined {
    for (;;) {
      switch (this.#step) {
        case step.preamble:
          if (!this.#readPreamble()) return this.#wait();
          break;
        case step.delimited:
          if (this.#window.length < 2) return this.#wait();
          if (this.#readDelimiterEnd()) return formEnd;
          break;
        case step.head:
          return this.#readHead() ?? this.#wait();
        case step.body: {
          const data = this.#readBody();
          if (data !== undefined) return data;
          if (this.#is(step.bodyEnd)) break;
          return this.#wait();
        }
        case step.bodyEnd:
          this.#consume(this.#delimiter.length);
          this.#step = step.delimited;
          return partEnd;
        case step.epilogue:
          this.#readEpilogue();
          return this.#wait();
        default:
          return undefined;
      }
    }
  }

  /** A comparison that the compiler does not narrow: a reading has just moved the step. */
  #is(other: Step): boolean {
    return this.#step === other;
  }

  #wait(): undefined {
    this.#window.retain();
    return undefined;
  }

  #consume(octets: number): void {
    this.#window.at += octets;
    this.#window.release();
  }

  /** The first boundary: at the very begin, or behind text that means nothing (RFC 2046 §5.1.1). */
  #readPreamble(): boolean {
    const window = this.#window;
    const { bytes, start, end } = window;
    const opening = this.#delimiter.length - 2;
    if (startsWith(bytes, start, end, this.#delimiter, 2)) {
      if (end - start < opening) return false;
      this.#consume(opening);
      this.#step = step.delimited;
      return true;
    }
    const found = this.#find(start);
    const { preambleBytes } = this.#limits;
    if ((found === -1 ? end - start - this.#delimiter.length : found - start) > preambleBytes) {
      const sentence = "The text before the first boundary of the form is too large.";
      throw beyond("LMP_FORMS_PREAMBLE_TOO_LARGE", sentence, preambleBytes, "bytes");
    }
    if (found === -1) return false;
    this.#consume(found - start + this.#delimiter.length);
    this.#step = step.delimited;
    return true;
  }

  /** Behind a boundary: CRLF and another part, or two hyphens and the end, which returns true. */
  #readDelimiterEnd(): boolean {
    const { bytes, start } = this.#window;
    const [first, second] = [bytes[start]!, bytes[start + 1]!];
    if (first === carriageReturn && second === lineFeed) {
      this.#tally.addPart();
      this.#consume(2);
      this.#step = step.head;
      return false;
    }
    if (first !== hyphen || second !== hyphen) {
      throw malformed(
        "A boundary of the form goes on.",
        "CRLF or two hyphens behind a boundary",
        "something else",
      );
    }
    this.#consume(2);
    this.#step = step.epilogue;
    return true;
  }

  #readHead(): PartBeginEvent | undefined {
    const window = this.#window;
    const { bytes, start, end } = window;
    const { headBytes } = this.#limits;
    if (end > start && bytes[start] === carriageReturn) {
      throw badPart(
        "A part of the form has no name.",
        "one Content-Disposition in every part",
        "no header lines",
      );
    }
    let found = bytes.indexOf(headEnd, start + this.#searched);
    if (found !== -1 && found + headEnd.length > end) found = -1;
    const length = found === -1 ? end - start - headEnd.length + 1 : found - start;
    if (length > headBytes) {
      const sentence = "The header lines of a part are too large.";
      throw beyond("LMP_FORMS_PART_HEAD_TOO_LARGE", sentence, headBytes, "bytes");
    }
    this.#searched = Math.max(0, length);
    if (found === -1) return undefined;
    const head = readPartHead(bytes.toString("latin1", start, found), this.#decoder, this.#limits.headLines);
    this.#searched = 0;
    this.#tally.addHead(head);
    // The CRLF of the empty line stays: a boundary that takes it for its own has to be seen.
    this.#consume(found - start + 2);
    this.#skip = 2;
    this.#step = step.body;
    return { kind: "part", head };
  }

  /** Content up to the next boundary, or up to what may be the begin of one. */
  #readBody(): PartDataEvent | undefined {
    const window = this.#window;
    const { bytes, at, end } = window;
    const from = at + this.#skip;
    const found = this.#find(at);
    if (found !== -1) {
      if (found < from)
        throw malformed("A boundary is joined to a head.", "an empty line and CRLF before it", "one CRLF");
      this.#step = step.bodyEnd;
      this.#skip = 0;
      window.at = found;
      window.release();
      return found === from ? undefined : this.#data(bytes, from, found);
    }
    const held = this.#heldFrom(bytes, at, end);
    if (held < from) return undefined;
    this.#skip = 0;
    window.at = held;
    window.release();
    return held === from ? undefined : this.#data(bytes, from, held);
  }

  #data(bytes: Buffer, from: number, to: number): PartDataEvent {
    this.#tally.addBytes(to - from);
    return { kind: "data", bytes: bytes.subarray(from, to) };
  }

  /** Where the next delimiter begins, at or behind `from`; -1 where there is none that is whole. */
  #find(from: number): number {
    const { bytes, end } = this.#window;
    const found = bytes.indexOf(this.#needle, from);
    // Behind `end` there may be octets of an earlier time.
    if (found === -1 || found + this.#needle.length > end) return -1;
    if (found > from && bytes[found - 1] === carriageReturn) return found - 1;
    throw malformed("A boundary stands behind a bare LF.", "CRLF before a boundary", "LF");
  }

  /** Where the octets begin that could become a delimiter; `end` where none could. */
  #heldFrom(bytes: Buffer, at: number, end: number): number {
    const delimiter = this.#delimiter;
    const first = Math.max(at, end - delimiter.length + 1);
    for (let last = end - 1; last >= first; last--) {
      const octet = bytes[last];
      if (octet === carriageReturn) return last === end - 1 ? last : end;
      if (octet !== lineFeed) continue;
      if (!startsWith(bytes, last, end, delimiter, 1)) return end;
      return last > at && bytes[last - 1] === carriageReturn ? last - 1 : last;
    }
    return end;
  }

  /** What follows the last boundary: nothing, or CRLF and text without another boundary. */
  #readEpilogue(): void {
    const { bytes, start, end } = this.#window;
    const length = end - start;
    const { epilogueBytes } = this.#limits;
    if (length > epilogueBytes + 2) {
      const sentence = "The text behind the last boundary of the form is too large.";
      throw beyond("LMP_FORMS_EPILOGUE_TOO_LARGE", sentence, epilogueBytes, "bytes");
    }
    if (!startsWith(bytes, start, end, headEnd, 0, 2)) {
      throw malformed("The form does not end at its last boundary.", "CRLF or nothing", "something else");
    }
    const found = bytes.indexOf(this.#needle, start);
    if (found === -1 || found + this.#needle.length > end) return;
    throw malformed(
      "There is a boundary behind the last one.",
      "nothing behind the last boundary",
      "another one",
    );
  }

  #requestTooLarge(): Error {
    const { requestBytes } = this.#limits;
    return beyond("LMP_FORMS_REQUEST_TOO_LARGE", "The form is too large.", requestBytes, "bytes");
  }
}

/** Whether the octets from `start` to `end` agree with `pattern` from its place `from` to `to`, as far as both go. */
function startsWith(
  bytes: Buffer,
  start: number,
  end: number,
  pattern: Buffer,
  from: number,
  to: number = pattern.length,
): boolean {
  const length = Math.min(end - start, to - from);
  for (let index = 0; index < length; index++) {
    if (bytes[start + index] !== pattern[from + index]) return false;
  }
  return true;
}

function badBoundary(boundary: string, limit: number): BadRequestError {
  return new BadRequestError("The boundary of the form is not one.", {
    code: "LMP_FORMS_BOUNDARY_INVALID",
    expected: `1 to ${Math.min(limit, 70)} characters that RFC 2046 §5.1.1 permits, no space at the end`,
    found: boundary === "" ? "none" : `${boundary.length} characters`,
  });
}
