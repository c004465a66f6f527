/** Listens on a port or a unix socket, hands connections to a handler, and drains them when it closes. */
import { EventEmitter } from "node:events";
import { createServer, type Server } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { LimpidError } from "../errors/index.ts";
import type { Address } from "./address.ts";
import { bind } from "./bind.ts";
import { Connection } from "./connection.ts";
import type { RefusalReason } from "./connection-cap.ts";
import type { CloseReason } from "./connection-error.ts";
import { Deadline } from "./deadline.ts";
import {
  connectionClosed,
  connectionFailed,
  connectionOpened,
  connectionRefused,
  serverClosed,
  serverListening,
} from "./moments.ts";
import { quietTurn } from "./quiet-turn.ts";
import { Reception, type ReceptionListener } from "./reception.ts";
import { type ResolvedOptions, resolveOptions, type TcpOptions } from "./tcp-options.ts";

/** What a server announces, with what each listener receives. */
export type TcpServerEvents = {
  listening: [address: Address];
  connection: [connection: Connection];
  /** A connection over a cap was turned away. */
  refused: [reason: RefusalReason, remoteAddress: string];
  /** A TLS handshake failed; the connection was never handed out. */
  handshakeError: [error: LimpidError, remoteAddress: string];
  /** A handler or a listener threw; its connection was destroyed. Where nobody listens, a process warning says it. */
  handlerError: [error: unknown, connection: Connection];
  /** The system could not accept a connection. Nothing happens where nobody listens. */
  error: [error: LimpidError];
  /** The server has closed and holds no connection any more. */
  close: [];
};

/** What runs for every connection. It may throw: the connection is destroyed and the server goes on. */
export type ConnectionHandler = (connection: Connection) => void | Promise<void>;

/** How a server closes. */
export interface CloseOptions {
  /** Milliseconds that connections have to end by themselves; 0 destroys them at once. Default: 10,000. */
  grace?: number | undefined;
  /**
   * Milliseconds between the end of accepting and `stopping`, in which connections go on: one that was accepted a
   * moment ago has a request on its way. Part of the grace. Default: 0.
   */
  settle?: number | undefined;
}

/**
 * A TCP or TLS server.
 *
 * @example
 * ```ts
 * import { connect } from "node:net";
 * import { TcpServer } from "limpid/tcp";
 *
 * const server = new TcpServer({ port: 0 }, (connection) => connection.end("Hello from server!\n"));
 * await server.listen();
 * for await (const bytes of connect(server.port)) console.log(String(bytes)); // Hello from server!
 * await server.close({ grace: 10_000 });
 * ```
 */
export class TcpServer extends EventEmitter<TcpServerEvents> {
  readonly #options: ResolvedOptions;
  readonly #handler: ConnectionHandler | undefined;
  #listening: Listening | undefined;
  #starting: Promise<Listening> | undefined;
  #closing: Promise<void> | undefined;
  #deadline: Deadline | undefined;

  /** Throws `LMP_TCP_OPTION_INVALID`; nothing is opened before `listen`. */
  constructor(options: TcpOptions = {}, handler?: ConnectionHandler) {
    super({ captureRejections: true });
    this.#options = resolveOptions(options);
    this.#handler = handler;
  }

  /** Where the server listens; undefined before `listen` and after `close`. */
  get address(): Address | undefined {
    return this.#listening?.address;
  }

  /** The bound port. Throws `LMP_TCP_NOT_LISTENING` where there is none. */
  get port(): number {
    const port = this.address?.port;
    if (port !== undefined) return port;
    throw new LimpidError("LMP_TCP_NOT_LISTENING", "The server has no port.", {
      expected: "a server that listens on a port",
      found: this.address?.url ?? "a server that does not listen",
      fix: "Await server.listen() first.",
    });
  }

  /** The connections that are open. */
  get connections(): ReadonlySet<Connection> {
    return this.#listening?.reception.connections ?? noConnections;
  }

  /** Whether `close` was called and has not finished. */
  get stopping(): boolean {
    return this.#closing !== undefined;
  }

  /** Listens. Rejects with `LMP_TCP_…` and the fix where the system, the key or the certificate does not permit it. */
  async listen(): Promise<this> {
    if (this.#listening || this.#starting) {
      throw new LimpidError("LMP_TCP_ALREADY_LISTENING", "The server listens already.", {
        found: this.address?.url ?? "a server that is starting",
        fix: "Make another TcpServer, or close this one first.",
      });
    }
    this.#starting = this.#start();
    try {
      this.#listening = await this.#starting;
    } finally {
      this.#starting = undefined;
    }
    const { address } = this.#listening;
    if (serverListening.active) serverListening.announce({ address });
    this.#guard(() => this.emit("listening", address));
    return this;
  }

  /**
   * Accepts what has come and then nothing more, tells every connection by `stopping`, waits up to `grace`
   * milliseconds for them to end and destroys the rest. A second call waits for the same end, and may shorten the grace.
   */
  async close(options: CloseOptions = {}): Promise<void> {
    if (this.#starting) await this.#starting.catch(() => {});
    if (!this.#listening) return;
    // Before anybody is told: a listener may call close again.
    if (!this.#closing) {
      const { acceptor, reception } = this.#listening;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#closing = promise;
      reception.prepareToStop();
      this.#deadline = new Deadline(() => {
        acceptor.close();
        reception.destroyAll();
      });
      const settle = Math.min(options.settle ?? 0, options.grace ?? 10_000);
      void this.#stop(this.#listening, settle).then(resolve);
    }
    const closing = this.#closing;
    this.#deadline?.within(options.grace ?? 10_000);
    await closing;
  }

