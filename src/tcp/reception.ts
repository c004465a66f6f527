/** Receives accepted sockets for a server: cap, refusal, TLS handshake, and the connections until they have closed. */
import type { Socket } from "node:net";
import { LimpidError } from "../errors/index.ts";
import { Connection, type ConnectionOwner } from "./connection.ts";
import { ConnectionCap } from "./connection-cap.ts";
import type { CloseReason } from "./connection-error.ts";
import { maySpeak, sayAndClose } from "./last-words.ts";
import { unmapped } from "./peer-address.ts";
import { sharingReads } from "./shared-reads.ts";
import type { Refusal, ResolvedOptions } from "./tcp-options.ts";
import type { TlsHandshake } from "./tls-handshake.ts";

/** What a reception tells its server. Nothing of it may throw. */
export interface ReceptionListener {
  opened(connection: Connection): void;
  closed(connection: Connection, reason: CloseReason, error: Error | undefined): void;
  /** The application's code threw; the connection is being destroyed. */
  failed(connection: Connection, error: unknown): void;
  refused(refusal: Refusal): void;
  /** The application's `refuse` threw. */
  refusalFailed(error: unknown): void;
  handshakeFailed(error: LimpidError, remoteAddress: string): void;
}

/** The sockets of one listening server. */
export class Reception implements ConnectionOwner {
  readonly connections = new Set<Connection>();
  readonly lingerTimeout: number;
  readonly #options: ResolvedOptions;
  readonly #listener: ReceptionListener;
  readonly #cap: ConnectionCap;
  readonly #handshake: TlsHandshake | undefined;
  /** Every socket until it is closed: one in a handshake or being refused is no connection. */
  readonly #sockets = new Set<Socket>();
  #closing = false;
  #stopping: PromiseWithResolvers<void> | undefined;

  /**
   * `Handshake` is the class for a server with TLS, which others do not load. Throws `LMP_TCP_TLS_…` for a key or
   * certificate that cannot be used.
   */
  constructor(options: ResolvedOptions, listener: ReceptionListener, Handshake?: typeof TlsHandshake) {
    this.#options = options;
    this.#listener = listener;
    this.lingerTimeout = options.lingerTimeout;
    this.#cap = new ConnectionCap(options.maxConnections, options.maxConnectionsPerAddress);
    if (!options.tls || !Handshake) return;
    this.#handshake = new Handshake(options.tls, options.handshakeTimeout, {
      secured: (socket) => this.#open(socket, unmapped(socket.remoteAddress ?? "")),
      failed: (error, remoteAddress) => listener.handshakeFailed(error, unmapped(remoteAddress)),
    });
  }

  /** Takes a socket that the system has accepted and nobody has read from. */
  receive(accepted: Socket): void {
    const remoteAddress = unmapped(accepted.remoteAddress ?? "");
    // A socket of the network without an address is one whose peer has left already.
    if (remoteAddress === "" && this.#options.path === undefined) {
      accepted.destroy();
      return;
    }
    const socket = this.#options.shareReadBuffer && !this.#handshake ? sharingReads(accepted) : accepted;
    const reason = this.#cap.refusal(remoteAddress);
    if (!reason) this.#cap.take(remoteAddress);
    this.#sockets.add(socket);
    socket.on("error", ignore);
    socket.on("close", () => {
      if (!reason) this.#cap.leave(remoteAddress);
      this.#sockets.delete(socket);
      this.#settle();
    });
    if (reason) this.#refuse(socket, { reason, remoteAddress, remotePort: socket.remotePort });
    else if (this.#handshake) this.#handshake.begin(socket);
    else this.#open(socket, remoteAddress);
  }

  /** Reads the TLS files again. */
  reloadTls(): void {
    this.#handshake?.reload();
  }

  isStopping(): boolean {
    return this.#closing;
  }

  /** From now on connections know that the server stops; `stop` tells them. */
  prepareToStop(): void {
    this.#closing = true;
  }

  /** Tells every connection to end; resolves when the last socket has closed. */
  async stop(): Promise<void> {
    this.#stopping ??= Promise.withResolvers();
    for (const connection of [...this.connections]) connection.announceStopping();
    this.#settle();
    await this.#stopping.promise;
    this.#handshake?.close();
  }

  /** Destroys what is still open. */
  destroyAll(): void {
    for (const connection of [...this.connections]) {
      connection.destroy(
        new LimpidError("LMP_TCP_SERVER_CLOSED", "The server closed before the connection had ended."),
      );
    }
    for (const socket of [...this.#sockets]) socket.destroy();
  }

  closed(connection: Connection, reason: CloseReason, error: Error | undefined): void {
    this.connections.delete(connection);
    this.#listener.closed(connection, reason, error);
    this.#settle();
  }

  failed(connection: Connection, error: unknown): void {
    this.#listener.failed(connection, error);
  }

  #open(socket: Socket, remoteAddress: string): void {
    const connection = new Connection(socket, remoteAddress, this);
    if (this.#options.idleTimeout > 0) connection.setIdleTimeout(this.#options.idleTimeout);
    this.connections.add(connection);
    this.#listener.opened(connection);
  }

  #refuse(socket: Socket, refusal: Refusal): void {
    this.#listener.refused(refusal);
    const { refuse, lingerTimeout, path } = this.#options;
    let words: string | Uint8Array | undefined;
    if (refuse && !this.#handshake && maySpeak()) {
      try {
        words = refuse(refusal);
      } catch (error) {
        this.#listener.refusalFailed(error);
      }
    }
    if (words !== undefined) sayAndClose(socket, words, lingerTimeout);
    else if (path === undefined) socket.resetAndDestroy();
    else socket.destroy();
  }

  #settle(): void {
    if (this.#sockets.size === 0 && this.connections.size === 0) this.#stopping?.resolve();
  }
}

/** Whatever breaks before there is a connection just closes the socket. */
function ignore(): void {}
