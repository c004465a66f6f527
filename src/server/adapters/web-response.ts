/** The platform's `Response`, as its prototype says, for content in memory: the server sends it without a stream. */
import { Headers } from "../../http/index.ts";
import { Response } from "../../message/index.ts";
import { platform } from "./platform.ts";
import { fieldsOf, WebHeaders } from "./web-headers.ts";

const plainText = "text/plain;charset=UTF-8";
const textFields = new Headers({ "Content-Type": plainText });
const noFields = new Headers();

/** What `new Response` is given. */
export type WebBody = ConstructorParameters<typeof globalThis.Response>[0];
export type WebResponseInit = ConstructorParameters<typeof globalThis.Response>[1];

/** A response whose content is text or bytes; every member beyond status and fields is that of a real `Response`. */
export class WebResponse {
  readonly status: number;
  readonly #content: string | Uint8Array | null;
  readonly #fields: Headers;
  readonly #shared: boolean;
  #headers: WebHeaders | undefined;
  #platform: globalThis.Response | undefined;

  /** `shared` fields are those that many responses have, and are copied before they are changed. */
  constructor(content: string | Uint8Array | null, status: number, fields: Headers, shared: boolean) {
    this.status = status;
    this.#content = content;
    this.#fields = fields;
    this.#shared = shared;
  }

  /** Undefined where only the platform can make it: streams, forms, and whatever it refuses. */
  static of(body: WebBody, init: WebResponseInit, type: string = plainText): WebResponse | undefined {
    const content = contentOf(body);
    if (content === undefined) return undefined;
    const text = typeof content === "string";
    if (init === undefined) return new WebResponse(content, 200, text ? textFields : noFields, true);
    if (typeof init !== "object" || init === null) return undefined;
    const { status = 200, statusText = "", headers } = init;
    if (statusText !== "" || !Number.isInteger(status) || status < 200 || status > 599) return undefined;
    if (content !== null && (status === 204 || status === 205 || status === 304)) return undefined;
    const fields = headers === undefined ? new Headers() : fieldsOf(headers);
    if (text && !fields.has("content-type")) fields.set("Content-Type", type);
    return new WebResponse(content, status, fields, false);
  }

  get ok(): boolean {
    return this.status < 300;
  }

  get statusText(): string {
    return "";
  }

  get headers(): WebHeaders {
    return (this.#headers ??= new WebHeaders(this.#fields, this.#shared));
  }

  get bodyUsed(): boolean {
    return this.#platform?.bodyUsed ?? false;
  }

  /** With the fields as they are now, which the real one knows nothing of. */
  clone(): globalThis.Response {
    const { status, headers } = this;
    const body = this.#platform === undefined ? this.#content : this.#platform.clone().body;
    return new (platform().Response)(body as WebBody, { status, headers: [...headers] });
  }

  /** A real `Response`; made once, and from then on the content is its own. */
  static platformOf(response: WebResponse): globalThis.Response {
    const { status, headers } = response;
    return (response.#platform ??= new (platform().Response)(response.#content as WebBody, {
      status,
      headers: [...headers],
    }));
  }

  /** The same for the server; undefined where the content has been taken over by a real one and read. */
  static toResponse(response: WebResponse): Response | undefined {
    const platform = response.#platform;
    if (platform?.bodyUsed || platform?.body?.locked) return undefined;
    const headers = response.#headers?.fields ?? response.#fields;
    return new Response(response.#content, { status: response.status, headers });
  }

  [Symbol.for("nodejs.util.inspect.custom")](): globalThis.Response {
    return WebResponse.platformOf(this);
  }
}

/** Text and bytes as they are when they are given; undefined for what is more than that. */
function contentOf(body: WebBody): string | Uint8Array | null | undefined {
  if (typeof body === "string") return body;
  if (body === null || body === undefined) return null;
  if (body instanceof Uint8Array) return new Uint8Array(body);
  if (body instanceof ArrayBuffer) return new Uint8Array(body.slice(0));
  return undefined;
}
