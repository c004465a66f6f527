/** One connection speaking HTTP/1.1: bytes to requests, requests to the application, responses in order. */
import { HttpError, LimpidError } from "../errors/index.ts";
import type { RequestHead, RequestParser } from "../http/index.ts";
import { type Application, errorResponse, type Response, toResponse } from "../message/index.ts";
import type { Connection, ConnectionConsumer } from "../tcp/index.ts";
import { clientGone, hostUnknown, late, upgradeUnasked } from "./connection-errors.ts";
import { Deadlines } from "./deadlines.ts";
import { Exchange } from "./exchange.ts";
import { hostAllowed } from "./host-check.ts";
import { protocolError, requestBegin, requestEnd } from "./moments.ts";
import type { Overload } from "./overload.ts";
import type { ParserPool } from "./parser-pool.ts";
import { piecesOf } from "./pieces.ts";
import { type BodyOwner, RequestBody } from "./request-body.ts";
import { needsClose, writeResponse } from "./response-writer.ts";
import type { ServerLimits } from "./server-options.ts";
import { takeoverOf } from "./upgrade.ts";

/** What a connection needs of its server. */
export interface HttpConnectionOwner {
  readonly application: Application;
  readonly limits: ServerLimits;
  readonly parsers: ParserPool;
  readonly allowedHosts: readonly string[] | undefined;
  readonly overload: Overload | undefined;
  /** The connection has closed. */
  closed(connection: HttpConnection): void;
  /** Something went wrong that no client may hear of. */
  failed(error: unknown, exchange: Exchange | undefined): void;
}

/** A response that waits in memory for a client that does not read keeps the next request waiting from here on. */
const UNSENT_BYTES = 65_536;

/** The state of one connection between two requests, within one, or at its end. */
export class HttpConnection implements ConnectionConsumer, BodyOwner {
  readonly connection: Connection;
  readonly #owner: HttpConnectionOwner;
  /** Only while there is something to parse. */
  #parser: RequestParser | undefined;
  #exchange: Exchange | undefined;
  readonly #deadlines: Deadlines;
  #served = 0;
  #advancing = false;
  #paused = false;
  /** The client has sent its last byte. */
  #ended = false;
  /** When this turn began: bytes came, or an answer. */
  #now = monotonic();
  /** Nothing is read any more: the connection closes, or speaks another protocol. */
  #done = false;

  constructor(connection: Connection, owner: HttpConnectionOwner) {
    this.connection = connection;
    this.#owner = owner;
    this.#deadlines = new Deadlines(owner.limits, this.#now);
    connection.consume(this);
  }

  /** Whether no request is being read or answered. */
  get idle(): boolean {
    return this.#exchange === undefined && !this.#started;
  }

