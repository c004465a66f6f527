/** One connection: bytes in, bytes out, with back-pressure both ways. No other file touches the socket. */
import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { LimpidError } from "../errors/index.ts";
import { readBytes } from "./byte-reader.ts";
import { type CloseReason, closeReason, connectionError, idleError } from "./connection-error.ts";
import type { ConnectionConsumer, ConnectionEvents } from "./connection-events.ts";
import { startTaking, stopTaking } from "./shared-reads.ts";

/** What a connection needs of the server that accepted it. */
export interface ConnectionOwner {
  isStopping(): boolean;
  /** Milliseconds. */
  readonly lingerTimeout: number;
  /** The connection has closed. */
  closed(connection: Connection, reason: CloseReason, error: Error | undefined): void;
  /** The application's code for this connection threw; the connection is being destroyed. */
  failed(connection: Connection, error: unknown): void;
}

/** Characters written in one turn that are collected at most before they leave. */
const TURN_LENGTH = 65_536;

let lastId = 0;

/** Leads from a socket to its connection, so that every connection can share the same few listeners. */
const owned = Symbol("connection");

interface OwnedSocket extends Socket {
  readonly [owned]: Connection;
}

/**
 * One accepted connection. Reading starts with the first `data` listener or `for await`, so nothing that arrives
 * before is lost. Both directions end on their own: after the peer's `end` one may still write.
 *
 * @example An echo service.
 * ```ts
 * import { connect } from "node:net";
 * import { TcpServer } from "limpid/tcp";
 *
 * const server = new TcpServer({ host: "127.0.0.1" }, async (connection) => {
 *   for await (const bytes of connection) {
 *     if (!connection.write(bytes)) await connection.drained();
 *   }
 *   connection.end();
 * });
 * await server.listen();
 *
 * const client = connect({ port: server.port, host: "127.0.0.1" });
 * client.end("Hello?");
 * for await (const bytes of client) console.log(String(bytes)); // Hello?
 * await server.close();
 * ```
 */
