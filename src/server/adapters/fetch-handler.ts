/** Runs an application on a host that speaks Fetch: Bun, Deno, a worker. */
import { BadRequestError, HttpError } from "../../errors/index.ts";
import { Headers, type RequestHead } from "../../http/index.ts";
import {
  type Application,
  type Carrier,
  type ContentSource,
  errorResponse,
  Request,
  type Response,
  toResponse,
} from "../../message/index.ts";
import { clientGone } from "../connection-errors.ts";
import { nextBytes, piecesOf } from "../pieces.ts";
import { discard, failureResponse, logFailure, upgradeUnsupported } from "./host-errors.ts";

/** What such a host calls. `info` is whatever it passes beside the request; the client's address is looked for in it. */
export type FetchHandler = (request: globalThis.Request, info?: unknown) => Promise<globalThis.Response>;

/** Statuses that the Fetch standard gives no body. */
const nullBody = new Set([204, 205, 304]);

/**
 * A function from the platform's request to the platform's response that answers with an application; what
 * `app.fetch` is. It never throws and never rejects. `request.ip` is the peer's where the host tells it: Deno and
 * `serve` in `info.remoteAddr`, Bun through `info.requestIP`; elsewhere it is `"0.0.0.0"`, which nobody trusts.
 *
 * Parsing, limits and timeouts of the connection are the host's. A response made by `upgrade` is answered with 501
 * `LMP_SERVER_UPGRADE_UNSUPPORTED`.
 *
 * @example
 * ```ts
 * import { Response } from "limpid/message";
 * import { toFetchHandler } from "limpid/server";
 *
 * const fetch = toFetchHandler({ handle: (request) => new Response(`You asked for ${request.path}`) });
 * console.log(await (await fetch(new Request("http://localhost/tea"))).text()); // You asked for /tea
 * ```
 */
export function toFetchHandler(application: Application): FetchHandler {
  return async (webRequest, info) => {
    const carrier = new WebCarrier(webRequest, info);
    const ended = (): void => carrier.end();
    let request: Request;
    try {
      request = new Request(headOf(webRequest), carrier);
    } catch (cause) {
      const refusal = new BadRequestError("The request is malformed.", { cause });
      return toWebResponse(errorResponse(refusal), webRequest.method, ended);
    }
    try {
      const response = toResponse(await application.handle(request), request);
      return toWebResponse(response, request.method, (error) => {
        if (error !== undefined) logFailure(error, request);
        ended();
      });
    } catch (error) {
      return toWebResponse(failureResponse(error, request), request.method, ended);
    }
  };
}

/** The host has parsed and normalized the request; what it was sent like is not known any more. */
function headOf({ method, url, headers }: globalThis.Request): RequestHead {
  const fields = new Headers([...headers]);
  const authority = url.indexOf("//") + 2;
  const start = url.indexOf("/", authority);
  const [target = "/"] = url.slice(start).split("#", 1);
  const mark = target.indexOf("?");
  const host = fields.get("host") ?? url.slice(authority, start);
  if (!fields.has("host")) fields.set("Host", host);
  const length = lengthOf(fields);
  const none = method === "GET" || method === "HEAD";
  return {
    method,
    target,
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? "" : target.slice(mark + 1),
    minorVersion: 1,
    headers: fields,
    host,
    framing: none ? "none" : length === undefined ? "chunked" : "length",
    contentLength: none ? 0 : (length ?? -1),
    keepAlive: true,
    expectContinue: false,
    upgrade: false,
  };
}

function lengthOf(fields: Headers): number | undefined {
  const field = fields.get("content-length");
  return field !== null && /^\d{1,15}$/.test(field) ? Number(field) : undefined;
}

class WebCarrier implements Carrier {
  readonly encrypted: boolean;
  readonly content: ContentSource | null;
  readonly #request: globalThis.Request;
  readonly #info: unknown;
  #ended = false;
  #endListeners: (() => void)[] = [];

  constructor(request: globalThis.Request, info: unknown) {
    this.#request = request;
    this.#info = info;
    this.encrypted = request.url.startsWith("https:");
    const none = request.method === "GET" || request.method === "HEAD" || request.body === null;
    this.content = none ? null : new WebContent(request);
  }

