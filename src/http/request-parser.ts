/** Parses requests from octets in any fragmentation: request line, field lines, content, one message after another. */
import { octets } from "./byte-classes.ts";
import { ByteWindow } from "./byte-window.ts";
import { ChunkedDecoder } from "./chunked-decoder.ts";
import { ControlFields } from "./control-fields.ts";
import { FieldLines } from "./field-lines.ts";
import type { HeadMemo } from "./head-memo.ts";
import { type HeadParts, ParsedHead } from "./parsed-head.ts";
import { type EndEvent, ended, type ParserEvent } from "./parser-event.ts";
import { type ParserLimits, parserLimits } from "./parser-limits.ts";
import { ProtocolError } from "./protocol-error.ts";
import type { RequestHead } from "./request-head.ts";
import { RequestLine } from "./request-line.ts";
import { readRequestTarget, requireSameHost } from "./request-target.ts";

/**
 * What the next octet belongs to: `"head"` of a message (or nothing yet: see `started`), its `"body"`; `"closed"`
 * after a message that ends the connection or after `take`; `"failed"` after an error.
 */
export type ParserState = "head" | "body" | "closed" | "failed";

/**
 * A strict, sans-IO parser for the requests of one connection (RFC 9112). Whatever the fragmentation of the octets,
 * the events and the errors are the same. There is no lenient mode.
 *
 * `next` throws a `ProtocolError` once; answer with its `status` and close. The parser is dead afterwards, because
 * where the next message begins cannot be known. See `docs/http.md` for the codes.
 *
 * @example
 * ```ts
 * import { RequestParser } from "limpid/http";
 *
 * const parser = new RequestParser();
 * parser.push(Buffer.from("POST /cups HTTP/1.1\r\nHost: example.com\r\nContent-Le"));
 * console.log(parser.next()); // undefined
 * parser.push(Buffer.from("ngth: 3\r\n\r\ntea"));
 * for (let event = parser.next(); event !== undefined; event = parser.next()) {
 *   if (event.kind === "head") console.log(event.head.method, event.head.path);
 *   if (event.kind === "data") console.log(String(event.bytes));
 * }
 * // POST /cups
 * // tea
 * ```
 */
export class RequestParser {
  readonly #limits: ParserLimits;
  readonly #window = new ByteWindow();
  readonly #requestLine: RequestLine;
  readonly #fields: FieldLines;
  readonly #control = new ControlFields();
  readonly #memo: HeadMemo | undefined;
  /** Made with the first chunked content. */
  #chunked: ChunkedDecoder | undefined;
  #state: ParserState = "head";
  #inFields = false;
  #isChunked = false;
  #keepAlive = true;
  /** Octets of content with a length that have not arrived. */
  #missing = 0;

