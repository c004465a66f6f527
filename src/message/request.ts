/** The request an application holds: Fetch-shaped, lazy, and bounded; carried by a server, a test client or an adapter. */
import { BadRequestError, LimpidError, UnsupportedMediaTypeError } from "../errors/index.ts";
import {
  defaultFormLimits,
  type Form,
  type FormOptions,
  type FormPart,
  readForm,
  readParts,
} from "../forms/index.ts";
import {
  canonicalPath,
  type Headers,
  MediaType,
  parseCookies,
  Query,
  type RequestHead,
} from "../http/index.ts";
import { type Logger, rootLogger } from "../log/index.ts";
import type { Carrier, Origin, RequestInit } from "./carrier.ts";
import { decodeText } from "./charset.ts";
import { BoundedSource, type ContentSource, contentOf, gather, streamOf } from "./content.ts";
import { type JsonOptions, parseJson } from "./json.ts";
import { headOf } from "./request-init.ts";

/** What a route knows of its request beyond the plain one. */
export interface RequestTypes {
  params: object;
  query: unknown;
  body: unknown;
}

/** A request of which no route has said anything yet. */
export interface PlainTypes {
  params: Readonly<Record<string, string | undefined>>;
  query: Query;
  body: unknown;
}

/** A request of any route; the type to ask for where only headers, cookies and the like matter. */
export type AnyRequest = Request<RequestTypes>;

const noParams: object = Object.freeze(Object.create(null));
/** Content that is gathered in memory is bounded by this, in bytes, unless a route says otherwise. */
export const DEFAULT_BODY_LIMIT = 1_048_576;

/**
 * A request. Nothing is decoded before it is asked for, and the content is read once.
 *
 * @example
 * ```ts
 * import { Request } from "limpid";
 *
 * const request = new Request("http://localhost/posts?page=2", { method: "POST", body: '{"title":"Hi"}' });
 * console.log(request.path, request.query.get("page"), await request.json()); // /posts 2 { title: 'Hi' }
 * ```
 */
export class Request<Types extends RequestTypes = PlainTypes> {
  /** Case-sensitive, as sent: `"GET"`. */
  readonly method: string;
  /** Case-insensitive, in the order sent. */
  readonly headers: Headers;
  /**
   * What the security policy of the page calls its own scripts and styles by; set by `secureHeaders`. `html` and
   * templates put it on them by themselves.
   */
  nonce?: string;
  readonly #head: RequestHead;
  readonly #carrier: Carrier;
  #content: ContentSource | null;
  #params: object = noParams;
  #path: string | undefined;
  #query: Query | undefined;
  #validQuery: unknown;
  #validBody: unknown;
  #cookies: ReadonlyMap<string, string> | undefined;
  #controller: AbortController | undefined;
  #stream: ReadableStream<Uint8Array> | null | undefined;
  #bodyUsed = false;
  #bodyLimit: number | undefined;
  #form: Promise<Form> | undefined;
  #isUpload = false;
  /** The request that this one is a part of; see `within`. */
  #outer: Request | undefined;
  #origin: Origin | undefined;
  #id: string | undefined;
  #log: Logger | undefined;
  #parentLog: Logger | undefined;

  constructor(input: string | URL | RequestHead, init: RequestInit | Carrier = {}) {
    if (typeof input === "string" || input instanceof URL) {
      const made = headOf(input, init as RequestInit);
      this.#head = made.head;
      this.#carrier = made.carrier;
    } else {
      this.#head = input;
      this.#carrier = init as Carrier;
    }
    this.#content = this.#carrier.content;
    this.method = this.#head.method;
    this.headers = this.#head.headers;
  }

