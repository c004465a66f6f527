/** An HTTP/1.1 server: tcp x http x message around one application. */
import { HttpError } from "../errors/index.ts";
import { type Logger, rootLogger } from "../log/index.ts";
import { type Application, errorResponse } from "../message/index.ts";
import { type Address, type CloseOptions, type Connection, TcpServer } from "../tcp/index.ts";
import type { Exchange } from "./exchange.ts";
import { HttpConnection, type HttpConnectionOwner } from "./http-connection.ts";
import { Overload } from "./overload.ts";
import { ParserPool } from "./parser-pool.ts";
import { type ServerLimits, type ServerOptions, serverLimits } from "./server-options.ts";

/** Milliseconds between two looks at the clock: every timeout is late by at most this. */
const TICK = 500;

/** Milliseconds that a look may take before others get their turn: many connections may be late at once. */
const LOOK = 5;

/**
 * Serves an application.
 *
 * @example
 * ```ts
 * import { Response } from "limpid/message";
 * import { Server } from "limpid/server";
 *
 * const server = new Server({ handle: (request) => new Response(`You asked for ${request.path}`) });
 * await server.listen();
 * console.log(await (await fetch(`${server.url}/tea`)).text()); // You asked for /tea
 * await server.close();
 * ```
 */
export class Server implements HttpConnectionOwner {
  readonly application: Application;
  readonly limits: ServerLimits;
  readonly parsers: ParserPool;
  readonly allowedHosts: readonly string[] | undefined;
  /** Sheds load; undefined where it was switched off. */
  readonly overload: Overload | undefined;
  readonly #tcp: TcpServer;
  readonly #connections = new Set<HttpConnection>();
  readonly #log: () => Logger;
  #requests = 0;
  #ticker: NodeJS.Timeout | undefined;
  #looking = false;

  /** Throws `LMP_SERVER_OPTION_INVALID` or `LMP_TCP_OPTION_INVALID`. */
  constructor(application: Application, options: ServerOptions = {}, log?: Logger) {
    this.#log = () => log ?? rootLogger();
    this.application = {
      handle: (request) => {
        this.#requests++;
        return application.handle(request);
      },
    };
    this.limits = serverLimits(options);
    this.parsers = new ParserPool(options.parser ?? {});
    this.allowedHosts = options.allowedHosts;
    this.overload = options.overload === false ? undefined : new Overload(options.overload, this.#log);
    this.#tcp = new TcpServer(
      { shareReadBuffer: true, ...options, idleTimeout: 0, refuse: refusal },
      (connection) => this.#accept(connection),
    );
    this.#tcp.on("error", (error) => this.failed(error, undefined));
    this.#tcp.on("handlerError", (error) => this.failed(error, undefined));
  }

  /** Where it listens; undefined before `listen` and after `close`. */
  get address(): Address | undefined {
    return this.#tcp.address;
  }

  /** Where it listens, as a URL a person can open: `"http://localhost:8000"`. */
  get url(): string {
    return this.#tcp.address?.url.replace(/^tcp:/, "http:").replace(/^tls:/, "https:") ?? "";
  }

  /** Connections that are open. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Requests that were handed to the application so far; what the server itself refuses does not count. */
  get requests(): number {
    return this.#requests;
  }

  /** Starts to listen. Rejects with the codes of `TcpServer.listen`. */
  async listen(): Promise<this> {
    await this.#tcp.listen();
    this.#ticker = setInterval(() => this.#tick(), TICK);
    this.#ticker.unref();
    this.overload?.start();
    return this;
  }

  /**
   * Stops accepting, lets every request that has begun have its answer (with `Connection: close`), then closes.
   * After `grace` milliseconds (default 10,000) what is left is broken off.
   */
  async close(options: CloseOptions = {}): Promise<void> {
    await this.#tcp.close(options);
    clearInterval(this.#ticker);
    this.overload?.stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  closed(connection: HttpConnection): void {
    this.#connections.delete(connection);
  }

  failed(error: unknown, exchange: Exchange | undefined): void {
    const log = exchange?.request.log ?? this.#log();
    log.error(asError(error), "the request failed");
  }

  #accept(connection: Connection): void {
    this.#connections.add(new HttpConnection(connection, this));
  }

  #tick(): void {
    if (this.#looking) return;
    this.#looking = true;
    this.#look(this.#connections.values());
  }

  #look(rest: Iterator<HttpConnection>): void {
    const now = performance.now();
    for (let next = rest.next(); !next.done; next = rest.next()) {
      next.value.check(now);
      if (performance.now() - now < LOOK) continue;
      setImmediate(() => this.#look(rest));
      return;
    }
    this.#looking = false;
  }
}

/** What a client reads whose connection is one too many. */
function refusal(): Uint8Array {
  const error = new HttpError(503, "Too many connections.", {
    code: "LMP_SERVER_CONNECTIONS_EXHAUSTED",
    headers: { "Retry-After": "1", Connection: "close" },
  });
  return errorResponse(error).serialize();
}

function asError(error: unknown): Error {
  return error instanceof Error
    ? error
    : new Error("Something that is no Error was thrown.", { cause: error });
}
