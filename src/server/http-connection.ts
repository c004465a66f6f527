/** One connection speaking HTTP/1.1: bytes to requests, requests to the application, responses in order. */
import { HttpError, LimpidError } from "../errors/index.ts";
import { type ParserLimits, type RequestHead, RequestParser } from "../http/index.ts";
import { type Application, errorResponse, type Response, toResponse } from "../message/index.ts";
import type { Connection } from "../tcp/index.ts";
import { Exchange } from "./exchange.ts";
import { hostAllowed } from "./host-check.ts";
import { protocolError, requestBegin, requestEnd } from "./moments.ts";
import { RequestBody } from "./request-body.ts";
import { needsClose, writeResponse } from "./response-writer.ts";
import type { ServerLimits } from "./server-options.ts";
import { takeoverOf } from "./upgrade.ts";

/** What a connection needs of its server. */
export interface HttpConnectionOwner {
  readonly application: Application;
  readonly limits: ServerLimits;
  readonly parserLimits: Partial<ParserLimits>;
  readonly allowedHosts: readonly string[] | undefined;
  /** Something went wrong that no client may hear of. */
  failed(error: unknown, exchange: Exchange | undefined): void;
}

/** A response that waits in memory for a client that does not read keeps the next request waiting from here on. */
const UNSENT_BYTES = 65_536;

/** The state of one connection between two requests, within one, or at its end. */
export class HttpConnection {
  readonly connection: Connection;
  readonly #owner: HttpConnectionOwner;
  readonly #parser: RequestParser;
  #exchange: Exchange | undefined;
  /** Milliseconds on the monotonic clock: when the last byte came, and when the head being read began. */
  #lastByte: number = performance.now();
  #headBegun = 0;
  #served = 0;
  #advancing = false;
  #paused = false;
  /** The client has sent its last byte. */
  #ended = false;
  /** Nothing is read any more: the connection closes, or speaks another protocol. */
  #done = false;
  #discardedFrom = 0;
  #sent = 0;
  #sentAt = 0;

