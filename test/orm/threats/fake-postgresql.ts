/** A server that speaks PostgreSQL's protocol well enough to log in, and answers statements with bytes of one's choice. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

export class FakePostgresql {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** What comes where the rows of a statement should; `undefined` for one row with the text "ok". */
  answer: Uint8Array | undefined;
  /** What comes instead of a login, before the connection ends. */
  greeting: Uint8Array | undefined;
  /** Whether the connection ends behind such an answer. */
  endsAfterAnswer = false;

  private constructor() {
    this.#server = createServer((socket) => this.#serve(socket));
  }

  static async start(): Promise<FakePostgresql> {
    const fake = new FakePostgresql();
    fake.#server.listen(0, "127.0.0.1");
    await once(fake.#server, "listening");
    return fake;
  }

  get url(): string {
    return `postgres://ada@127.0.0.1:${(this.#server.address() as AddressInfo).port}/shop`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay();
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("error", () => {});
    let pending = Buffer.alloc(0);
    let started = false;
    socket.on("data", (bytes: Buffer) => {
      pending = Buffer.concat([pending, bytes]);
      for (;;) {
        const head = started ? 1 : 0;
        if (pending.length < head + 4) return;
        const length = head + pending.readInt32BE(head);
        if (pending.length < length) return;
        const type = started ? String.fromCharCode(pending[0] ?? 0) : "startup";
        pending = pending.subarray(length);
        started = true;
        if (this.greeting !== undefined) {
          socket.end(this.greeting);
          return;
        }
        socket.write(this.#reply(type));
        if (type === "E" && this.answer !== undefined && this.endsAfterAnswer) socket.end();
      }
    });
  }

  #reply(type: string): Uint8Array {
    switch (type) {
      case "startup":
        return Buffer.concat([
          frame("R", int32(0)),
          frame("S", text("server_version"), text("17.0")),
          frame("K", int32(1), int32(2)),
          ready,
        ]);
      case "Q":
        return Buffer.concat([frame("C", text("SET")), ready]);
      case "P":
        return frame("1");
      case "B":
        return frame("2");
      case "E":
        return this.answer ?? Buffer.concat([row("ok"), frame("C", text("SELECT 1"))]);
      case "S":
        return ready;
      default:
        return Buffer.alloc(0);
    }
  }
}

/** A message of the server: a letter, the length with itself, and the content. */
export function frame(type: string, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from(type, "latin1"), int32(body.length + 4), body]);
}

export function row(value: string): Buffer {
  const bytes = Buffer.from(value);
  return frame("D", int16(1), int32(bytes.length), bytes);
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

export function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

export function text(value: string): Buffer {
  return Buffer.from(`${value}\0`);
}

const ready = frame("Z", Buffer.from("I"));
