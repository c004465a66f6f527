/** The flags that say where to listen, and what they mean to a server. */
import type { ServerOptions } from "../server/index.ts";
import type { Flag, Input } from "./command.ts";
import { misuse } from "./misuse.ts";

/** Without another host only this machine reaches an application. */
const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_PORT = "8000";

export const listenFlags: readonly Flag[] = [
  {
    name: "port",
    short: "p",
    value: "<number>",
    summary: "port to listen on, 0 for any that is free",
    default: DEFAULT_PORT,
    environment: "PORT",
    accepts: {
      expected: "a whole number from 0 to 65535",
      test: (value) => /^\d{1,5}$/.test(value) && Number(value) <= 65_535,
    },
  },
  {
    name: "host",
    value: "<name>",
    summary: "address to listen on, 0.0.0.0 for all",
    default: "localhost",
    environment: "HOST",
  },
  { name: "socket", value: "<path>", summary: "unix socket to listen on, instead of port and host" },
  { name: "tls-cert", value: "<file>", summary: "certificate chain in PEM; speaks TLS, with --tls-key" },
  { name: "tls-key", value: "<file>", summary: "private key in PEM" },
];

/** The options that the flags ask for. Throws `LMP_CLI_FLAG_VALUE` for flags that do not go together. */
export function listenOptions({ flags }: Input): ServerOptions {
  const certFile = flags.get("tls-cert");
  const keyFile = flags.get("tls-key");
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw misuse("LMP_CLI_FLAG_VALUE", "TLS needs a certificate and its key.", {
      expected: "--tls-cert and --tls-key",
      found: certFile === undefined ? "--tls-key alone" : "--tls-cert alone",
      fix: "Give both, or neither.",
    });
  }
  const tls = certFile === undefined || keyFile === undefined ? {} : { tls: { certFile, keyFile } };
  const socket = flags.get("socket");
  if (socket !== undefined) return { path: socket, ...tls };
  const host = flags.get("host") ?? "localhost";
  // A name may stand for ::1 alone; browsers and curl find 127.0.0.1 under both names.
  return {
    port: Number(flags.get("port") ?? DEFAULT_PORT),
    host: host === "localhost" ? DEFAULT_HOST : host,
    ...tls,
  };
}

/** The URL to print: the loopback address under the name that people open. */
export function shownUrl(url: string, { flags }: Input): string {
  return (flags.get("host") ?? "localhost") === "localhost" ? url.replace(DEFAULT_HOST, "localhost") : url;
}
