import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { TcpServer } from "limpid/tcp";

/** What a conversation needs of a connection: bytes in, bytes out, an end. */
interface Wire extends AsyncIterable<Uint8Array> {
  write(text: string): boolean;
  end(text: string): void;
}

/** A socket to converse over. Reading a socket to its end would close it for writing too; this does not. */
function wireOf(socket: Socket): Wire {
  return {
    write: (text) => socket.write(text),
    end: (text) => void socket.end(text),
    [Symbol.asyncIterator]: () => socket.iterator({ destroyOnReturn: false }),
  };
}

/** Accepts connections, hands each to a conversation, and closes without cutting one off. */
class TinyServer {
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer({ allowHalfOpen: true }, (socket) => {
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("error", () => {}); // a peer that vanished; its conversation hears of it
    this.#converse(socket).catch(() => socket.destroy());
  });
  readonly #converse: (socket: Socket) => Promise<void>;

  constructor(converse: (socket: Socket) => Promise<void>) {
    this.#converse = converse;
  }

  async listen(): Promise<number> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return (this.#server.address() as AddressInfo).port;
  }

  async close(grace: number): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    const impatience = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy();
    }, grace);
    await closed;
    clearTimeout(impatience);
  }
}

/** Each line that arrives, however its bytes were cut. */
async function* lines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const piece of pieces) {
    rest = Buffer.concat([rest, piece]);
    for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
      yield rest.toString("utf8", 0, end);
      rest = rest.subarray(end + 1);
    }
  }
}

/** Repeats each line in capitals, and says goodbye when the peer has said its last. */
async function shout(wire: Wire): Promise<void> {
  wire.write("Hello from server!\n");
  for await (const line of lines(wire)) {
    if (line === "trip") throw new Error("a mistake in the conversation");
    wire.write(`${line.toUpperCase()}\n`);
  }
  wire.end("Goodbye!\n");
}

/** Sends far more than the peer has asked for, and never piles it up. */
async function flood(socket: Socket): Promise<void> {
  const piece = Buffer.alloc(64 * 1024, "~");
  let most = 0;
  for (let sent = 0; sent < 32 * 1024 * 1024; sent += piece.length) {
    if (!socket.write(piece)) await once(socket, "drain");
    most = Math.max(most, socket.writableLength);
  }
  socket.end();
  console.log("32 MiB sent, at most 128 KiB of it waiting here:", most <= 128 * 1024);
}

/** Says the pieces one by one, and prints what comes back. */
async function talk(port: number, pieces: string[]): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  socket.setNoDelay(true);
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  socket.end();
  const answer: string[] = [];
  for await (const line of lines(socket)) answer.push(line);
  console.log(answer.join(" | "));
}

const server = new TinyServer((socket) => shout(wireOf(socket)));
const port = await server.listen();
await talk(port, ["one li", "ne\ntwo", " lines\nthree\n"]);
await talk(port, ["trip\n"]);
await talk(port, ["still there?\n"]);

const pump = new TinyServer(flood);
const slow = connect(await pump.listen(), "127.0.0.1");
let read = 0;
for await (const piece of slow) read += piece.length;
console.log("read:", read / 1024 / 1024, "MiB");
await pump.close(1_000);

const guest = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
const heard = lines(guest);
await heard.next(); // the greeting: this conversation has begun
const closing = server.close(1_000);
const [refusal] = await once(connect(port, "127.0.0.1"), "error");
console.log("a new client gets:", refusal.code);
guest.end("the last word\n");
for await (const line of heard) console.log("the old one:", line);
await closing;

const limpid = new TcpServer({ host: "127.0.0.1" }, shout);
await limpid.listen();
await talk(limpid.port, ["the same, ", "by Limpid\n"]);
await limpid.close({ grace: 1_000 });
