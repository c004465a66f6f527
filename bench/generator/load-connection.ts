/** One connection of the load: it sends a batch of requests, awaits all their responses, and sends the next. */
import { connect, type Socket } from "node:net";
import type { Load } from "./load.ts";

// All connections read into this one buffer, and are done with it before the next one reads.
const buffer = Buffer.allocUnsafe(262_144);
const statusAt = "HTTP/1.1 ".length;
const two = 0x32;
const zero = 0x30;
const lastChunk = "\r\n0\r\n\r\n";

/** A connection that keeps its server busy until it is closed. */
export class LoadConnection {
  readonly #load: Load;
  readonly #socket: Socket;
  /** Bytes of the batch's responses that have come. */
  #received = 0;
  /** The end of what has come of a chunked response. */
  #tail = "";
  #sentAt = 0;

  constructor(load: Load) {
    this.#load = load;
    const read = load.chunked
      ? (length: number) => this.#readChunked(length)
      : (length: number) => this.#readCounted(length);
    const onread = { buffer, callback: (length: number) => read(length) };
    this.#socket = connect({ port: load.port, host: "127.0.0.1", noDelay: true, onread });
    this.#socket.on("connect", () => this.#send());
    this.#socket.on("error", (error) => load.fail(error));
    this.#socket.on("close", () => load.fail(new Error("The server closed a connection under load.")));
  }

  /** Ends it. */
  close(): void {
    this.#socket.removeAllListeners("close");
    this.#socket.destroy();
  }

  #send(): void {
    this.#sentAt = performance.now();
    this.#socket.write(this.#load.nextBatch());
  }

  #readCounted(length: number): boolean {
    const { responseLength, batchLength } = this.#load;
    const before = this.#received;
    const after = before + length;
    let start = before % responseLength;
    start = start === 0 ? 0 : responseLength - start;
    for (; start + statusAt + 3 <= length; start += responseLength) this.#check(start);
    if (after > batchLength) this.#load.fail(new Error("A response is longer than the first one was."));
    this.#received = after;
    if (after === batchLength) this.#done();
    return true;
  }

  #readChunked(length: number): boolean {
    if (this.#received === 0) this.#check(0);
    this.#received += length;
    const from = Math.max(0, length - lastChunk.length);
    this.#tail = (this.#tail + buffer.toString("latin1", from, length)).slice(-lastChunk.length);
    if (this.#tail === lastChunk) this.#done();
    return true;
  }

  /** Refuses every status but 200. */
  #check(start: number): void {
    const at = start + statusAt;
    if (buffer[at] === two && buffer[at + 1] === zero && buffer[at + 2] === zero) return;
    this.#load.fail(new Error(`Instead of 200 came: ${buffer.toString("latin1", start, start + 200)}`));
  }

  #done(): void {
    this.#received = 0;
    this.#tail = "";
    this.#load.record(performance.now() - this.#sentAt);
    this.#send();
  }
}
