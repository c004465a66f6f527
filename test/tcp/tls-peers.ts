/** The TLS tests' certificates (made by `fixtures/make.sh`) and their clients. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type ConnectionOptions, connect, type TLSSocket } from "node:tls";
import { fileURLToPath } from "node:url";
import type { TcpServer, TlsOptions } from "limpid/tcp";

/** The path of a file beside the tests. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
}

/** The certificate for `localhost`, self-signed. */
export const localhostCert = readFileSync(fixture("localhost.crt"), "utf8");

/** The certificate for `other`, self-signed with another key. */
export const otherCert = readFileSync(fixture("other.crt"), "utf8");

/** Key and certificate of `localhost`, as files. */
export const localhost: TlsOptions = {
  keyFile: fixture("localhost.key"),
  certFile: fixture("localhost.crt"),
};

/** A client in the middle of its handshake, trusting both certificates. */
export function beginTls(server: TcpServer, options: ConnectionOptions = {}): TLSSocket {
  const socket = connect({
    host: "127.0.0.1",
    port: server.port,
    servername: "localhost",
    ca: [localhostCert, otherCert],
    ...options,
  });
  socket.on("error", () => {});
  return socket;
}

/** A client whose handshake has succeeded. */
export async function dialTls(server: TcpServer, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = beginTls(server, options);
  await once(socket, "secureConnect");
  return socket;
}

/** The code of what a client's handshake fails with; undefined where it succeeds. */
export function handshakeFailure(
  server: TcpServer,
  options: ConnectionOptions = {},
): Promise<string | undefined> {
  const socket = beginTls(server, options);
  return new Promise((resolve) => {
    socket.once("secureConnect", () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}
