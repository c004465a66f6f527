/** The platform's `Request`, as its prototype says, over Limpid's own: a real one is made when something asks for more. */
import type { Request } from "../../message/index.ts";
import { platform } from "./platform.ts";
import { WebHeaders } from "./web-headers.ts";
import { webUrl } from "./web-url.ts";

/** Methods that the Fetch standard writes in capitals, whatever was given. */
const normalized = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);

/**
 * What a Fetch-style application gets for a request. Method, URL, header fields and the whole content cost no
 * platform object; every other member is that of a real `Request`, made when it is touched.
 */
export class WebRequest {
  readonly #request: Request;
  readonly method: string;
  #url: string | undefined;
  #headers: WebHeaders | undefined;
  #platform: globalThis.Request | undefined;

  constructor(request: Request) {
    this.#request = request;
    this.method = methodOf(request.method);
  }

  get url(): string {
    return (this.#url ??= webUrl(this.#request));
  }

  get headers(): WebHeaders {
    return (this.#headers ??= new WebHeaders(this.#request.headers, true));
  }

  get signal(): AbortSignal {
    return this.#request.signal;
  }

  get bodyUsed(): boolean {
    return this.#platform?.bodyUsed ?? (this.#mayHaveBody && this.#request.bodyUsed);
  }

  // No `async` here: each would be one more turn of the queue for every small upload.
  text(): Promise<string> {
    return this.bytes().then(textOf);
  }

  json(): Promise<unknown> {
    return this.bytes().then((bytes) => JSON.parse(textOf(bytes)));
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.bytes().then(({ buffer }) => buffer);
  }

  async blob(): Promise<Blob> {
    const bytes = await this.bytes();
    return new Blob([bytes], { type: this.headers.get("content-type") ?? "" });
  }

  bytes(): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#platform !== undefined) return this.#platform.arrayBuffer().then((all) => new Uint8Array(all));
    if (!this.#mayHaveBody) return Promise.resolve(new Uint8Array(0));
    if (!this.#request.bodyUsed) return this.#request.bytes();
    return Promise.reject(new TypeError("Body is unusable: Body has already been read"));
  }

  /** A real `Request`; made once, and from then on the content is its own. */
  static platformOf(request: WebRequest): globalThis.Request {
    return (request.#platform ??= request.#made(request.signal));
  }

  /**
   * A real `Request` for a function that gets no light one. Its signal is there for who asks, and is not handed on by
   * the platform itself: what that costs for every request is more than the rest of it.
   */
  static plain(request: Request): globalThis.Request {
    const made = new WebRequest(request).#made(undefined);
    return Object.defineProperty(made, "signal", { configurable: true, get: () => request.signal });
  }

  #made(given: AbortSignal | undefined): globalThis.Request {
    const { method, url } = this;
    const headers = [...this.headers];
    const signal = given ?? null;
    const { bodyUsed } = this.#request;
    const { Request } = platform();
    if (!this.#mayHaveBody) return new Request(url, { method, headers, signal });
    const body = bodyUsed ? "" : this.#request.stream;
    const made = new Request(url, { method, headers, signal, body, duplex: "half" });
    // Read already, and so it has to be seen to be.
    if (bodyUsed) void made.text();
    return made;
  }

  get #mayHaveBody(): boolean {
    return this.method !== "GET" && this.method !== "HEAD";
  }

  [Symbol.for("nodejs.util.inspect.custom")](): globalThis.Request {
    return WebRequest.platformOf(this);
  }
}

/** UTF-8 without the mark at its beginning, as the Fetch standard decodes it; a `TextDecoder` costs more. */
function textOf({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): string {
  const text = Buffer.from(buffer, byteOffset, byteLength).toString("utf8");
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function methodOf(method: string): string {
  if (normalized.has(method)) return method;
  const upper = method.toUpperCase();
  return normalized.has(upper) ? upper : method;
}