  get remoteAddress(): string {
    return addressIn(this.#info, this.#request) ?? "0.0.0.0";
  }

  onAbort(listener: (reason: unknown) => void): void {
    const { signal } = this.#request;
    if (signal.aborted) listener(signal.reason);
    else signal.addEventListener("abort", () => listener(signal.reason), { once: true });
  }

  onEnd(listener: () => void): void {
    if (this.#ended) listener();
    else this.#endListeners.push(listener);
  }

  /** The answer has been handed to the host. */
  end(): void {
    this.#ended = true;
    const listeners = this.#endListeners;
    this.#endListeners = [];
    for (const listener of listeners) listener();
  }
}

/** Deno tells the address, Bun gives somebody to ask. */
interface HostInfo {
  readonly remoteAddr?: { readonly hostname?: unknown } | null;
  requestIP?(request: globalThis.Request): { readonly address: string } | null;
}

function addressIn(info: unknown, request: globalThis.Request): string | undefined {
  if (typeof info !== "object" || info === null) return undefined;
  const host = info as HostInfo;
  const told =
    typeof host.requestIP === "function" ? host.requestIP(request)?.address : host.remoteAddr?.hostname;
  if (typeof told !== "string") return undefined;
  return told.startsWith("::ffff:") && told.includes(".") ? told.slice(7) : told;
}

/** The body of a platform request, whose reader is taken when somebody asks. */
class WebContent implements ContentSource {
  readonly length: number | undefined;
  readonly #request: globalThis.Request;
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;

  constructor(request: globalThis.Request) {
    this.#request = request;
    const field = request.headers.get("content-length");
    this.length = field !== null && /^\d{1,15}$/.test(field) ? Number(field) : undefined;
  }

  async read(): Promise<Uint8Array | null> {
    this.#reader ??= this.#request.body?.getReader();
    try {
      const result = await this.#reader?.read();
      return result === undefined || result.done ? null : result.value;
    } catch (error) {
      if (this.#request.signal.aborted) throw clientGone();
      throw error;
    }
  }

  cancel(): void {
    const cancelled = this.#reader?.cancel() ?? this.#request.body?.cancel();
    cancelled?.catch(() => {});
  }
}

/** Hears once that the content is over, and of the error where it failed on the way. */
type Settled = (error?: unknown) => void;

/** A response for the host. */
function toWebResponse(response: Response, method: string, settled: Settled): globalThis.Response {
  if (response.status === 101) throw upgradeUnsupported();
  if (response.status < 200) throw new HttpError(500, "A response needs a status from 200 to 599.");
  const headers = new globalThis.Headers();
  for (const [name, value] of response.headers.lines()) headers.append(name, value);
  const body = bodyOf(response, method, headers, settled);
  if (!(body instanceof ReadableStream)) settled();
  const { status, statusText } = response;
  return new globalThis.Response(body, { status, statusText, headers });
}

function bodyOf(
  response: Response,
  method: string,
  headers: globalThis.Headers,
  settled: Settled,
): string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null {
  const { content, status } = response;
  if (nullBody.has(status) || method === "HEAD") {
    const bytes =
      typeof content === "string" ? Buffer.byteLength(content) : (content as Uint8Array | null)?.length;
    if (method === "HEAD" && bytes !== undefined && !nullBody.has(status))
      headers.set("Content-Length", `${bytes}`);
    discard(response);
    return null;
  }
  if (content === null) return null;
  // The platform gives a string without a type one of its own.
  if (typeof content === "string") return headers.has("content-type") ? content : Buffer.from(content);
  return content instanceof Uint8Array ? (content as Uint8Array<ArrayBuffer>) : streamOf(content, settled);
}

/** The pieces as a web stream, pulled only as fast as it is read. */
function streamOf(content: AsyncIterable<Uint8Array | string>, settled: Settled): ReadableStream<Uint8Array> {
  const pieces = piecesOf(content);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          let piece = await nextBytes(pieces);
          while (piece?.length === 0) piece = await nextBytes(pieces);
          if (piece === undefined) {
            controller.close();
            settled();
          } else controller.enqueue(piece);
        } catch (error) {
          settled(error);
          throw error;
        }
      },
      cancel: () => {
        pieces.cancel();
        settled();
      },
    },
    { highWaterMark: 0 },
  );
}