  constructor(connection: Connection, owner: HttpConnectionOwner) {
    this.connection = connection;
    this.#owner = owner;
    this.#parser = new RequestParser(owner.parserLimits);
    connection.on("data", this.#receive);
    connection.on("end", this.#end);
    connection.on("drain", this.#advance);
    connection.on("close", this.#closed);
    connection.on("stopping", this.#stop);
  }

  /** Whether no request is being read or answered. */
  get idle(): boolean {
    return this.#exchange === undefined && !this.#parser.started;
  }

  #receive = (bytes: Uint8Array): void => {
    if (this.#done) return;
    this.#lastByte = performance.now();
    const idle = this.idle;
    this.#parser.push(bytes);
    if (idle) this.#headBegun = this.#lastByte;
    this.#advance();
  };

  /** Takes as many steps as can be taken now. A step may end in here again, which the first call then goes on with. */
  #advance = (): void => {
    if (this.#advancing) return;
    this.#advancing = true;
    try {
      while (!this.#done && this.#step());
      if (this.#ended && !this.#done && !this.#exchange?.received) this.#finish();
    } catch (error) {
      this.#refuse(error);
    } finally {
      this.#advancing = false;
    }
    this.#regulate();
  };

  /** Parses one event. False when there is none or something else has to happen first. */
  #step(): boolean {
    const exchange = this.#exchange;
    if (exchange === undefined) {
      if (this.connection.writableLength > UNSENT_BYTES) return false;
    } else if (exchange.received || this.#bodyFull(exchange)) {
      return false;
    }
    const event = this.#parser.next();
    if (event === undefined) return false;
    if (event.kind === "head") this.#begin(event.head);
    else if (event.kind === "data") this.#takeContent(event.bytes);
    else if (exchange?.content) this.#contentComplete(exchange, exchange.content);
    return true;
  }

  #begin(head: RequestHead): void {
    const length = head.framing === "length" ? head.contentLength : undefined;
    const content = head.framing === "none" ? null : new RequestBody(length, this.#bodyOwner);
    const exchange = new Exchange(this.connection, head, content, performance.now());
    this.#exchange = exchange;
    this.#served++;
    if (this.#served >= this.#owner.limits.maxRequestsPerConnection) exchange.closeAfter = true;
    if (requestBegin.active) requestBegin.announce({ request: exchange.request, connection: this.connection.id });
    if (!hostAllowed(head.host, this.#owner.allowedHosts)) {
      const error = new HttpError(421, "This server does not answer for that host.", { code: "LMP_SERVER_HOST_UNKNOWN" });
      this.#answer(exchange, errorResponse(error, exchange.request));
      return;
    }
    this.#handle(exchange);
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
      const response = toResponse(result);
      if (response.status === 101) this.#handOver(exchange, response);
      else this.#write(exchange, response);
    } catch (error) {
      // Nothing has been written: fields are checked and put together before the first byte leaves.
      this.#owner.failed(error, exchange);
      this.#write(exchange, errorResponse(new HttpError(500), exchange.request));
    }
  }

  #write(exchange: Exchange, response: Response): void {
    const { minorVersion } = exchange.head;
    if (this.connection.stopping || needsClose(response, minorVersion) || this.#unreadable(exchange)) {
      exchange.closeAfter = true;
    }
    this.#sentAt = performance.now();
    const reception = { method: exchange.head.method, minorVersion, close: exchange.closeAfter };
    const writing = writeResponse(this.connection, response, reception);
    if (writing === undefined) {
      this.#answered(exchange, response);
      return;
    }
    writing.then(
      () => this.#answered(exchange, response),
      (error: unknown) => this.#broken(exchange, response, error),
    );
  }

  /** Whether the rest of the content is too much to be read away for the sake of the connection (RFC 9112 §9.3). */
  #unreadable(exchange: Exchange): boolean {
    const { content } = exchange;
    if (content === null || content.complete) return false;
    // A client that was not told to continue may send its content or not: nobody can know what comes next.
    if (exchange.continueOwed) return true;
    return content.length !== undefined && content.length - content.received > this.#owner.limits.unreadBodyBytes;
  }

  #answered(exchange: Exchange, response: Response): void {
    this.#announceEnd(exchange, response);
    if (this.#done) return;
    if (exchange.closeAfter) {
      this.#close();
      return;
    }
    if (exchange.received) this.#next();
    else {
      this.#discardedFrom = exchange.content?.received ?? 0;
      exchange.content?.cancel();
    }
    this.#advance();
  }

  #next(): void {
    this.#exchange = undefined;
    this.#lastByte = performance.now();
    this.#headBegun = this.#lastByte;
  }

  #broken(exchange: Exchange, response: Response, error: unknown): void {
    this.#announceEnd(exchange, this.connection.closed ? undefined : response);
    // What is missing must be seen to be missing: a reset, never a proper end.
    if (this.connection.closed) return;
    this.#owner.failed(error, exchange);
    this.#done = true;
    this.connection.reset();
  }

  #announceEnd(exchange: Exchange, response: Response | undefined): void {
    if (!requestEnd.active) return;
    const milliseconds = performance.now() - exchange.begun;
    requestEnd.announce({ request: exchange.request, connection: this.connection.id, response, milliseconds });
  }

  #handOver(exchange: Exchange, response: Response): void {
    const takeover = takeoverOf(response);
    if (!exchange.head.upgrade || !exchange.received) {
      throw new HttpError(500, "The client did not ask for another protocol.", { code: "LMP_SERVER_UPGRADE_UNASKED" });
    }
    this.#done = true;
    writeResponse(this.connection, response, { method: "GET", minorVersion: 1, close: false });
    this.#announceEnd(exchange, response);
    this.#detach();
    const rest = this.#parser.take();
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
    const unread = this.#exchange?.answered && content.received - this.#discardedFrom;
    if (unread && this.#discardedFrom > 0 && unread > this.#owner.limits.unreadBodyBytes) this.#close();
  }

  #contentComplete(exchange: Exchange, content: RequestBody): void {
    content.finish();
    if (exchange.answered && !this.#done && this.#exchange === exchange && content.discarded) this.#next();
  }

  #bodyFull(exchange: Exchange): boolean {
    return (exchange.content?.held ?? 0) >= this.#owner.limits.bodyBufferBytes;
  }

  readonly #bodyOwner = {
    wanted: (): void => {
      const exchange = this.#exchange;
      if (exchange?.continueOwed && !exchange.answered) {
        exchange.continueOwed = false;
        // RFC 9110 §10.1.1: only while none of the content has come.
        if (exchange.content?.received === 0) this.connection.write("HTTP/1.1 100 Continue\r\n\r\n", "latin1");
      }
      this.#advance();
    },
    cancelled: (): void => this.#advance(),
  };