  /** `memo` is shared by parsers with the same limits; without one every head is parsed. */
  constructor(limits?: Partial<ParserLimits>, memo?: HeadMemo) {
    this.#limits = parserLimits(limits);
    this.#memo = memo;
    this.#requestLine = new RequestLine(this.#limits);
    this.#fields = new FieldLines({
      lines: this.#limits.headerLines,
      sectionBytes: this.#limits.headerBytes,
      lineBytes: this.#limits.headerLineBytes,
      nameBytes: this.#limits.fieldNameBytes,
      tooLarge: headTooLarge,
    });
  }

  /** See `ParserState`. */
  get state(): ParserState {
    return this.#state;
  }

  /** Whether `next` has seen an octet of a head that is not complete; empty lines before it do not count. */
  get started(): boolean {
    return this.#state === "head" && this.#requestLine.started;
  }

  /** Whether it waits for a message and holds nothing of it: it could serve another connection. */
  get resting(): boolean {
    return this.#state === "head" && this.#requestLine.untouched && this.#window.length === 0;
  }

  /** Octets that have been handed in and are held: not parsed yet, or a part of an incomplete head. */
  get buffered(): number {
    return this.#window.length;
  }

  /** Hands in octets. They may be reused once `next` has returned `undefined`, or after `retain`. */
  push(bytes: Uint8Array): void {
    if (this.#state === "head" || this.#state === "body") this.#window.push(bytes);
  }

  /** The next event; `undefined` where more octets are needed, or no message can follow. */
  next(): ParserEvent | undefined {
    try {
      if (this.#state === "head") return this.#readHead();
      if (this.#state === "body") return this.#readBody();
    } catch (error) {
      this.#state = "failed";
      this.#window.clear();
      throw error;
    }
    this.#window.clear();
    return undefined;
  }

  /** Copies what is not parsed, so that the buffer handed in may be reused before `next` has returned `undefined`. */
  retain(): void {
    this.#window.retain();
  }

  /** Everything handed in and not parsed, for the protocol that follows an upgrade. The parser ends. */
  take(): Uint8Array {
    const window = this.#window;
    const rest = Uint8Array.from(window.bytes.subarray(window.start, window.end));
    window.clear();
    if (this.#state !== "failed") this.#state = "closed";
    return rest;
  }

  /** Says that the client sends nothing more; call it when `next` returns `undefined`. Throws inside a message. */
  finish(): void {
    const isInside = this.started || (this.#state === "body" && !this.#isEndDue());
    if (this.#state === "head") this.#state = "closed";
    if (!isInside) return;
    this.#state = "failed";
    this.#window.clear();
    throw new ProtocolError(400, "LMP_HTTP_MESSAGE_INCOMPLETE", "The request is incomplete.", {
      expected: "the rest of the request",
      found: "the end of the connection",
    });
  }

  #readHead(): ParserEvent | undefined {
    const window = this.#window;
    if (!this.#inFields) {
      const known = this.#requestLine.untouched ? this.#memo?.recall(window) : undefined;
      if (known !== undefined) return this.#headEvent(known);
      if (!this.#requestLine.scan(window)) return this.#wait();
      this.#beginFields(window);
    }
    const fields = this.#fields;
    const control = this.#control;
    let signal = fields.scan(window);
    while (signal === "line") {
      control.see(window.bytes, window.start, fields.offsets, (fields.count - 1) * 4);
      signal = fields.scan(window);
    }
    if (signal === "more") return this.#wait();
    control.finish();
    const head = this.#makeHead(window.bytes.toString("latin1", window.start, window.at));
    // What follows a head without content is a head again, which is what clients repeat.
    if (head.framing === "none") this.#memo?.remember(head, window.bytes, window.start, window.at);
    window.release();
    return this.#headEvent(head);
  }

  #headEvent(head: ParsedHead): ParserEvent {
    this.#beginBody(head);
    return { kind: "head", head };
  }

  #wait(): undefined {
    this.#window.retain();
    return undefined;
  }

  #beginFields(window: ByteWindow): void {
    const { minorVersion } = this.#requestLine;
    if (window.at - window.start > this.#limits.headerBytes) {
      throw headTooLarge("octets in all", this.#limits.headerBytes);
    }
    this.#refuseTarget(window);
    this.#fields.reset();
    this.#control.reset(minorVersion);
    this.#inFields = true;
  }

  /** Refuses a target at the end of its line, so that a wrong one does not wait for the rest of the head. */
  #refuseTarget(window: ByteWindow): void {
    const { methodEnd, targetStart, targetEnd } = this.#requestLine;
    const { bytes, start } = window;
    // Nearly every target begins with `/`, and the only method for which that is wrong has 7 letters.
    if (bytes[start + targetStart] === octets.slash && methodEnd !== "CONNECT".length) return;
    const method = bytes.toString("latin1", start, start + methodEnd);
    readRequestTarget(method, bytes.toString("latin1", start + targetStart, start + targetEnd));
  }

  #makeHead(block: string): ParsedHead {
    const line = this.#requestLine;
    const fields = this.#fields;
    const control = this.#control;
    const method = block.slice(0, line.methodEnd);
    const target = block.slice(line.targetStart, line.targetEnd);
    const read = readRequestTarget(method, target);
    const fieldHost = control.hostStart === -1 ? "" : block.slice(control.hostStart, control.hostEnd);
    if (read.authority !== "") requireSameHost(read, fieldHost);
    const hasLength = control.contentLength !== -1;
    const isCurrent = control.minorVersion === 1;
    const parts: HeadParts = {
      method,
      target,
      path: read.path,
      query: read.query,
      minorVersion: control.minorVersion,
      host: read.authority === "" ? fieldHost : read.authority,
      framing: control.chunked ? "chunked" : hasLength ? "length" : "none",
      contentLength: control.chunked ? -1 : hasLength ? control.contentLength : 0,
      // RFC 9112 §9.3: `close` rules; without it HTTP/1.1 goes on, HTTP/1.0 only on request.
      keepAlive: !control.closes && (isCurrent || control.keepsAlive),
      // RFC 9110 §10.1.1: not for HTTP/1.0; and without content there is nothing to wait for.
      expectContinue: control.expectContinue && isCurrent && (control.chunked || control.contentLength > 0),
      // RFC 9110 §7.8: Upgrade is ignored in HTTP/1.0.
      upgrade: control.hasUpgrade && control.connectionUpgrade && isCurrent,
    };
    return new ParsedHead(parts, block, fields.copyOffsets());
  }

  #beginBody(head: RequestHead): void {
    this.#state = "body";
    this.#inFields = false;
    this.#requestLine.reset();
    this.#keepAlive = head.keepAlive;
    this.#isChunked = head.framing === "chunked";
    this.#missing = this.#isChunked ? 0 : head.contentLength;
    if (!this.#isChunked) return;
    this.#chunked ??= new ChunkedDecoder(this.#limits, this.#window);
    this.#chunked.reset();
  }

  #readBody(): ParserEvent | undefined {
    if (this.#isChunked) {
      const event = this.#chunked!.next();
      return event?.kind === "end" ? this.#end(event) : event;
    }
    if (this.#missing === 0) return this.#end(ended);
    const window = this.#window;
    if (window.at === window.end) return this.#wait();
    const length = Math.min(this.#missing, window.end - window.at);
    const bytes = window.bytes.subarray(window.at, window.at + length);
    window.at += length;
    window.release();
    this.#missing -= length;
    return { kind: "data", bytes };
  }

  #end(event: EndEvent): EndEvent {
    // RFC 9112 §9.6: behind a message that ends the connection nothing is a request.
    this.#state = this.#keepAlive ? "head" : "closed";
    return event;
  }

  /** Whether the content is complete and only its end has not been asked for. */
  #isEndDue(): boolean {
    return !this.#isChunked && this.#missing === 0;
  }
}

function headTooLarge(what: string, limit: number): ProtocolError {
  const code = what === "field lines" ? "LMP_HTTP_HEADER_TOO_MANY" : "LMP_HTTP_HEADER_TOO_LARGE";
  return new ProtocolError(431, code, "The head of the request is too large.", {
    expected: `at most ${limit} ${what}`,
    found: "more",
  });
}
