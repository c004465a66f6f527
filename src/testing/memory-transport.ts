/** Hands requests to an application without a socket, through the same parser and with the same outcome. */
import { HttpError, LimpidError } from "../errors/index.ts";
import { formatHttpDate, Headers, type RequestHead, RequestParser } from "../http/index.ts";
import {
  type Application,
  type Body,
  bodiless,
  type Carrier,
  type ContentSource,
  contentFrom,
  contentOf,
  encoded,
  errorResponse,
  Request,
  type Response,
  toResponse,
} from "../message/index.ts";
import {
  type IncomingResponse,
  type OutgoingRequest,
  type Transport,
  unanswered,
  watched,
} from "./transport.ts";

/** Calls `application.handle` in this process. */
export class MemoryTransport implements Transport {
  readonly #application: Application;
  readonly #open = new Set<MemoryExchange>();

  constructor(application: Application) {
    this.#application = application;
  }

  async send(outgoing: OutgoingRequest): Promise<IncomingResponse> {
    outgoing.signal?.throwIfAborted();
    let head: RequestHead;
    try {
      head = parseHead(outgoing);
    } catch (error) {
      return seen(errorResponse(error), outgoing.method);
    }
    const exchange = new MemoryExchange(outgoing, head, () => this.#open.delete(exchange));
    this.#open.add(exchange);
    const response = await Promise.race([this.#answer(new Request(head, exchange)), exchange.aborted]);
    return seen(response, outgoing.method, exchange);
  }

  async close(): Promise<void> {
    const reason = new Error("The client was closed.");
    for (const exchange of this.#open) exchange.abort(unanswered(exchange.outgoing, reason));
  }

  /** What a server does around an application: errors become responses, results too. */
  async #answer(request: Request): Promise<Response> {
    try {
      return toResponse(await this.#application.handle(request), request);
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      if (!(error instanceof HttpError && error.expose)) request.log.error(failure, "the request failed");
      return errorResponse(error, request);
    }
  }
}

/** The head goes through the parser, so that what a server refuses is refused here. */
function parseHead({ method, target, headers }: OutgoingRequest): RequestHead {
  const parser = new RequestParser();
  parser.push(Buffer.from(`${method} ${target} HTTP/1.1\r\n${headers.serialize()}\r\n`, "latin1"));
  const event = parser.next();
  if (event?.kind === "head") return event.head;
  throw new HttpError(400);
}

/** One request on its way through memory. */
class MemoryExchange implements Carrier {
  readonly outgoing: OutgoingRequest;
  readonly remoteAddress = "127.0.0.1";
  readonly encrypted: boolean;
  readonly content: ContentSource | null;
  /** Rejects when the test gives the request up. */
  readonly aborted: Promise<never>;
  readonly #reject: (reason: unknown) => void;
  readonly #onEnd: () => void;
  readonly #listeners: ((reason: unknown) => void)[] = [];
  readonly #endListeners: (() => void)[] = [];
  #ended = false;
  #reason: unknown;

  constructor(outgoing: OutgoingRequest, head: RequestHead, onEnd: () => void) {
    this.outgoing = outgoing;
    this.encrypted = outgoing.url.protocol === "https:";
    this.content = head.framing === "none" ? null : sourceOf(outgoing.content);
    const { promise, reject } = Promise.withResolvers<never>();
    this.aborted = promise;
    this.#reject = reject;
    this.#onEnd = onEnd;
    // Nobody listens any more once the response is there.
    promise.catch(() => {});
    outgoing.signal?.addEventListener("abort", this.#abort);
  }

  onAbort(listener: (reason: unknown) => void): void {
    if (this.#reason !== undefined) listener(this.#reason);
    else this.#listeners.push(listener);
  }

  onEnd(listener: () => void): void {
    if (this.#ended) listener();
    else this.#endListeners.push(listener);
  }

  /** Gives up what has not ended: the test gets `reason`, the application learns that the client has gone. */
  abort(reason: unknown): void {
    if (this.#ended) return;
    this.end(false);
    this.#reject(reason);
  }

  /** The response has been read to its end, or nobody waits for the rest. */
  end(whole: boolean): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const listener of this.#endListeners) listener();
    this.outgoing.signal?.removeEventListener("abort", this.#abort);
    this.#onEnd();
    if (whole) return;
    const reason = new LimpidError("LMP_REQUEST_ABORTED", "The client went away before it had its answer.", {
      fix: "Nothing needs mending; stop the work that nobody waits for.",
    });
    this.#reason = reason;
    for (const listener of this.#listeners) listener(reason);
  }

  readonly #abort = (): void => this.abort(this.outgoing.signal?.reason);
}

function sourceOf(content: Body["content"]): ContentSource {
  if (content === null) return contentOf(new Uint8Array(0));
  if (typeof content === "string") return contentOf(Buffer.from(content));
  return content instanceof Uint8Array ? contentOf(content) : contentFrom(encoded(content));
}

/** The response as it would come out of a socket. */
function seen(response: Response, method: string, exchange?: MemoryExchange): IncomingResponse {
  const { status, statusText, content } = response;
  const headers = headersSeen(response, method);
  if (method === "HEAD" || bodiless(status)) {
    if (content instanceof ReadableStream) void content.cancel().catch(() => {});
    exchange?.end(true);
    return { status, statusText, headers, content: null };
  }
  if (content === null || typeof content === "string" || content instanceof Uint8Array) {
    exchange?.end(true);
    return { status, statusText, headers, content: whole(content) };
  }
  const pieces = watched(encoded(content), (complete) => exchange?.end(complete), exchange?.aborted);
  return { status, statusText, headers, content: pieces };
}

async function* whole(content: string | Uint8Array | null): AsyncGenerator<Uint8Array> {
  if (content !== null && content.length > 0)
    yield typeof content === "string" ? Buffer.from(content) : content;
}

/** What a server adds (RFC 9110 §6.6.1 and §8.6), and without what belongs to a connection (§7.6.1). */
function headersSeen(response: Response, method: string): Headers {
  const { status, content } = response;
  const headers = new Headers(response.headers);
  for (const name of ["connection", "keep-alive", "transfer-encoding"]) headers.delete(name);
  if (!headers.has("date")) headers.set("Date", formatHttpDate(Date.now()));
  if (status === 304) return headers;
  if (bodiless(status)) headers.delete("content-length");
  else if (content === null || typeof content === "string" || content instanceof Uint8Array) {
    const length = content === null ? 0 : Buffer.byteLength(content);
    if (content !== null || method !== "HEAD" || !headers.has("content-length")) {
      headers.set("Content-Length", length);
    }
  }
  return headers;
}
