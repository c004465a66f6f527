/** Limit (b): as (a), but all connections are read into one buffer, so that a read allocates nothing. */
import { once } from "node:events";
import { type AddressInfo, createServer, Socket, type SocketConstructorOpts } from "node:net";
import { type ConstantResponses, constantResponses } from "./constant-responses.ts";
import { ready } from "./ready.ts";

const buffer = Buffer.allocUnsafe(65_536);
/** Held, because nothing else holds a socket that is made from another one's handle. */
const open = new Set<Socket>();

/** `onread` is an option of the constructor alone, so the accepted socket's handle gets a second socket. */
function answer(accepted: Socket, { requestLength, responses }: ConstantResponses): void {
  let bytes = 0;
  const callback = (length: number): boolean => {
    bytes += length;
    const count = (bytes / requestLength) | 0;
    bytes -= count * requestLength;
    if (count > 0) socket.write(responses[count]!);
    return true;
  };
  const options = { handle: Reflect.get(accepted, "_handle"), onread: { buffer, callback } };
  const socket = new Socket(options as SocketConstructorOpts);
  open.add(socket);
  socket.on("error", () => socket.destroy()).on("close", () => open.delete(socket));
}

const ports: Record<string, number> = {};
for (const constant of constantResponses) {
  const server = createServer({ noDelay: true, pauseOnConnect: true }, (accepted) =>
    answer(accepted, constant),
  );
  server.listen(0, "127.0.0.1", 4096);
  await once(server, "listening");
  ports[constant.scenario] = (server.address() as AddressInfo).port;
}
ready(ports);
