/** Decodes chunked content (RFC 9112 §7.1) from any fragmentation; `RequestParser` runs it on the window it reads itself. */
import { octets } from "./byte-classes.ts";
import { ByteWindow } from "./byte-window.ts";
import { ChunkLine } from "./chunk-line.ts";
import { FieldLines } from "./field-lines.ts";
import { Headers } from "./headers.ts";
import { type DataEvent, type EndEvent, ended } from "./parser-event.ts";
import { type ParserLimits, parserLimits } from "./parser-limits.ts";
import { describeOctet, ProtocolError } from "./protocol-error.ts";
import { permittedTrailers } from "./trailer-fields.ts";

/** What the next octet belongs to. */
const step = {
  line: 0,
  data: 1,
  dataCarriageReturn: 2,
  dataLineFeed: 3,
  trailers: 4,
  done: 5,
  failed: 6,
} as const;
type Step = (typeof step)[keyof typeof step];

/**
 * A decoder for one chunked content at a time. `next` gives the data of each chunk as it arrives, at last the end with
 * the trailers.
 *
 * @throws {ProtocolError} `LMP_HTTP_CHUNK_INVALID`, `LMP_HTTP_CHUNK_TOO_LARGE`, `LMP_HTTP_CHUNK_EXTENSIONS_TOO_LARGE`,
 * `LMP_HTTP_FIELD_LINE_INVALID`, `LMP_HTTP_TRAILER_TOO_LARGE`; from `finish` `LMP_HTTP_MESSAGE_INCOMPLETE`.
 *
 * @example
 * ```ts
 * import { ChunkedDecoder } from "limpid/http";
 *
 * const decoder = new ChunkedDecoder();
 * decoder.push(Buffer.from("5\r\nhello\r\n0\r\n\r\n"));
 * for (let event = decoder.next(); event !== undefined; event = decoder.next()) {
 *   console.log(event.kind, event.kind === "data" ? String(event.bytes) : "");
 * }
 * // data hello
 * // end
 * ```
 */
export class ChunkedDecoder {
  readonly #window: ByteWindow;
  readonly #line: ChunkLine;
  readonly #trailers: FieldLines;
  #step: Step = step.line;
  /** Octets of the current chunk that have not arrived. */
  #missing = 0;

  /** `window` is the reader's that the content is part of; default: one of its own, filled by `push`. */
  constructor(given?: Partial<ParserLimits>, window: ByteWindow = new ByteWindow()) {
    const limits = parserLimits(given);
    this.#window = window;
    this.#line = new ChunkLine(limits);
    this.#trailers = new FieldLines({
      lines: limits.trailerLines,
      sectionBytes: limits.trailerBytes,
      lineBytes: Math.min(limits.headerLineBytes, limits.trailerBytes),
      nameBytes: limits.fieldNameBytes,
      tooLarge: trailersTooLarge,
    });
  }

  /** Whether the end has been given out. */
  get done(): boolean {
    return this.#step === step.done;
  }

  /** Makes the decoder ready for the next content. */
  reset(): void {
    this.#step = step.line;
    this.#line.reset();
    this.#trailers.reset();
  }

  /** Hands in octets. They may be reused once `next` has returned `undefined`. */
  push(bytes: Uint8Array): void {
    this.#window.push(bytes);
  }

  /** The next event, or `undefined` where more octets are needed or the end has been given out. */
  next(): DataEvent | EndEvent | undefined {
    try {
      return this.#advance(this.#window);
    } catch (error) {
      this.#step = step.failed;
      throw error;
    }
  }

  /** Everything that has been handed in and is not part of the content. */
  take(): Uint8Array {
    const window = this.#window;
    const rest = Uint8Array.from(window.bytes.subarray(window.start, window.end));
    window.clear();
    return rest;
  }

  /** Says that nothing more will come: right only behind the end. */
  finish(): void {
    if (this.#step >= step.done) return;
    throw new ProtocolError(400, "LMP_HTTP_MESSAGE_INCOMPLETE", "The chunked content has no end.", {
      expected: "a chunk of size 0 and an empty line",
      found: "the end of the connection",
    });
  }

  #advance(window: ByteWindow): DataEvent | EndEvent | undefined {
    while (this.#step < step.done) {
      if (this.#step === step.trailers) return this.#readTrailers(window);
      if (window.at === window.end) break;
      if (this.#step === step.data) return this.#readData(window);
      if (this.#step === step.line) this.#readLine(window);
      else this.#readDataEnd(window);
      window.release();
    }
    window.retain();
    return undefined;
  }

  #readLine(window: ByteWindow): void {
    if (!this.#line.scan(window)) return;
    this.#missing = this.#line.size;
    this.#step = this.#missing === 0 ? step.trailers : step.data;
  }

  #readData(window: ByteWindow): DataEvent {
    const length = Math.min(this.#missing, window.end - window.at);
    const bytes = window.bytes.subarray(window.at, window.at + length);
    window.at += length;
    window.release();
    this.#missing -= length;
    if (this.#missing === 0) this.#step = step.dataCarriageReturn;
    return { kind: "data", bytes };
  }

  #readDataEnd(window: ByteWindow): void {
    const octet = window.bytes[window.at]!;
    const isFirst = this.#step === step.dataCarriageReturn;
    if (octet !== (isFirst ? octets.carriageReturn : octets.lineFeed)) {
      throw new ProtocolError(400, "LMP_HTTP_CHUNK_INVALID", "A chunk does not end where its size says.", {
        expected: "CRLF behind the data",
        found: describeOctet(octet),
      });
    }
    window.at++;
    this.#step = isFirst ? step.dataLineFeed : step.line;
  }

  #readTrailers(window: ByteWindow): EndEvent | undefined {
    const trailers = this.#trailers;
    let signal = trailers.scan(window);
    while (signal === "line") signal = trailers.scan(window);
    if (signal === "more") {
      window.retain();
      return undefined;
    }
    this.#step = step.done;
    const end = window.at;
    const start = window.start;
    window.release();
    if (trailers.count === 0) return ended;
    const block = window.bytes.toString("latin1", start, end);
    const received = Headers.fromBlock(block, trailers.copyOffsets());
    return { kind: "end", trailers: permittedTrailers(received) };
  }
}

function trailersTooLarge(what: string, limit: number): ProtocolError {
  return new ProtocolError(400, "LMP_HTTP_TRAILER_TOO_LARGE", "The trailers are too large.", {
    expected: `at most ${limit} ${what}`,
    found: "more",
  });
}