  /** Reads the TLS key and certificate files again, for connections to come. Throws `LMP_TCP_TLS_…`, the old remain. */
  reloadTls(): void {
    this.#listening?.reception.reloadTls();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Where a listener that is an async function rejects, node:events calls this. */
  override [EventEmitter.captureRejectionSymbol](
    error: Error,
    _event: string | symbol,
    subject: unknown,
  ): void {
    if (subject instanceof Connection) subject.fail(error);
    else warn(error);
  }

  async #start(): Promise<Listening> {
    const options = this.#options;
    const tls = options.tls && (await import("./tls-handshake.ts"));
    const reception = new Reception(options, this.#receptionListener(), tls?.TlsHandshake);
    const acceptor = createServer({
      // Plain: nothing is read before there is a consumer. TLS has to read for its handshake, and a peer that ends
      // in the middle of one is gone; its connections get their half-open state when it is over.
      pauseOnConnect: options.tls === undefined,
      allowHalfOpen: options.tls === undefined,
      noDelay: options.noDelay,
      keepAlive: options.keepAlive > 0,
      keepAliveInitialDelay: options.keepAlive,
    });
    acceptor.on("connection", (socket) => reception.receive(socket));
    try {
      const address = await bind(acceptor, options);
      acceptor.on("error", (error) => this.#onAcceptError(error));
      return { acceptor, reception, address };
    } catch (error) {
      acceptor.close();
      await reception.stop();
      throw error;
    }
  }

  async #stop({ acceptor, reception, address }: Listening, settle: number): Promise<void> {
    // Nobody hears of it before: clients that were told to go would dial again, and be the next to be reset.
    await quietTurn();
    acceptor.close();
    if (settle > 0 && reception.connections.size > 0) await delay(settle);
    await reception.stop();
    this.#deadline?.cancel();
    this.#deadline = undefined;
    this.#closing = undefined;
    this.#listening = undefined;
    if (serverClosed.active) serverClosed.announce({ address });
    this.#guard(() => this.emit("close"));
  }

  #receptionListener(): ReceptionListener {
    return {
      opened: (connection) => this.#onOpen(connection),
      closed: announceClosed,
      failed: (connection, error) => this.#onHandlerError(connection, error),
      refused: (refusal) => {
        if (connectionRefused.active) connectionRefused.announce(refusal);
        this.#guard(() => this.emit("refused", refusal.reason, refusal.remoteAddress));
      },
      refusalFailed: warn,
      handshakeFailed: (error, remoteAddress) => {
        if (connectionFailed.active) {
          connectionFailed.announce({ connection: undefined, remoteAddress, source: "handshake", error });
        }
        this.#guard(() => this.emit("handshakeError", error, remoteAddress));
      },
    };
  }

  #onOpen(connection: Connection): void {
    if (connectionOpened.active) connectionOpened.announce({ connection });
    try {
      this.emit("connection", connection);
      const running = this.#handler?.(connection);
      if (running !== undefined) Promise.resolve(running).catch((error) => connection.fail(error));
    } catch (error) {
      connection.fail(error);
    }
  }

  #onHandlerError(connection: Connection, error: unknown): void {
    const { remoteAddress } = connection;
    const traced = connectionFailed.active;
    if (traced) connectionFailed.announce({ connection, remoteAddress, source: "handler", error });
    if (this.listenerCount("handlerError") > 0)
      this.#guard(() => this.emit("handlerError", error, connection));
    else if (!traced) warn(error);
  }

  #onAcceptError(cause: Error): void {
    if (this.listenerCount("error") === 0) return;
    const message = `A connection could not be accepted: ${cause.message}`;
    this.#guard(() => this.emit("error", new LimpidError("LMP_TCP_ACCEPT_FAILED", message, { cause })));
  }

  /** A listener must not throw into the event loop, where it would end the process. */
  #guard(announce: () => void): void {
    try {
      announce();
    } catch (error) {
      warn(error);
    }
  }
}

/** What exists while a server listens. */
interface Listening {
  readonly acceptor: Server;
  readonly reception: Reception;
  readonly address: Address;
}

const noConnections: ReadonlySet<Connection> = new Set();

function announceClosed(connection: Connection, reason: CloseReason, error: Error | undefined): void {
  const { remoteAddress, bytesRead, bytesWritten } = connection;
  if (reason === "reset" || reason === "failed") {
    if (connectionFailed.active)
      connectionFailed.announce({ connection, remoteAddress, source: "connection", error });
  }
  if (connectionClosed.active)
    connectionClosed.announce({ connection, reason, error, bytesRead, bytesWritten });
}

/** Says an error that nobody listens for, without ending the process. */
function warn(error: unknown): void {
  const shown = error instanceof Error ? error : new Error(String(error));
  process.emitWarning(shown.message, { type: "TcpHandlerWarning", detail: shown.stack ?? "" });
}
