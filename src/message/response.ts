/** The response an application gives: Fetch-shaped, light, and turned into bytes without a detour. */
import { LimpidError } from "../errors/index.ts";
import { Headers, type HeadersInit, isSameName, reasonPhrase, serializeResponseHead } from "../http/index.ts";
import { type BodyInit, type Content, extractBody, htmlType, sourceOf, TypedBody } from "./body-init.ts";
import { decodeText } from "./charset.ts";
import { gather, streamOf } from "./content.ts";
import { type ServerSentEvent, serverSentEvents } from "./event-stream.ts";
import { type FileOptions, fileResponse } from "./file-response.ts";
import { Html } from "./html.ts";
import { HtmlStream } from "./html-stream.ts";
import { checkedLocation, externalLocation } from "./redirect.ts";
import { ResponseCookies } from "./response-cookies.ts";

/** Status and fields of a response. */
export interface ResponseInit {
  /** 200 to 599; 101 for an upgrade. Default 200. */
  status?: number | undefined;
  /** Default: the registered reason phrase. */
  statusText?: string | undefined;
  headers?: HeadersInit;
}

/**
 * A response.
 *
 * @example
 * ```ts
 * import { Response } from "limpid";
 *
 * const response = new Response('{"status": "success"}', { headers: { "Content-Type": "application/json" } });
 * console.log(new TextDecoder().decode(response.serialize()).split("\r\n")[0]); // HTTP/1.1 200 OK
 * ```
 */
export class Response {
  readonly status: number;
  /** What is sent: text stands for its UTF-8 bytes. For servers and adapters; `body` is the stream of it. */
  readonly content: Content;
  /** The error this response was made from, for middleware that logs or measures. */
  error: unknown = undefined;
  /** What the content itself says of its media type. */
  readonly #type: string | undefined;
  readonly #statusText: string | undefined;
  #headers: Headers | undefined;
  #cookies: ResponseCookies | undefined;
  #used = false;
  /** Markup that waits for the nonce of the request; the content is the same without one. */
  #unfilled: Html | HtmlStream | undefined;

  constructor(body?: BodyInit | TypedBody | null, init?: ResponseInit) {
    const status = init?.status ?? 200;
    if (!Number.isInteger(status) || status < 100 || status > 599) refuseStatus(status);
    const { content, type } = extractBody(body);
    if (content !== null && bodiless(status)) refuseBody(status);
    this.status = status;
    this.content = content;
    this.#type = type;
    this.#statusText = init?.statusText;
    // The type tells most responses apart for less than the two classes would.
    if (type === htmlType && (body instanceof Html || body instanceof HtmlStream) && body.hasNoncePlaces) {
      this.#unfilled = body;
    }
    // Wrong fields are refused where they are written, not where they are read.
    const headers = init?.headers;
    if (headers !== undefined) this.#headers = withType(new Headers(headers), type);
  }

  /** The reason phrase: the registered one, unless another was given. */
  get statusText(): string {
    return this.#statusText ?? reasonPhrase(this.status);
  }

