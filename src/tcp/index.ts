/** Bytes: listen, connections, TLS, timeouts, back-pressure, drain. */
export type { Address, InternetAddress, UnixAddress } from "./address.ts";
export { Connection, type ConnectionOwner } from "./connection.ts";
export type { CloseReason } from "./connection-error.ts";
export type { ConnectionConsumer, ConnectionEvents } from "./connection-events.ts";
export {
  type ConnectionClosed,
  type ConnectionFailed,
  connectionClosed,
  connectionFailed,
  connectionOpened,
  connectionRefused,
  serverClosed,
  serverListening,
} from "./moments.ts";
export { peerKey } from "./peer-address.ts";
export type { Refusal, TcpOptions } from "./tcp-options.ts";
export { type CloseOptions, type ConnectionHandler, TcpServer, type TcpServerEvents } from "./tcp-server.ts";
export type { SniAnswer, TlsOptions } from "./tls-options.ts";
