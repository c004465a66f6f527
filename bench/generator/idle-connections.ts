/** Connections that ask once and then stay silent, to see what they cost a server. */
import { connect, type Socket } from "node:net";

/** How many connections are open. */
export interface IdleResult {
  open: number;
}

const request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
const atOnce = 100;
/** A source address has some 28,000 ports. */
const connectionsPerAddress = 20_000;
const buffer = Buffer.allocUnsafe(4096);
const held: Socket[] = [];

function open(port: number, number: number): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const localAddress = `127.0.0.${1 + Math.floor(number / connectionsPerAddress)}`;
  const callback = () => {
    resolve(socket);
    return true;
  };
  const address = localAddress === "127.0.0.1" ? {} : { localAddress };
  const socket = connect({ port, host: "127.0.0.1", ...address, onread: { buffer, callback } });
  socket.on("error", reject);
  socket.on("close", () => reject(new Error("The server closed an idle connection.")));
  socket.write(request);
  return promise;
}

/** Opens connections up to a number, each of which has had one answer. */
export async function holdConnections(port: number, connections: number): Promise<IdleResult> {
  while (held.length < connections) {
    const count = Math.min(atOnce, connections - held.length);
    held.push(
      ...(await Promise.all(Array.from({ length: count }, (_, index) => open(port, held.length + index)))),
    );
  }
  return { open: held.filter((socket) => !socket.destroyed).length };
}

/** Closes all of them. */
export function releaseConnections(): void {
  for (const socket of held.splice(0)) socket.removeAllListeners("close").destroy();
}