export class Connection extends EventEmitter<ConnectionEvents> {
  // Shared, because ten thousand idle connections with closures of their own would hold eight megabytes more.
  static readonly #onSocket = {
    bytes(this: Socket, bytes: Uint8Array): void {
      (this as OwnedSocket)[owned].#onData(bytes);
    },
    end(this: OwnedSocket): void {
      this[owned].#onEnd();
    },
    drain(this: OwnedSocket): void {
      this[owned].#onDrain();
    },
    finish(this: OwnedSocket): void {
      this[owned].#linger();
    },
    timeout(this: OwnedSocket): void {
      this[owned].#onTimeout();
    },
    error(this: OwnedSocket, error: Error): void {
      this[owned].#error ??= connectionError(error);
    },
    close(this: OwnedSocket): void {
      this[owned].#onClose();
    },
  };

  static readonly #onListener = {
    added(this: Connection, event: string | symbol): void {
      if (event === "data" && !this.#reading) this.#startReading();
    },
    removed(this: Connection, event: string | symbol): void {
      if (event === "data" && this.#unconsumed()) this.#stopReading();
    },
  };

  /** Unique in this process, rising. */
  readonly id: number = ++lastId;
  /** The peer's address, IPv4 unmapped from IPv6; empty for a unix socket. */
  readonly remoteAddress: string;
  readonly #socket: OwnedSocket;
  readonly #owner: ConnectionOwner;
  #error: Error | undefined;
  #closed = false;
  #reading = false;
  #paused = false;
  #discarding = false;
  #consumer: ConnectionConsumer | undefined;
  #expectingDrain = false;
  #expectingEnd = false;
  #draining: PromiseWithResolvers<void> | undefined;
  #lingering: NodeJS.Timeout | undefined;
  /** Whether the consumer is at work on bytes that have arrived. */
  #inTurn = false;
  /** What was written as latin1 since the turn began; it leaves together, because each write is a call of the system. */
  #gathered = "";
  /** Whether `flush` will be called. */
  #scheduled = false;

  /** Made by `TcpServer`; `socket` must not have been read from. */
  constructor(socket: Socket, remoteAddress: string, owner: ConnectionOwner) {
    super({ captureRejections: true });
    this.remoteAddress = remoteAddress;
    this.#owner = owner;
    this.#socket = Object.assign(socket, { [owned]: this });
    socket.allowHalfOpen = true;
    // The other events get their listeners when they can occur.
    socket.on("error", Connection.#onSocket.error).on("close", Connection.#onSocket.close);
    this.on("newListener", Connection.#onListener.added).on("removeListener", Connection.#onListener.removed);
  }

  get remotePort(): number | undefined {
    return this.#socket.remotePort;
  }

  get localAddress(): string | undefined {
    return this.#socket.localAddress;
  }

  get localPort(): number | undefined {
    return this.#socket.localPort;
  }

  /** Whether TLS protects the bytes. */
  get encrypted(): boolean {
    return isTls(this.#socket);
  }

  /** What ALPN agreed on (RFC 7301), such as `"http/1.1"`. */
  get alpnProtocol(): string | undefined {
    return (isTls(this.#socket) && this.#socket.alpnProtocol) || undefined;
  }

  /** The host name the client asked for (RFC 6066 §3), in lower case. */
  get servername(): string | undefined {
    if (!isTls(this.#socket)) return undefined;
    return this.#socket.servername ? this.#socket.servername.toLowerCase() : undefined;
  }

  /** Bytes received, those that wait to be read included. */
  get bytesRead(): number {
    return this.#socket.bytesRead;
  }

  /** Bytes sent, those that are still queued included. */
  get bytesWritten(): number {
    return this.#socket.bytesWritten + this.#gathered.length;
  }

  /** Bytes queued here and not yet taken by the system. */
  get writableLength(): number {
    return this.#socket.writableLength + this.#gathered.length;
  }

  /** Whether more may arrive. */
  get readable(): boolean {
    return this.#socket.readable;
  }

  /** Whether `write` still has an effect. */
  get writable(): boolean {
    return this.#socket.writable;
  }

  /** Whether both directions are over; `close` has been or is being announced. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Whether the server waits for this connection to end. */
  get stopping(): boolean {
    return this.#owner.isStopping();
  }

  /**
   * Sends bytes, or a string in UTF-8 unless `encoding` says `"latin1"`. False means: more is queued than is good,
   * wait for `drain`. On a connection that has closed or was ended it sends nothing and returns false.
   */
  write(chunk: string | Uint8Array, encoding: "utf8" | "latin1" = "utf8"): boolean {
    if (!this.#socket.writable) return false;
    if (encoding === "latin1" && typeof chunk === "string") return this.#gather(chunk);
    if (this.#gathered !== "") this.#flush();
    return this.#send(chunk, encoding);
  }

  /** Sends a text in latin1 and bytes behind it in one call of the system; the bytes are not copied. */
  writeTogether(text: string, bytes: Uint8Array): boolean {
    this.#socket.cork();
    this.write(text, "latin1");
    const room = this.write(bytes);
    this.#socket.uncork();
    return room;
  }

  /**
   * Sends bytes and resolves when the system has all of them: from then on their memory may be used again. Rejects
   * with `LMP_TCP_CONNECTION_CLOSED` when the connection closes first.
   */
  async deliver(bytes: Uint8Array): Promise<void> {
    if (this.#gathered !== "") this.#flush();
    const { promise, resolve } = Promise.withResolvers<Error | null | undefined>();
    if (this.#socket.writable) this.#socket.write(bytes, resolve);
    else throw this.#closedError();
    if ((await promise) instanceof Error) throw this.#closedError();
  }

  #send(chunk: string | Uint8Array, encoding: "utf8" | "latin1"): boolean {
    const room = typeof chunk === "string" ? this.#socket.write(chunk, encoding) : this.#socket.write(chunk);
    if (!room && !this.#expectingDrain) {
      this.#expectingDrain = true;
      this.#socket.on("drain", Connection.#onSocket.drain);
    }
    return room;
  }

  #gather(chunk: string): boolean {
    this.#gathered += chunk;
    if (this.#gathered.length >= TURN_LENGTH) return this.#flush();
    if (!this.#inTurn) this.gatherOn();
    return !this.#socket.writableNeedDrain;
  }

  /** Says that more follows at once: what is gathered leaves behind the promises that are settled by now. */
  gatherOn(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    process.nextTick(flushLater, this);
  }

  /** Sends what was gathered. Called behind the settled promises that `gatherOn` waits for. */
  flush(): void {
    this.#scheduled = false;
    if (this.#gathered !== "" && this.#socket.writable) this.#flush();
  }

  #flush(): boolean {
    const gathered = this.#gathered;
    this.#gathered = "";
    return this.#send(gathered, "latin1");
  }

  /**
   * Resolves when `write` may go on: at once where there is room. Rejects with `LMP_TCP_CONNECTION_CLOSED` when the
   * connection closes first.
   */
  drained(): Promise<void> {
    if (this.#gathered !== "") this.#flush();
    if (this.#socket.writable && !this.#socket.writableNeedDrain) return Promise.resolve();
    const draining = (this.#draining ??= Promise.withResolvers());
    // Somebody may ask and not wait; that must not become an unhandled rejection.
    draining.promise.catch(() => {});
    if (!this.#socket.writable) this.#stopWaiting();
    return draining.promise;
  }

  /**
   * Ends this direction behind what is queued; the peer may go on sending. Where nobody reads, what it sends is
   * discarded for at most `lingerTimeout`, so that it can read our last bytes instead of a reset.
   */
  end(chunk?: string | Uint8Array, encoding: "utf8" | "latin1" = "utf8"): void {
    const socket = this.#socket;
    if (!socket.writable) return;
    if (this.#gathered !== "") this.#flush();
    socket.on("finish", Connection.#onSocket.finish);
    if (chunk === undefined) socket.end();
    else if (typeof chunk === "string") socket.end(chunk, encoding);
    else socket.end(chunk);
    // A consumer may still be attached in this turn.
    queueMicrotask(() => this.#discardIfUnread());
  }

  /** Like `end`, and nothing more is read: what still arrives is discarded, for at most `lingerTimeout`. */
  close(chunk?: string | Uint8Array, encoding: "utf8" | "latin1" = "utf8"): void {
    this.#discarding = true;
    this.end(chunk, encoding);
    this.#discardIfUnread();
  }

  /** Closes now; what is queued is lost. The error, where there is one, is announced and reaches `close`. */
  destroy(error?: Error): void {
    if (this.#socket.destroyed) return;
    if (this.#gathered !== "") this.#flush();
    this.#error ??= error;
    this.#socket.destroy();
  }

  /** Closes now with a TCP reset, so that the peer knows something was lost. TLS and unix sockets just close. */
  reset(): void {
    if (this.encrypted || this.remotePort === undefined) {
      this.destroy();
      return;
    }
    if (this.#gathered !== "" && this.#socket.writable) this.#flush();
    this.#socket.resetAndDestroy();
  }

  /** Stops reading; what the peer sends waits in the system, and in the end the peer waits too. */
  pause(): void {
    this.#paused = true;
    if (this.#reading) this.#socket.pause();
  }

  /** Goes on reading. */
  resume(): void {
    this.#paused = false;
    if (this.#reading) this.#socket.resume();
  }

  /** Milliseconds without a byte read or written until `timeout`; 0 for none. */
  setIdleTimeout(milliseconds: number): void {
    const { timeout } = Connection.#onSocket;
    if (!this.#socket.listeners("timeout").includes(timeout)) this.#socket.on("timeout", timeout);
    this.#socket.setTimeout(milliseconds);
  }

  /** Hands everything to `consumer`, and starts reading; without one, to the listeners again. */
  consume(consumer: ConnectionConsumer | undefined): void {
    this.#consumer = consumer;
    if (consumer !== undefined && !this.#reading) this.#startReading();
    else if (this.#reading && this.#unconsumed()) this.#stopReading();
  }

  /** Reads with back-pressure; the chunks belong to the consumer. Throws what broke the connection. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Uint8Array> {
    return readBytes(this);
  }

  /** Where a listener that is an async function rejects, node:events calls this. */
  override [EventEmitter.captureRejectionSymbol](error: Error): void {
    this.fail(error);
  }

  /** Called by the server when it begins to stop: announces `stopping`. */
  announceStopping(): void {
    if (!this.#closed) this.#guard(() => this.emit("stopping"));
  }

  /** Called by the server when the handler has thrown: destroys the connection and reports the error. */
  fail(error: unknown): void {
    this.destroy(error instanceof Error ? error : new Error(String(error)));
    if (!this.#isConsequence(error)) this.#owner.failed(this, error);
  }

  /** A handler that was reading or writing when the connection broke throws what broke it: not its mistake. */
  #isConsequence(error: unknown): boolean {
    if (error instanceof LimpidError && error.code === "LMP_TCP_CONNECTION_CLOSED") return true;
    return this.#closed && error === this.#error;
  }

  #startReading(): void {
    this.#reading = true;
    startTaking(this.#socket, Connection.#onSocket.bytes);
    if (!this.#expectingEnd) {
      this.#expectingEnd = true;
      this.#socket.on("end", Connection.#onSocket.end);
    }
    if (this.#paused) this.#socket.pause();
    else this.#socket.resume();
  }

  /** The last consumer has gone and another may come: until then the bytes wait in the system. */
  #stopReading(): void {
    this.#reading = false;
    this.#paused = false;
    stopTaking(this.#socket, Connection.#onSocket.bytes);
    this.#socket.pause();
    if (this.#socket.writableEnded) this.#discardIfUnread();
  }

  // The hot path: one call between the socket and the consumer.
  #onData(bytes: Uint8Array): void {
    if (this.#discarding) return;
    this.#inTurn = true;
    try {
      if (this.#consumer !== undefined) this.#consumer.receive(bytes);
      else this.emit("data", bytes);
    } catch (error) {
      this.fail(error);
    }
    this.#inTurn = false;
    if (this.#gathered !== "" && !this.#scheduled) this.#flush();
  }

  /** Whether what arrives goes nowhere. */
  #unread(): boolean {
    return this.#discarding || this.#unconsumed();
  }

  #unconsumed(): boolean {
    return this.#consumer === undefined && this.listenerCount("data") === 0;
  }

  #discardIfUnread(): void {
    if (this.#closed || !this.#unread()) return;
    this.#paused = false;
    if (this.#reading) this.#socket.resume();
    else this.#startReading();
    if (this.#socket.writableFinished) this.#linger();
  }

  /** Our last byte has left: the peer gets so long to read it, unless somebody still reads what it sends. */
  #linger(): void {
    if (this.#closed || !this.#socket.readable || !this.#unread()) return;
    this.#lingering ??= setTimeout(() => {
      this.#lingering = undefined;
      if (this.#unread()) this.#socket.destroy();
    }, this.#owner.lingerTimeout).unref();
  }

  #onEnd(): void {
    if (this.#discarding) return;
    this.#guard(() => (this.#consumer ? this.#consumer.ended() : this.emit("end")));
  }

  #onDrain(): void {
    this.#draining?.resolve();
    this.#draining = undefined;
    this.#guard(() => (this.#consumer ? this.#consumer.drained() : this.emit("drain")));
  }

  #onTimeout(): void {
    if (this.listenerCount("timeout") > 0) this.#guard(() => this.emit("timeout"));
    else this.destroy(idleError(this.#socket.timeout ?? 0));
  }

  #onClose(): void {
    this.#closed = true;
    clearTimeout(this.#lingering);
    const error = this.#error;
    this.#stopWaiting();
    if (error && this.listenerCount("error") > 0) this.#guard(() => this.emit("error", error));
    this.#guard(() => this.#consumer?.closed(error));
    this.#guard(() => this.emit("close", error));
    this.#owner.closed(this, closeReason(error, this.#socket.writableFinished), error);
  }

  /** An application's listener must not throw into the event loop, where it would end the process. */
  #guard(announce: () => void): void {
    try {
      announce();
    } catch (error) {
      this.fail(error);
    }
  }

  #stopWaiting(): void {
    this.#draining?.reject(this.#closedError());
    this.#draining = undefined;
  }

  #closedError(): LimpidError {
    const message = "The connection has closed, nothing more can be written.";
    return new LimpidError("LMP_TCP_CONNECTION_CLOSED", message, { cause: this.#error });
  }
}

/** By a documented property: the class would have every server load `node:tls`. */
function isTls(socket: Socket): socket is TLSSocket {
  return "encrypted" in socket;
}

/** One for all connections, so that none is made for each. */
function flushLater(connection: Connection): void {
  connection.flush();
}
