/** A client for tests: the calls of a browser, in memory or over a real socket, with one and the same result. */
import { LimpidError } from "../errors/index.ts";
import { Headers, type HeadersInit } from "../http/index.ts";
import { type Application, Response } from "../message/index.ts";
import { CookieJar } from "./cookie-jar.ts";
import { MemoryTransport } from "./memory-transport.ts";
import { destinationOf, outgoingRequest, type TestRequestInit } from "./outgoing-request.ts";
import { MAX_REDIRECTS, redirected, tooManyRedirects } from "./redirect.ts";
import { SocketTransport } from "./socket-transport.ts";
import type { IncomingResponse, OutgoingRequest, Transport } from "./transport.ts";

/** How a client reaches its application. */
export interface TestClientOptions {
  /** Whether to go over a real socket, to a server on a free port of this machine. Default false: in memory. */
  socket?: boolean | undefined;
  /** The origin that paths stand on. Default `"http://localhost"`; over a socket it has to be http. */
  baseUrl?: string | undefined;
  /** Sent with every request. */
  headers?: HeadersInit;
}

/**
 * A client of one application, with a cookie jar of its own: two clients are two browsers.
 *
 * A status such as 500 is a response and no error. Requests reject with `LMP_TESTING_BODY_AMBIGUOUS`,
 * `LMP_TESTING_CLIENT_CLOSED`, `LMP_TESTING_CONNECTION_FAILED`, `LMP_REQUEST_URL_INVALID`, and where redirects are
 * followed with `LMP_TESTING_REDIRECT_LIMIT`, `LMP_TESTING_REDIRECT_OUTSIDE` and `LMP_TESTING_REDIRECT_STREAM`.
 * Reading a response whose content breaks off rejects with `LMP_TESTING_RESPONSE_BROKEN`.
 *
 * @example
 * ```ts
 * import { App } from "limpid";
 * import { TestClient } from "limpid/testing";
 *
 * const app = new App();
 * app.get("/tea/:kind", ({ params }) => ({ tea: params.kind }));
 *
 * await using client = new TestClient(app, { socket: true });
 * const response = await client.get("/tea/green");
 * console.log(response.status, await response.json()); // 200 { tea: 'green' }
 * ```
 */
export class TestClient {
  /** The cookies the application has set. */
  readonly cookies: CookieJar;
  readonly #base: URL;
  readonly #headers: HeadersInit;
  readonly #transport: Transport;
  #closed = false;

  /** Throws `LMP_TESTING_BASE_URL_INVALID`. */
  constructor(application: Application, options: TestClientOptions = {}) {
    this.#base = originOf(options.baseUrl ?? "http://localhost", options.socket ?? false);
    this.#headers = options.headers;
    this.#transport = options.socket ? new SocketTransport(application) : new MemoryTransport(application);
    this.cookies = new CookieJar({ url: this.#base });
  }

  get(path: string, init?: TestRequestInit): Promise<Response> {
    return this.request("GET", path, init);
  }

  head(path: string, init?: TestRequestInit): Promise<Response> {
    return this.request("HEAD", path, init);
  }

  post(path: string, init?: TestRequestInit): Promise<Response> {
    return this.request("POST", path, init);
  }

  put(path: string, init?: TestRequestInit): Promise<Response> {
    return this.request("PUT", path, init);
  }

  patch(path: string, init?: TestRequestInit): Promise<Response> {
    return this.request("PATCH", path, init);
  }

  delete(path: string, init?: TestRequestInit): Promise<Response> {
    return this.request("DELETE", path, init);
  }

  options(path: string, init?: TestRequestInit): Promise<Response> {
    return this.request("OPTIONS", path, init);
  }

  /** Sends a request of any method; `path` may be a whole URL. Resolves once the head of the response is there. */
  async request(method: string, path: string, init: TestRequestInit = {}): Promise<Response> {
    const destination = destinationOf(path, this.#base, init.query);
    let outgoing = outgoingRequest(method.toUpperCase(), destination, init, this.#headers);
    let incoming = await this.#send(outgoing, init.cookies);
    if (init.redirect !== "follow") return toResponse(incoming);
    for (let count = 1; ; count++) {
      const next = redirected(outgoing, incoming);
      if (next === undefined) return toResponse(incoming);
      if (count > MAX_REDIRECTS) throw tooManyRedirects(next.url);
      await discard(incoming);
      outgoing = next;
      incoming = await this.#send(outgoing, init.cookies);
    }
  }

  /** Closes the connections, and the server that the client has started. The application stays as it is. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#transport.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Sends with the cookies that belong to it, and keeps those that come back. */
  async #send(outgoing: OutgoingRequest, cookies: TestRequestInit["cookies"]): Promise<IncomingResponse> {
    if (this.#closed) throw closed();
    const headers = new Headers(outgoing.headers);
    const field = cookieField(this.cookies.header(outgoing.url), cookies ?? {});
    if (field !== "" && !headers.has("cookie")) headers.set("Cookie", field);
    const incoming = await this.#transport.send({ ...outgoing, headers });
    for (const set of incoming.headers.getSetCookie()) this.cookies.store(set, outgoing.url);
    return incoming;
  }
}

function cookieField(kept: string | null, added: Readonly<Record<string, string>>): string {
  const names = new Set(Object.keys(added));
  const rest = (kept?.split("; ") ?? []).filter((pair) => !names.has(pair.split("=", 1)[0] ?? ""));
  return [...rest, ...Object.entries(added).map(([name, value]) => `${name}=${value}`)].join("; ");
}

function toResponse({ status, statusText, headers, content }: IncomingResponse): Response {
  return new Response(content, { status, statusText, headers });
}

/** Reads a redirect's content away, so that its connection can carry the next request. */
async function discard({ content }: IncomingResponse): Promise<void> {
  if (content === null) return;
  for await (const _piece of content);
}

function originOf(written: string, socket: boolean): URL {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  const bare = url?.pathname === "/" && url.search === "" && url.hash === "" && url.username === "";
  if (bare && (url.protocol === "http:" || (url.protocol === "https:" && !socket))) return url;
  throw new LimpidError("LMP_TESTING_BASE_URL_INVALID", "The base URL of a test client is an origin.", {
    expected: socket ? 'an origin such as "http://localhost"' : 'an origin such as "https://example.com"',
    found: written.slice(0, 80),
    fix: socket
      ? "Leave `socket` out to speak https, and put paths into the requests."
      : "Put paths into the requests.",
  });
}

function closed(): LimpidError {
  return new LimpidError("LMP_TESTING_CLIENT_CLOSED", "The test client has been closed.", {
    fix: "Make a new client, or close this one later.",
  });
}
