/** The options of a `TcpServer`, their defaults, and what is refused before anything is opened. */
import { LimpidError } from "../errors/index.ts";
import type { RefusalReason } from "./connection-cap.ts";
import type { TlsOptions } from "./tls-options.ts";

/** A connection that will not be taken. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly remoteAddress: string;
  readonly remotePort: number | undefined;
}

/** Where and how a `TcpServer` listens. Times are in milliseconds. */
export interface TcpOptions {
  /** 0 takes any free port. Default: 0. */
  port?: number | undefined;
  /** An address or a name. Default: all interfaces, IPv6 and IPv4. */
  host?: string | undefined;
  /** The path of a unix socket, instead of port and host. One that a killed process left behind is replaced. */
  path?: string | undefined;
  /** Permission bits of the unix socket, such as `0o660`. Default: as the process's umask says. */
  mode?: number | undefined;
  /** Speaks TLS. Default: plain. */
  tls?: TlsOptions | undefined;
  /** How long a connection may go without a byte read or written; 0 for ever. Default: 60,000. */
  idleTimeout?: number | undefined;
  /** How long a TLS handshake may take. Default: 10,000. */
  handshakeTimeout?: number | undefined;
  /** How long bytes that nobody reads are discarded after our end, so that the peer can read it. Default: 5,000. */
  lingerTimeout?: number | undefined;
  /** How many connections the server holds. Default: 10,000. */
  maxConnections?: number | undefined;
  /** How many of them one IPv4 address or one IPv6 /64 may hold; not for unix sockets. Default: 256. */
  maxConnectionsPerAddress?: number | undefined;
  /** Bytes to send to a connection over the cap before it is closed; never sent over TLS. Default: a reset. */
  refuse?: ((refusal: Refusal) => string | Uint8Array | undefined) | undefined;
  /** How many connections wait in the system to be accepted. Default: 4096. */
  backlog?: number | undefined;
  /** Lets several processes listen on one port, where the system balances between them. Default: false. */
  reusePort?: boolean | undefined;
  /**
   * Reads all connections through one buffer, which saves memory and time: the bytes a `data` listener gets are then
   * overwritten as soon as it returns, by what another client sends. `for await` copies them. Without effect over
   * TLS. Default: false, every piece is memory of its own.
   */
  shareReadBuffer?: boolean | undefined;
  /** Sends small writes at once instead of collecting them (Nagle's algorithm). Default: true. */
  noDelay?: boolean | undefined;
  /** Milliseconds of silence until the system probes whether the peer still exists; 0 for never. Default: 60,000. */
  keepAlive?: number | undefined;
}

/** The options with every default filled in. */
export interface ResolvedOptions {
  readonly port: number;
  readonly host: string | undefined;
  readonly path: string | undefined;
  readonly mode: number | undefined;
  readonly tls: TlsOptions | undefined;
  readonly idleTimeout: number;
  readonly handshakeTimeout: number;
  readonly lingerTimeout: number;
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
  readonly refuse: ((refusal: Refusal) => string | Uint8Array | undefined) | undefined;
  readonly backlog: number;
  readonly reusePort: boolean;
  readonly shareReadBuffer: boolean;
  readonly noDelay: boolean;
  readonly keepAlive: number;
}

/** The longest delay a timer of Node takes; longer ones fire at once. */
const longestDelay = 2 ** 31 - 1;

/** Fills in the defaults. Throws `LMP_TCP_OPTION_INVALID`. */
export function resolveOptions(options: TcpOptions): ResolvedOptions {
  const { path, host, mode } = options;
  if (path !== undefined) checkPath(path, options);
  if (host !== undefined && (typeof host !== "string" || host === "")) {
    throw invalid("host", "an address or a name", host, "Leave host out to listen on all interfaces.");
  }
  if (mode !== undefined) wholeNumber("mode", mode, 0, 0o777);
  return {
    port: wholeNumber("port", options.port ?? 0, 0, 65_535),
    host,
    path,
    mode,
    tls: options.tls,
    idleTimeout: wholeNumber("idleTimeout", options.idleTimeout ?? 60_000, 0, longestDelay),
    handshakeTimeout: wholeNumber("handshakeTimeout", options.handshakeTimeout ?? 10_000, 1, longestDelay),
    lingerTimeout: wholeNumber("lingerTimeout", options.lingerTimeout ?? 5_000, 1, longestDelay),
    maxConnections: count("maxConnections", options.maxConnections ?? 10_000),
    maxConnectionsPerAddress: count("maxConnectionsPerAddress", options.maxConnectionsPerAddress ?? 256),
    refuse: options.refuse,
    backlog: wholeNumber("backlog", options.backlog ?? 4096, 1, 65_535),
    reusePort: options.reusePort ?? false,
    shareReadBuffer: options.shareReadBuffer ?? false,
    noDelay: options.noDelay ?? true,
    keepAlive: wholeNumber("keepAlive", options.keepAlive ?? 60_000, 0, longestDelay),
  };
}

function checkPath(path: string, options: TcpOptions): void {
  if (typeof path !== "string" || path === "" || path.includes("\0")) {
    throw invalid("path", "the path of a unix socket", path, "Give a path such as /run/app/app.sock.");
  }
  if (options.port !== undefined || options.host !== undefined) {
    throw invalid("path", "either a path, or a port and a host", "both", "Leave out path, or port and host.");
  }
}

function wholeNumber(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const range = `a whole number from ${least} to ${most}`;
  throw invalid(name, range, value, `Set ${name} to ${range}, or leave it out for the default.`);
}

function count(name: string, value: number): number {
  return value === Number.POSITIVE_INFINITY ? value : wholeNumber(name, value, 1, Number.MAX_SAFE_INTEGER);
}

function invalid(name: string, expected: string, value: unknown, fix: string): LimpidError {
  const found = typeof value === "string" ? JSON.stringify(value) : String(value);
  return new LimpidError("LMP_TCP_OPTION_INVALID", `The option ${name} is not valid.`, {
    expected,
    found,
    fix,
  });
}
