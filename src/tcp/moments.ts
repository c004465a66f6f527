/** The moments this layer announces, for logs, metrics and X-Ray. */
import { moment } from "../trace/index.ts";
import type { Address } from "./address.ts";
import type { Connection } from "./connection.ts";
import type { CloseReason } from "./connection-error.ts";
import type { Refusal } from "./tcp-options.ts";

/** A server listens. */
export const serverListening = moment<{ address: Address }>("tcp.server.listening");

/** A server has stopped listening and its last connection has closed. */
export const serverClosed = moment<{ address: Address }>("tcp.server.close");

/** A connection was accepted; with TLS, its handshake has succeeded. */
export const connectionOpened = moment<{ connection: Connection }>("tcp.connection.open");

/** A connection over the cap was turned away. */
export const connectionRefused = moment<Refusal>("tcp.connection.refused");

/** What a close can tell. */
export interface ConnectionClosed {
  connection: Connection;
  reason: CloseReason;
  error: Error | undefined;
  bytesRead: number;
  bytesWritten: number;
}

/** A connection has closed. */
export const connectionClosed = moment<ConnectionClosed>("tcp.connection.close");

/** What an error can tell. */
export interface ConnectionFailed {
  /** Undefined where the error came before the connection: in the TLS handshake. */
  connection: Connection | undefined;
  remoteAddress: string;
  /** Where it came from: the network, the TLS handshake, or the application's own code. */
  source: "connection" | "handshake" | "handler";
  error: unknown;
}

/** A connection broke, a handshake failed, or the application's handler threw. */
export const connectionFailed = moment<ConnectionFailed>("tcp.connection.error");