  /** Whether a head has begun and is not complete. */
  get #started(): boolean {
    return this.#parser?.started === true;
  }

  receive(bytes: Uint8Array): void {
    if (this.#done) return;
    this.#now = monotonic();
    // Bytes behind a whole request belong to the next one; they must not prolong the time of this one's handler.
    if (!this.#exchange?.received) this.#deadlines.received(this.idle, this.#now);
    this.#parser ??= this.#owner.parsers.take();
    this.#parser.push(bytes);
    this.#advance();
    this.#exchange?.content?.retain();
    // Where the next request has to wait, its bytes outlive the buffer they came in.
    if (!this.#done) this.#parser?.retain();
  }

  drained(): void {
    this.#goOn();
  }

  /** Something that was waited for has happened outside of `receive`. */
  #goOn(): void {
    if (this.#advancing) return;
    this.#now = monotonic();
    this.#advance();
  }

  /** Takes as many steps as can be taken now. A step may end in here again, which the first call then goes on with. */
  #advance(): void {
    if (this.#advancing) return;
    this.#advancing = true;
    try {
      while (!this.#done && this.#step());
      this.#rest();
      if (this.#ended && !this.#done && !this.#exchange?.received) this.#finish();
    } catch (error) {
      this.#refuse(error);
    } finally {
      this.#advancing = false;
    }
    this.#regulate();
  }

  /** Between two requests another connection may have the parser. */
  #rest(): void {
    const parser = this.#parser;
    if (parser === undefined || this.#exchange !== undefined || !parser.resting) return;
    this.#parser = undefined;
    this.#owner.parsers.give(parser);
  }

  /** Parses one event. False when there is none or something else has to happen first. */
  #step(): boolean {
    const exchange = this.#exchange;
    if (exchange === undefined) {
      if (this.connection.writableLength > UNSENT_BYTES) return false;
    } else if (exchange.received || this.#bodyFull(exchange)) {
      return false;
    }
    const event = this.#parser?.next();
    if (event === undefined) return false;
    if (event.kind === "head") this.#begin(event.head);
    else if (event.kind === "data") this.#takeContent(event.bytes);
    else if (exchange?.content) this.#contentComplete(exchange, exchange.content);
    return true;
  }

  #begin(head: RequestHead): void {
    const length = head.framing === "length" ? head.contentLength : undefined;
    const content = head.framing === "none" ? null : new RequestBody(length, this);
    const exchange = new Exchange(this.connection, head, content, this.#now);
    this.#exchange = exchange;
    if (content !== null && length !== undefined && !exchange.continueOwed) this.#takeWhole(content, length);
    this.#served++;
    if (this.#served >= this.#owner.limits.maxRequestsPerConnection) exchange.closeAfter = true;
    if (requestEnd.active) exchange.started = performance.now();
    if (requestBegin.active)
      requestBegin.announce({ request: exchange.request, connection: this.connection.id });
    if (!hostAllowed(head.host, this.#owner.allowedHosts)) {
      this.#answer(exchange, errorResponse(hostUnknown(), exchange.request));
      return;
    }
    const { overload } = this.#owner;
    if (overload?.sheds(head, exchange.begun)) {
      this.#answer(exchange, overload.refusal());
      return;
    }
    this.#handle(exchange);
  }

  /** Content that has come together with its head is there before the application asks for it. */
  #takeWhole(content: RequestBody, length: number): void {
    const parser = this.#parser;
    const { bodyBufferBytes, unreadBodyBytes } = this.#owner.limits;
    if (parser === undefined || length > Math.min(parser.buffered, bodyBufferBytes, unreadBodyBytes)) return;
    let event = parser.next();
    for (; event?.kind === "data"; event = parser.next()) content.push(event.bytes);
    if (event?.kind === "end") content.finish();
  }

  #handle(exchange: Exchange): void {
    let result: Response | Promise<Response>;
    try {
      result = this.#owner.application.handle(exchange.request);
    } catch (error) {
      this.#answer(exchange, this.#failure(exchange, error));
      return;
    }
    if (!(result instanceof Promise)) {
      this.#answer(exchange, result);
      return;
    }
    result.then(
      (response) => this.#answer(exchange, response),
      (error: unknown) => this.#answer(exchange, this.#failure(exchange, error)),
    );
  }

  #failure(exchange: Exchange, error: unknown): Response {
    if (!(error instanceof HttpError && error.expose)) this.#owner.failed(error, exchange);
    return errorResponse(error, exchange.request);
  }

  #answer(exchange: Exchange, result: Response): void {
    if (exchange.answered) {
      discard(result);
      return;
    }
    exchange.answered = true;
    try {
      const response = toResponse(result, exchange.request);
      if (response.status === 101) this.#handOver(exchange, response);
      else this.#write(exchange, response);
    } catch (error) {
      // Nothing has been written: fields are checked and put together before the first byte leaves.
      this.#owner.failed(error, exchange);
      this.#write(exchange, errorResponse(new HttpError(500), exchange.request));
    }
  }

  #write(exchange: Exchange, response: Response): void {
    if (this.#last || needsClose(response, exchange.head.minorVersion) || this.#unreadable(exchange)) {
      exchange.closeAfter = true;
    }
    const writing = writeResponse(this.connection, response, exchange);
    if (writing === undefined) {
      this.#answered(exchange, response);
      return;
    }
    writing.then(
      () => this.#answered(exchange, response),
      (error: unknown) => this.#broken(exchange, response, error),
    );
  }

  /** Whether the server stops and nothing that was pipelined behind this request would be lost. */
  get #last(): boolean {
    return this.connection.stopping && !this.#parser?.buffered;
  }

  /** Whether the rest of the content is too much to be read away for the sake of the connection (RFC 9112 §9.3). */
  #unreadable(exchange: Exchange): boolean {
    const { content } = exchange;
    if (content === null || content.complete) return false;
    // A client that was not told to continue may send its content or not: nobody can know what comes next.
    if (exchange.continueOwed) return true;
    if (this.#tooMuchUnread(content)) return true;
    return (
      content.length !== undefined && content.length - content.received > this.#owner.limits.unreadBodyBytes
    );
  }

  #answered(exchange: Exchange, response: Response): void {
    this.#announceEnd(exchange, response);
    if (this.#done) return;
    if (exchange.closeAfter) {
      this.#close();
      return;
    }
    if (!this.#advancing) this.#now = monotonic();
    if (exchange.received) this.#next();
    else exchange.content?.cancel();
    this.#advance();
  }

  #next(): void {
    this.#exchange = undefined;
    this.#deadlines.restart(this.#now);
  }

  #broken(exchange: Exchange, response: Response, error: unknown): void {
    this.#announceEnd(exchange, this.connection.closed ? undefined : response);
    if (this.connection.closed) return;
    this.#done = true;
    // A client that goes away while it is answered is no failure of ours.
    const gone = error instanceof LimpidError && error.code === "LMP_TCP_CONNECTION_CLOSED";
    if (!gone) this.#owner.failed(error, exchange);
    // What is missing must be seen to be missing: a reset, never a proper end.
    this.connection.reset();
  }

  #announceEnd(exchange: Exchange, response: Response | undefined): void {
    if (exchange.ended) return;
    exchange.end();
    if (!requestEnd.active) return;
    const milliseconds = performance.now() - (exchange.started || exchange.begun);
    requestEnd.announce({
      request: exchange.request,
      connection: this.connection.id,
      response,
      milliseconds,
    });
  }

  #handOver(exchange: Exchange, response: Response): void {
    const takeover = takeoverOf(response);
    if (!exchange.head.upgrade || !exchange.received) throw upgradeUnasked();
    this.#done = true;
    writeResponse(this.connection, response, exchange);
    this.#announceEnd(exchange, response);
    this.connection.consume(undefined);
    const rest = this.#parser?.take() ?? new Uint8Array(0);
    const started = async (): Promise<void> => takeover(this.connection, rest);
    started().catch((error: unknown) => {
      this.#owner.failed(error, exchange);
      this.connection.destroy();
    });
  }

  #takeContent(bytes: Uint8Array): void {
    const content = this.#exchange?.content;
    if (!content) return;
    content.push(bytes);
    if (this.#exchange?.answered && this.#tooMuchUnread(content)) this.#close();
  }

  #tooMuchUnread(content: RequestBody): boolean {
    return content.discardedBytes > this.#owner.limits.unreadBodyBytes;
  }

  #contentComplete(exchange: Exchange, content: RequestBody): void {
    content.finish();
    if (exchange.answered && !this.#done && this.#exchange === exchange && content.discarded) this.#next();
  }

  /** Whether reading has to wait for the application. */
  #bodyFull({ content }: Exchange): boolean {
    if (content === null) return false;
    // One piece is held even where the limit is 0, or nothing would ever be read.
    return content.held >= Math.max(1, this.#owner.limits.bodyBufferBytes) || this.#tooMuchUnread(content);
  }

  wanted(): void {
    const exchange = this.#exchange;
    if (exchange?.continueOwed && !exchange.answered) {
      exchange.continueOwed = false;
      // RFC 9110 §10.1.1: only while none of the content has come.
      const none = exchange.content?.received === 0 && !this.#parser?.buffered;
      if (none) this.connection.write("HTTP/1.1 100 Continue\r\n\r\n", "latin1");
    }
    this.#goOn();
  }

  cancelled(): void {
    this.#goOn();
  }

  /** Reads on or pauses, whichever the state asks for. */
  #regulate(): void {
    const exchange = this.#exchange;
    const limits = this.#owner.limits;
    const pause =
      !this.#done &&
      (exchange === undefined
        ? this.connection.writableLength > UNSENT_BYTES
        : exchange.received
          ? (this.#parser?.buffered ?? 0) >= limits.pipelineBytes
          : this.#bodyFull(exchange));
    if (pause === this.#paused) return;
    this.#paused = pause;
    if (pause) this.connection.pause();
    else {
      this.#deadlines.restart(this.#now);
      this.connection.resume();
    }
  }

  /** The message is malformed or late: whoever reads it learns so, and nothing behind it is parsed. */
  #refuse(error: unknown): void {
    const refusal = error instanceof HttpError ? error : new HttpError(500, undefined, { cause: error });
    if (refusal.status === 500) this.#owner.failed(error, this.#exchange);
    if (protocolError.active) protocolError.announce({ error: refusal, connection: this.connection.id });
    const exchange = this.#exchange;
    if (exchange === undefined) {
      void writeResponse(this.connection, errorResponse(refusal), unreadable);
      this.#close();
      return;
    }
    exchange.closeAfter = true;
    exchange.content?.fail(refusal);
    if (exchange.content?.discarded) this.#close();
  }

  #timeOut(exchange: Exchange, error: HttpError): void {
    exchange.closeAfter = true;
    exchange.abort(error);
    this.#answer(exchange, errorResponse(error, exchange.request));
  }

  #close(): void {
    this.#done = true;
    this.connection.close();
  }

  ended(): void {
    this.#ended = true;
    // Whoever closes and whoever only ends its side look the same: the work is called off, an answer still goes out.
    this.#exchange?.abort(clientGone());
    this.#goOn();
  }

  /** Everything that was sent has been parsed, and nothing more will come. */
  #finish(): void {
    this.#ended = false;
    this.#parser?.finish();
    if (this.#exchange === undefined) this.#close();
  }

  closed(): void {
    this.#owner.closed(this);
    const exchange = this.#exchange;
    const handedOver = this.#done && exchange?.answered;
    this.#done = true;
    if (exchange === undefined || handedOver) return;
    this.#announceEnd(exchange, undefined);
    exchange.answered = true;
    exchange.abort(clientGone());
  }

  /** Looks whether anything has taken too long. `now` is on the monotonic clock. */
  check(now: number): void {
    if (this.connection.closed) return;
    if (this.#deadlines.stalled(now, this.connection)) this.connection.reset();
    if (this.#done) return;
    if (this.#exchange !== undefined) this.#checkExchange(this.#exchange, now);
    else if (!this.#started) {
      if (this.#deadlines.idleLate(now, this.#served, this.connection.stopping)) this.#close();
    } else if (this.#deadlines.headLate(now)) this.#refuse(late("LMP_SERVER_HEADER_TIMEOUT"));
  }

  #checkExchange(exchange: Exchange, now: number): void {
    const { content } = exchange;
    if (content?.taken && !content.complete) {
      // Who reads an upload as fast as a disk takes it never waits for the client, and does not hang either.
      content.taken = false;
      exchange.workingSince = now;
    }
    if (content !== null && !content.complete && (content.waiting || content.discarded)) {
      exchange.workingSince = now;
      if (!this.#deadlines.contentLate(now, exchange)) return;
      if (exchange.answered) this.#close();
      else this.#timeOut(exchange, late("LMP_SERVER_BODY_TIMEOUT"));
    } else if (!exchange.answered && this.#deadlines.handlerLate(now, exchange)) {
      const error = late("LMP_SERVER_HANDLER_TIMEOUT");
      this.#owner.failed(error, exchange);
      this.#timeOut(exchange, error);
    }
  }
}

/** What a message that could not be read gets: whatever it was, the connection closes. */
const unreadable = { head: { method: "GET", minorVersion: 1 }, closeAfter: true } as const;

/** Whole milliseconds on a clock that never goes back. */
function monotonic(): number {
  return Math.trunc(performance.now());
}

/** A response that came too late holds resources all the same. */
function discard(response: unknown): void {
  const content = (response as Response | undefined)?.content;
  if (typeof content === "object" && content !== null && Symbol.asyncIterator in content)
    piecesOf(content).cancel();
}
