/** Where a server listens, as a value and as the line one prints. */
import type { AddressInfo } from "node:net";

/** An address and port of the Internet protocols. */
export interface InternetAddress {
  /** The bound address; `"::"` and `"0.0.0.0"` stand for all interfaces. */
  readonly host: string;
  readonly port: number;
  readonly family: 4 | 6;
  readonly path?: undefined;
  /** To print: `"tcp://localhost:8000"`, `"tls://[::1]:8443"`. All interfaces read as `localhost`. */
  readonly url: string;
}

/** A unix socket. */
export interface UnixAddress {
  readonly path: string;
  readonly host?: undefined;
  readonly port?: undefined;
  readonly family?: undefined;
  /** To print: `"unix:/run/app.sock"`. */
  readonly url: string;
}

/** Where a server listens. */
export type Address = InternetAddress | UnixAddress;

/** The address that a listening `net.Server` reports, as a value of ours. */
export function addressOf(bound: AddressInfo | string, encrypted: boolean): Address {
  if (typeof bound === "string") return { path: bound, url: `unix:${bound}` };
  const family = bound.family === "IPv6" ? 6 : 4;
  const scheme = encrypted ? "tls" : "tcp";
  return {
    host: bound.address,
    port: bound.port,
    family,
    url: `${scheme}://${printedHost(bound.address)}:${bound.port}`,
  };
}

function printedHost(host: string): string {
  if (host === "::" || host === "0.0.0.0") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
