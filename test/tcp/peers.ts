/** Both ends of a test: a server that closes with the test, and plain clients of `node:net`. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { TestContext } from "node:test";
import { type ConnectionHandler, type TcpOptions, TcpServer } from "limpid/tcp";

/** A server on 127.0.0.1, or wherever the options say, that listens until the test ends. */
export async function serve(
  t: TestContext,
  options: TcpOptions = {},
  handler?: ConnectionHandler,
): Promise<TcpServer> {
  const local = options.path === undefined ? { host: "127.0.0.1", ...options } : options;
  const server = new TcpServer(local, handler);
  t.after(() => server.close({ grace: 0 }));
  return server.listen();
}

/** A client that is connected and reads nothing until it is asked to. */
export async function dial(server: TcpServer): Promise<Socket> {
  const { address } = server;
  const socket = address?.path === undefined ? connect(server.port, hostOf(server)) : connect(address.path);
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

/** Everything the socket receives until the other side ends; what came before where it broke. */
export function received(socket: Socket): Promise<string> {
  let text = "";
  socket.setEncoding("utf8");
  socket.on("data", (part: string) => {
    text += part;
  });
  return new Promise((resolve) => {
    if (socket.closed) resolve(text);
    socket.once("end", () => resolve(text)).once("close", () => resolve(text));
  });
}

/** Resolves when the client's socket has closed. */
export async function gone(socket: Socket): Promise<void> {
  socket.resume();
  if (!socket.closed) await new Promise((resolve) => socket.once("close", resolve));
}

function hostOf(server: TcpServer): string {
  const host = server.address?.host ?? "127.0.0.1";
  return host === "::" || host === "0.0.0.0" ? "127.0.0.1" : host;
}