  /** Case-insensitive; names go on the wire as written. */
  get headers(): Headers {
    return (this.#headers ??= withType(new Headers(), this.#type));
  }

  /** The value of a field, as `headers.get` gives it. For servers: `headers` need not be made for it. */
  field(name: string): string | null {
    if (this.#headers !== undefined) return this.#headers.get(name);
    return isSameName(name, "content-type") ? (this.#type ?? null) : null;
  }

  /** The field lines as they are sent, without those that `leaveOut` picks. For servers, like `field`. */
  fieldLines(leaveOut: (name: string) => boolean): string {
    if (this.#headers !== undefined) return this.#headers.serialize(leaveOut);
    return this.#type === undefined ? "" : `Content-Type: ${this.#type}\r\n`;
  }

  /** Cookies to set. */
  get cookies(): ResponseCookies {
    return (this.#cookies ??= new ResponseCookies(this.headers));
  }

  /** Whether the status is 2xx. */
  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  /** The content as a stream, or null. */
  get body(): ReadableStream<Uint8Array> | null {
    const { content } = this;
    if (content instanceof ReadableStream) return content;
    const source = sourceOf(content);
    return source === null ? null : streamOf(source);
  }

  /** Whether the content has been read through `bytes`, `text` or `json`. */
  get bodyUsed(): boolean {
    return this.#used;
  }

  /**
   * Puts the nonce into markup that has places for it, once. For `toResponse`, which does so before anybody else sees
   * the content; what has been read stays as it was.
   */
  putNonce(nonce: string | undefined): void {
    const html = this.#unfilled;
    if (html === undefined || nonce === undefined) return;
    this.#unfilled = undefined;
    const filled = html.withNonce(nonce);
    (this as { content: Content }).content = filled instanceof Html ? filled.toString() : filled;
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#used) {
      throw new LimpidError("LMP_BODY_USED", "The content of this response has been read already.", {
        fix: "Keep what the first reading gave and hand that on.",
      });
    }
    this.#used = true;
    this.#unfilled = undefined;
    const source = sourceOf(this.content);
    return source === null ? new Uint8Array(0) : gather(source);
  }

  async text(): Promise<string> {
    return decodeText(await this.bytes(), this.headers.get("content-type"));
  }

  /** The content as JSON. The caller names its type. */
  async json<Value = unknown>(): Promise<Value> {
    return JSON.parse(await this.text()) as Value;
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }

  async blob(): Promise<Blob> {
    return new Blob([await this.bytes()], { type: this.headers.get("content-type") ?? "" });
  }

  /**
   * The exact bytes on the wire of a response whose content is in memory: status line, fields, `Content-Length`,
   * content (RFC 9112 §2.1). Throws `LMP_RESPONSE_STREAMED` for a stream, whose bytes only a server can frame.
   */
  serialize(): Uint8Array {
    const { content } = this;
    if (content !== null && typeof content !== "string" && !(content instanceof Uint8Array)) {
      throw new LimpidError("LMP_RESPONSE_STREAMED", "A streamed response cannot be serialized at once.", {
        expected: "text or bytes",
        found: "a stream",
        fix: "Let a server send it, or gather it with `await response.bytes()` first.",
      });
    }
    const bytes = typeof content === "string" ? Buffer.from(content) : (content ?? new Uint8Array(0));
    const headers = new Headers(this.headers);
    if (!bodiless(this.status)) headers.set("Content-Length", String(bytes.length));
    const head = serializeResponseHead({ status: this.status, reason: this.statusText, headers });
    return Buffer.concat([Buffer.from(head, "latin1"), bytes]);
  }

  /** A response with the value as JSON. */
  static json(value: unknown, init?: ResponseInit): Response {
    const text = JSON.stringify(value);
    if (text !== undefined) return typed(text, "application/json", init);
    throw new LimpidError("LMP_RESPONSE_NOT_JSON", "The value has no JSON form.", {
      expected: "an object, array, string, number, boolean or null",
      found: typeof value,
      fix: "Return null for an empty answer.",
    });
  }

  /** A response with markup; a string is taken as it is, so escape what came from outside. */
  static html(markup: string | Html | HtmlStream, init?: ResponseInit): Response {
    if (markup instanceof Html || markup instanceof HtmlStream) return new Response(markup, init);
    return typed(String(markup), htmlType, init);
  }

  static text(text: string, init?: ResponseInit): Response {
    return typed(text, "text/plain; charset=utf-8", init);
  }

  /** A response without content, status 204 by default. */
  static empty(init: ResponseInit = {}): Response {
    return new Response(null, { status: 204, ...init });
  }

  /** Sends the client to a path of this site, status 302 by default; anything else is `LMP_REDIRECT_REFUSED`. */
  static redirect(path: string, status: number = 302): Response {
    return new Response(null, { status, headers: { Location: checkedLocation(path, status) } });
  }

  /** Sends the client to another site, whose origin has to be among `allow`: `["https://example.com"]`. */
  static redirectExternal(url: string, options: { allow: readonly string[]; status?: number }): Response {
    const status = options.status ?? 302;
    return new Response(null, {
      status,
      headers: { Location: externalLocation(url, options.allow, status) },
    });
  }

  /** Streams pieces with back-pressure, `application/octet-stream` unless `headers` or an `HtmlStream` say otherwise. */
  static stream(
    pieces: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
    init?: ResponseInit,
  ): Response {
    if (pieces instanceof HtmlStream) return new Response(pieces, init);
    return typed(asynchronous(pieces), "application/octet-stream", init);
  }

  /** Streams server-sent events (HTML standard §9.2). */
  static events(events: AsyncIterable<ServerSentEvent>, init?: ResponseInit): Response {
    const response = typed(serverSentEvents(events), "text/event-stream; charset=utf-8", init);
    if (!response.headers.has("cache-control")) response.headers.set("Cache-Control", "no-cache");
    return response;
  }

  /** Streams a file from disk. The path is the application's own, never one a client sent. 404 where there is none. */
  static async file(path: string, options: FileOptions & ResponseInit = {}): Promise<Response> {
    const { headers, open } = await fileResponse(path, options);
    return new Response(open(), { ...options, headers: merged(headers, options.headers) });
  }
}

/** Statuses that have no content (RFC 9110 §6.4.1). */
export function bodiless(status: number): boolean {
  return status < 200 || status === 204 || status === 304;
}

function typed(content: Content, type: string, init: ResponseInit | undefined): Response {
  return new Response(new TypedBody(content, type), init);
}

/** The defaults, each replaced where `headers` has a field of that name. */
function merged(defaults: Record<string, string>, headers: HeadersInit): Headers {
  const result = new Headers(headers);
  for (const [name, value] of Object.entries(defaults)) if (!result.has(name)) result.set(name, value);
  return result;
}

function withType(headers: Headers, type: string | undefined): Headers {
  if (type !== undefined && !headers.has("content-type")) headers.set("Content-Type", type);
  return headers;
}

/** What is asynchronous already is kept as it is: a wrapper that was never started would not pass on its end. */
function asynchronous(
  pieces: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
): AsyncIterable<Uint8Array | string> {
  return Symbol.asyncIterator in pieces ? pieces : new EachOf(pieces);
}

/** What is there at once, piece by piece. An asynchronous generator would wait three times for each. */
class EachOf implements AsyncIterable<Uint8Array | string> {
  readonly #pieces: Iterable<Uint8Array | string>;

  constructor(pieces: Iterable<Uint8Array | string>) {
    this.#pieces = pieces;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array | string> {
    const iterator = this.#pieces[Symbol.iterator]();
    return {
      next: async () => iterator.next(),
      return: async () => iterator.return?.() ?? { done: true, value: undefined },
    };
  }
}

function refuseStatus(status: number): never {
  throw new LimpidError("LMP_RESPONSE_STATUS_INVALID", "The status of a response is not valid.", {
    expected: "a whole number from 100 to 599",
    found: String(status),
    fix: "Give a status code of RFC 9110 §15.",
  });
}

function refuseBody(status: number): never {
  throw new LimpidError("LMP_RESPONSE_BODY_FORBIDDEN", `A response with status ${status} has no content.`, {
    expected: "no body",
    found: "a body",
    fix: "Leave the body out, or choose another status.",
  });
}
