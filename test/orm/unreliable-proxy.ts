/** A TCP proxy that loses connections when a test wants it: by a reset, or by silence. */
import { connect, createServer, type Server, type Socket } from "node:net";

export class UnreliableProxy {
  readonly #server: Server;
  readonly #pairs = new Set<{ readonly client: Socket; readonly server: Socket }>();
  #silent = false;
  /** Resets after so many further bytes of answers. */
  #resetAfter = Number.POSITIVE_INFINITY;

  private constructor(target: number) {
    this.#server = createServer((client) => this.#accept(client, target));
  }

  static async start(target: number): Promise<UnreliableProxy> {
    const proxy = new UnreliableProxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  get connections(): number {
    return this.#pairs.size;
  }

  /** Swallows all bytes from now on, of new connections too, as a cut cable does. */
  blackHole(): void {
    this.#silent = true;
  }

  /** Forwards again, for new connections; what was swallowed stays lost. */
  heal(): void {
    this.#silent = false;
  }

  /** Resets every connection (RST) once `bytes` more have been answered. */
  resetAfter(bytes: number): void {
    this.#resetAfter = bytes;
  }

  /** Resets one connection, whatever it is doing. */
  resetOne(random: () => number = Math.random): void {
    const pairs = [...this.#pairs];
    pairs[Math.floor(random() * pairs.length)]?.client.resetAndDestroy();
  }

  resetAll(): void {
    for (const { client } of this.#pairs) client.resetAndDestroy();
  }

  async close(): Promise<void> {
    for (const { client, server } of this.#pairs) {
      client.destroy();
      server.destroy();
    }
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(client: Socket, target: number): void {
    const server = connect(target, "127.0.0.1");
    const pair = { client, server };
    this.#pairs.add(pair);
    let lost = this.#silent;
    const pass = (to: Socket) => (chunk: Buffer) => {
      lost ||= this.#silent;
      if (!lost) to.write(chunk);
    };
    client.on("data", pass(server));
    server.on("data", (chunk: Buffer) => {
      this.#resetAfter -= chunk.length;
      if (this.#resetAfter >= 0) {
        pass(client)(chunk);
        return;
      }
      this.#resetAfter = Number.POSITIVE_INFINITY;
      client.write(chunk.subarray(0, chunk.length >> 1));
      this.resetAll();
    });
    const end = (): void => {
      this.#pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on("error", end).on("close", end);
  }
}
