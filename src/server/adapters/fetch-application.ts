/** Runs a Fetch-style application as one of Limpid's: the way in for Hono, itty and plain functions. */
import { ContentTooLargeError, HttpError, LimpidError } from "../../errors/index.ts";
import { Headers } from "../../http/index.ts";
import {
  type Application,
  bodiless,
  DEFAULT_BODY_LIMIT,
  type Request,
  Response,
} from "../../message/index.ts";
import { globalObjectsReplaced } from "./global-objects.ts";
import { WebRequest } from "./web-request.ts";
import { WebResponse } from "./web-response.ts";

/** A function from the platform's request to the platform's response: what Bun, Deno and workers run. */
export type FetchFunction = (
  request: globalThis.Request,
  info: FetchInfo,
) => globalThis.Response | Promise<globalThis.Response>;

/** What `serve` tells a function beside the request, in the shape that Deno has; `c.env` in Hono. */
export interface FetchInfo {
  /** The client's address, or that of the proxy in front. */
  readonly remoteAddr: { readonly transport: "tcp"; readonly hostname: string };
  /** Limpid's own request, with `id`, `log` and `signal`. */
  readonly request: Request;
}

/** How a Fetch-style application is run. */
export interface FetchApplicationOptions {
  /** The content of a request is refused past this many bytes, with 413 where it is announced. Default 1 MiB. */
  bodyLimit?: number | undefined;
}

/** Methods that no platform request can have (Fetch standard, "forbidden method"). */
const forbidden = new Set(["CONNECT", "TRACE", "TRACK"]);

/**
 * A Fetch-style application as one of Limpid's: to be served, or mounted beside routes with `app.mount`. It sees the
 * whole URL wherever it is mounted.
 *
 * Where `serve` has replaced the global objects, the function gets a light request; otherwise the platform's own.
 * 501 for `TRACE`, which the platform has no request for. `LMP_SERVER_FETCH_RESULT_INVALID` for a result that is
 * no `Response`.
 *
 * @example
 * ```ts
 * import { App, fromFetch } from "limpid";
 *
 * const app = new App();
 * app.mount("/old", fromFetch((request) => new Response(`The old part: ${new URL(request.url).pathname}`)));
 * const response = await app.fetch(new Request("http://localhost/old/tea"));
 * console.log(await response.text()); // The old part: /old/tea
 * ```
 */
export function fromFetch(fetch: FetchFunction, options: FetchApplicationOptions = {}): Application {
  const { bodyLimit = DEFAULT_BODY_LIMIT } = options;
  return {
    handle(request) {
      if (forbidden.has(request.method.toUpperCase())) throw new HttpError(501);
      if (bodyLimit !== request.bodyLimit) request.bodyLimit = bodyLimit;
      refuseAnnounced(request);
      const given = globalObjectsReplaced() ? new WebRequest(request) : WebRequest.plain(request);
      const result: unknown = fetch(given as unknown as globalThis.Request, new Info(request));
      if (result instanceof WebResponse) return fromLight(result, request.method);
      return Promise.resolve(result).then((response) => fromResult(response, request.method));
    },
  };
}

class Info implements FetchInfo {
  readonly request: Request;

  constructor(request: Request) {
    this.request = request;
  }

  get remoteAddr(): FetchInfo["remoteAddr"] {
    return { transport: "tcp", hostname: this.request.ip };
  }
}

function refuseAnnounced({ headers, bodyLimit }: Request): void {
  const announced = headers.get("content-length");
  if (announced === null || Number(announced) <= bodyLimit) return;
  throw new ContentTooLargeError(`The content is larger than ${bodyLimit} bytes.`, {
    expected: `at most ${bodyLimit} bytes`,
    found: `${announced.slice(0, 20)} bytes announced`,
    fix: "Send less, or raise `bodyLimit`.",
  });
}

function fromResult(result: unknown, method: string): Response | Promise<Response> {
  if (result instanceof WebResponse) return fromLight(result, method);
  if (result instanceof globalThis.Response) return fromPlatform(result, method);
  throw new LimpidError("LMP_SERVER_FETCH_RESULT_INVALID", "A fetch function returned no Response.", {
    expected: "a Response, or a promise of one",
    found: result === null ? "null" : typeof result,
    fix: "Return `new Response(…)` from every path of the function.",
  });
}

function fromLight(light: WebResponse, method: string): Response | Promise<Response> {
  const response = method === "HEAD" ? undefined : WebResponse.toResponse(light);
  return response ?? fromPlatform(WebResponse.platformOf(light), method);
}

async function fromPlatform(response: globalThis.Response, method: string): Promise<Response> {
  const { status, statusText, headers, body } = response;
  const init = { status, statusText: statusText || undefined, headers: new Headers([...headers]) };
  if (body !== null) return new Response(await contentOf(body.getReader()), init);
  // Whoever answers HEAD without content does not mean that there is none: a stream says nothing of a length.
  return new Response(method === "HEAD" && !bodiless(status) ? nothing() : null, init);
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

type Reader = ReadableStreamDefaultReader<Uint8Array>;
type Reading = ReturnType<Reader["read"]>;

/** How many turns of the microtask queue a stream may take that has its content in memory. */
const TURNS = 8;

/** The content in one piece where it is there already, as it mostly is; otherwise the pieces as they come. */
async function contentOf(reader: Reader): Promise<Uint8Array | AsyncIterable<Uint8Array>> {
  const first = reader.read();
  const begun = await settledSoon(first);
  if (begun === undefined) return new ReaderPieces(reader, [first]);
  if (begun.done) return new Uint8Array(0);
  const second = reader.read();
  const ended = await settledSoon(second);
  return ended?.done ? begun.value : new ReaderPieces(reader, [first, second]);
}

async function settledSoon(reading: Reading): Promise<Awaited<Reading> | undefined> {
  let result: Awaited<Reading> | undefined;
  const settle = (value: Awaited<Reading>): void => {
    result = value;
  };
  // Whoever reads the pieces hears of the failure.
  reading.then(settle, () => {});
  for (let turn = 0; turn < TURNS && result === undefined; turn++) await undefined;
  return result;
}

/** Pieces that were asked for, then the rest. It can be ended while it waits. */
class ReaderPieces implements AsyncIterable<Uint8Array>, AsyncIterator<Uint8Array> {
  readonly #reader: Reader;
  readonly #begun: Reading[];

  constructor(reader: Reader, begun: Reading[]) {
    this.#reader = reader;
    this.#begun = begun;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    const { done, value } = await (this.#begun.shift() ?? this.#reader.read());
    return done ? { done, value: undefined } : { done, value };
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    await this.#reader.cancel();
    return { done: true, value: undefined };
  }
}