  /**
   * The path, percent-decoded exactly once; what router, guards and files read. 400 where it is malformed.
   * `"*"` for `OPTIONS *`, which asks about the server as a whole (RFC 9112 §3.2.4).
   */
  get path(): string {
    return (this.#path ??= this.#head.path === "*" ? "*" : canonical(this.#head.path));
  }

  /** The request target as sent. */
  get target(): string {
    return this.#head.target;
  }

  /** The whole URL, from the connection's protocol and the host the client named. */
  get url(): string {
    return `${this.protocol}://${this.host}${this.#head.path}${this.#head.query === "" ? "" : `?${this.#head.query}`}`;
  }

  /** `"1.1"` or `"1.0"`. */
  get version(): string {
    return this.#head.minorVersion === 1 ? "1.1" : "1.0";
  }

  /** What the pattern of the route found in the path. */
  get params(): Types["params"] {
    return this.#params;
  }

  /** The query, multi-valued; on a route with a `query` schema, what the schema made of it. */
  get query(): Types["query"] {
    return this.#validQuery ?? (this.#query ??= new Query(this.#head.query));
  }

  /** The first value of each cookie (RFC 6265bis §5.7). */
  get cookies(): ReadonlyMap<string, string> {
    return (this.#cookies ??= parseCookies(this.headers.get("cookie")));
  }

  /** The client's address: the peer's, unless a trusted proxy speaks for another. */
  get ip(): string {
    return this.#origin?.ip ?? this.#carrier.remoteAddress;
  }

  get protocol(): "http" | "https" {
    return this.#origin?.protocol ?? (this.#carrier.encrypted ? "https" : "http");
  }

  /** Host and optional port, as the client named them. Never build a link to be mailed or stored from it. */
  get host(): string {
    return this.#origin?.host ?? this.#head.host;
  }

  /** Unique to this request; a UUID until `requestId` says otherwise. */
  get id(): string {
    return (this.#id ??= uuid());
  }

  set id(value: string) {
    this.#id = value;
    this.#log = undefined;
  }

  /** A logger whose lines carry `request_id`. */
  get log(): Logger {
    return (this.#log ??= (this.#parentLog ?? rootLogger()).child({ request_id: this.id }));
  }

  /** The logger that this request's own descends from; one child is made, when a line is logged. */
  set log(parent: Logger) {
    this.#parentLog = parent;
    this.#log = undefined;
  }

  /** Aborted when the client goes away or the time for the answer is over. */
  get signal(): AbortSignal {
    if (this.#outer !== undefined) return this.#outer.signal;
    if (this.#controller === undefined) {
      const controller = new AbortController();
      this.#controller = controller;
      this.#carrier.onAbort((reason) => controller.abort(reason));
    }
    return this.#controller.signal;
  }

  /** The content as a stream, or null; on a route with a `body` schema, what the schema made of it. */
  get body(): Types["body"] {
    return this.#validBody === undefined ? this.stream : this.#validBody;
  }

  /** The content as a stream, pulled as fast as it is read and bounded by `bodyLimit`; null where there is none. */
  get stream(): ReadableStream<Uint8Array> | null {
    if (this.#stream === undefined) {
      const content = this.#content;
      if (content === null) this.#stream = null;
      else this.#stream = streamOf(this.#claim(content));
    }
    return this.#stream;
  }

  /** The content is refused past this many bytes. Default 1 MiB; for a multipart form, which need not be held, 16 MiB. */
  get bodyLimit(): number {
    return this.#bodyLimit ?? DEFAULT_BODY_LIMIT;
  }

  set bodyLimit(bytes: number) {
    this.#bodyLimit = bytes;
  }

  /** Whether the content has been asked for. */
  get bodyUsed(): boolean {
    return this.#bodyUsed;
  }

  /** The content. 413 past `bodyLimit`; `LMP_BODY_USED` when it was read before. */
  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const content = this.#content;
    if (content === null) return new Uint8Array(0);
    return gather(this.#claim(content));
  }

  /** The content as text, in the charset its media type names, UTF-8 by default. */
  async text(): Promise<string> {
    const content = this.#content;
    if (content === null) return "";
    const source = this.#claim(content);
    return decodeText(source.whole() ?? (await gather(source)), this.headers.get("content-type"));
  }

  /** The content as JSON, in the charset its media type names, UTF-8 by default; 400 where it is none. */
  async json(options?: JsonOptions): Promise<unknown> {
    return parseJson(await this.text(), options);
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }

  async blob(): Promise<Blob> {
    return new Blob([await this.bytes()], { type: this.headers.get("content-type") ?? "" });
  }

  /**
   * The content as a form, urlencoded or multipart; 415 where it is none. It is read once, with the options of the
   * first call, and is the same for everybody who asks. Its files go away when the request ends.
   */
  form(options?: FormOptions): Promise<Form> {
    return (this.#form ??= this.#readForm(options));
  }

  /** The parts of a multipart form as they arrive, for uploads that are never held as a whole; 415 for other content. */
  async *parts(options?: Pick<FormOptions, "limits">): AsyncGenerator<FormPart, void, undefined> {
    const type = this.mediaType;
    yield* readParts(type, this.#claimForm(type, options), options);
  }

  /** The content of a form as `FormData`, as `fetch` has it, the files in memory. */
  async formData(options?: FormOptions): Promise<FormData> {
    return (await this.form(options)).toFormData();
  }

  /** The media type of the content, parsed once and by one parser; undefined where none is named. */
  get mediaType(): MediaType | undefined {
    const field = this.headers.get("content-type");
    if (field === null) return undefined;
    const type = MediaType.parse(field);
    if (type !== undefined) return type;
    throw new UnsupportedMediaTypeError("The Content-Type is malformed.", {
      expected: "type/subtype; parameter=value (RFC 9110 §8.3.1)",
      found: field.slice(0, 80),
      fix: "Send a Content-Type such as application/json.",
    });
  }

  /** Whether the route takes more content than usual, and so may take longer to receive it. */
  get expectsUpload(): boolean {
    return this.#isUpload || this.bodyLimit > DEFAULT_BODY_LIMIT;
  }

  /** What the route knows. For the application; a handler has no need of it. */
  bind(route: { params?: object; query?: unknown; body?: unknown }): void {
    if (route.params !== undefined) this.#params = route.params;
    if (route.query !== undefined) this.#validQuery = route.query;
    if (route.body !== undefined) this.#validBody = route.body;
  }

  /** What a trusted proxy says of the client. For `trustProxy`. */
  forward(origin: Origin): void {
    this.#origin = { ...this.#origin, ...origin };
  }

  /** The same request as an application mounted at `prefix` sees it; what middleware has added goes along. */
  within(prefix: string): Request {
    const inner = new Request(this.#head, this.#carrier);
    Object.assign(inner, this);
    inner.#path = this.path.slice(prefix.length) || "/";
    inner.#outer = this as Request;
    inner.#content = this.#content;
    inner.#stream = this.#stream;
    inner.#bodyUsed = this.#bodyUsed;
    inner.#bodyLimit = this.#bodyLimit;
    inner.#form = this.#form;
    inner.#origin = this.#origin;
    inner.#id = this.#id;
    inner.#parentLog = this.#parentLog;
    return inner;
  }

  /** Another method, or content in place of what was read. For middleware that has to look into the content. */
  override(changes: { method?: string; content?: Uint8Array }): void {
    if (changes.method !== undefined) (this as { method: string }).method = changes.method;
    if (changes.content === undefined) return;
    this.#content = contentOf(changes.content);
    this.#stream = undefined;
    this.#bodyUsed = false;
    this.#form = undefined;
  }

  /** Aborts `signal`, because nobody waits for the answer any more. For `timeout`. */
  abort(reason: unknown): void {
    if (this.#outer !== undefined) {
      this.#outer.abort(reason);
      return;
    }
    // The signal is made here at the latest, so that who asks for it later finds it aborted.
    if (!this.signal.aborted) this.#controller?.abort(reason);
  }

  async #readForm(options: FormOptions = {}): Promise<Form> {
    const type = this.mediaType;
    const limits = { urlencodedBytes: this.bodyLimit, ...options.limits };
    const form = await readForm(type, this.#claimForm(type, options), { ...options, limits });
    if (form.files.size > 0) this.#carrier.onEnd?.(() => void form.discard());
    return form;
  }

  /** A multipart form may be larger than content that is held, unless somebody has said how large. */
  #claimForm(type: MediaType | undefined, options: FormOptions = {}): ContentSource {
    const content = this.#content ?? contentOf(new Uint8Array(0));
    if (type?.essence !== "multipart/form-data") return this.#claim(content);
    this.#isUpload = true;
    return this.#claim(
      content,
      options.limits?.requestBytes ?? this.#bodyLimit ?? defaultFormLimits.requestBytes,
    );
  }

  #claim(content: ContentSource, limit: number = this.bodyLimit): BoundedSource {
    if (this.#bodyUsed) {
      throw new LimpidError("LMP_BODY_USED", "The content of this request has been read already.", {
        expected: "one reading of the content",
        found: "a second one",
        fix: "Keep what the first reading gave and hand that on.",
      });
    }
    const coding = this.headers.get("content-encoding");
    if (coding !== null && coding.toLowerCase() !== "identity") refuseCoding(coding);
    this.#bodyUsed = true;
    return new BoundedSource(content, limit);
  }
}

let random: typeof import("node:crypto") | undefined;

/** `node:crypto` is loaded for the first one, and not by every program that imports Limpid. */
function uuid(): string {
  return (random ??= process.getBuiltinModule("node:crypto")).randomUUID();
}

/** Nothing is decompressed: a few bytes could become any number of them. */
function refuseCoding(coding: string): never {
  throw new UnsupportedMediaTypeError("The content is compressed.", {
    code: "LMP_BODY_ENCODING_UNSUPPORTED",
    expected: "content without a Content-Encoding",
    found: coding.slice(0, 80),
    fix: "Send the content as it is.",
    headers: { "Accept-Encoding": "identity" },
  });
}

function canonical(path: string): string {
  const decoded = canonicalPath(path);
  if (decoded !== undefined) return decoded;
  throw new BadRequestError("The path is malformed.", {
    code: "LMP_HTTP_PATH_INVALID",
    expected:
      "a path in UTF-8 without empty or dot segments, backslashes, control characters or encoded slashes",
    found: path.slice(0, 80),
    fix: "Ask for the plain path, such as /a/b.",
  });
}