  /** Reads on or pauses, whichever the state asks for. */
  #regulate(): void {
    const exchange = this.#exchange;
    const limits = this.#owner.limits;
    const pause =
      !this.#done &&
      (exchange === undefined
        ? this.connection.writableLength > UNSENT_BYTES
        : exchange.received
          ? this.#parser.buffered >= limits.pipelineBytes
          : this.#bodyFull(exchange));
    if (pause === this.#paused) return;
    this.#paused = pause;
    if (pause) this.connection.pause();
    else {
      this.#lastByte = performance.now();
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
      const reception = { method: "GET", minorVersion: 1, close: true } as const;
      void writeResponse(this.connection, errorResponse(refusal), reception);
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

  #end = (): void => {
    this.#ended = true;
    this.#advance();
  };

  /** Everything that was sent has been parsed, and nothing more will come. */
  #finish(): void {
    this.#ended = false;
    this.#parser.finish();
    if (this.#exchange === undefined) this.#close();
  }

  #closed = (): void => {
    const exchange = this.#exchange;
    const handedOver = this.#done && exchange?.answered;
    this.#done = true;
    if (exchange === undefined || handedOver) return;
    if (!exchange.answered) this.#announceEnd(exchange, undefined);
    exchange.answered = true;
    exchange.abort(
      new LimpidError("LMP_REQUEST_ABORTED", "The client went away before it had its answer.", {
        fix: "Nothing needs mending; stop the work that nobody waits for.",
      }),
    );
  };

  #stop = (): void => {
    if (this.#exchange !== undefined) this.#exchange.closeAfter = true;
    else if (this.#served === 0 && !this.#parser.started) this.#close();
  };

  #detach(): void {
    const { connection } = this;
    connection.off("data", this.#receive);
    connection.off("end", this.#end);
    connection.off("drain", this.#advance);
    connection.off("close", this.#closed);
    connection.off("stopping", this.#stop);
  }

  /** Looks whether anything has taken too long. `now` is on the monotonic clock. */
  check(now: number): void {
    if (this.connection.closed) return;
    this.#checkStall(now);
    if (this.#done) return;
    const exchange = this.#exchange;
    if (exchange !== undefined) this.#checkExchange(exchange, now);
    else if (this.#parser.started) this.#checkHead(now);
    else this.#checkIdle(now);
  }

  #checkHead(now: number): void {
    if (!over(this.#owner.limits.headerTimeout, this.#headBegun, now)) return;
    this.#refuse(
      new HttpError(408, "The head of the request did not arrive in time.", { code: "LMP_SERVER_HEADER_TIMEOUT" }),
    );
  }

  #checkIdle(now: number): void {
    const { headerTimeout, keepAliveTimeout } = this.#owner.limits;
    // While stopping, a connection that was busy a moment ago may have a request on its way.
    const limit = this.connection.stopping ? 1_000 : this.#served === 0 ? headerTimeout : keepAliveTimeout;
    if (over(limit, this.#lastByte, now)) this.#close();
  }

  #checkExchange(exchange: Exchange, now: number): void {
    const { content } = exchange;
    const { limits } = this.#owner;
    if (content !== null && !content.complete && (content.waiting || content.discarded)) {
      if (this.#contentLate(exchange, content, now)) {
        const error = new HttpError(408, "The content of the request did not arrive in time.", {
          code: "LMP_SERVER_BODY_TIMEOUT",
        });
        if (exchange.answered) this.#close();
        else this.#timeOut(exchange, error);
      }
      return;
    }
    if (exchange.answered || !over(limits.handlerTimeout, Math.max(exchange.begun, this.#lastByte), now)) return;
    const error = new HttpError(503, "The answer took too long.", { code: "LMP_SERVER_HANDLER_TIMEOUT" });
    this.#owner.failed(error, exchange);
    this.#timeOut(exchange, error);
  }

  #contentLate(exchange: Exchange, content: RequestBody, now: number): boolean {
    const { limits } = this.#owner;
    if (over(limits.bodyIdleTimeout, this.#lastByte, now)) return true;
    const milliseconds = now - exchange.begun;
    if (milliseconds > limits.bodyRateGrace && content.received * 1000 < limits.bodyMinimumRate * milliseconds) return true;
    // A route that raised the limit expects an upload, which may take as long as it keeps its rate.
    return !exchange.request.expectsUpload && over(limits.requestTimeout, exchange.begun, now);
  }

  #checkStall(now: number): void {
    const { writableLength } = this.connection;
    const sent = this.connection.bytesWritten - writableLength;
    if (writableLength === 0 || sent !== this.#sent) {
      this.#sent = sent;
      this.#sentAt = now;
    } else if (over(this.#owner.limits.responseStallTimeout, this.#sentAt, now)) {
      this.connection.reset();
    }
  }
}

/** Whether a timeout is on and over. */
function over(timeout: number, since: number, now: number): boolean {
  return timeout > 0 && now - since > timeout;
}

/** A response that came too late holds resources all the same. */
function discard(response: unknown): void {
  const content = (response as Response | undefined)?.content;
  if (content instanceof ReadableStream) void content.cancel().catch(() => {});
}
