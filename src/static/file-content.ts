/** A file, or parts of it, as the content of a response: read in large pieces, one ahead, never on the event loop. */
import { LimpidError } from "../errors/index.ts";
import type { ByteRange } from "../http/index.ts";
import { type LendsPieces, lentPieces } from "../message/index.ts";
import { close, promisify, read } from "./builtins.ts";
import { readFailed } from "./open-contained.ts";

const readInto = promisify(read);

/** Bytes of one reading. Two of them are held for each response that is being sent. */
const PIECE_BYTES = 262_144;

/** Text to send as it is, or a part of the file. */
export type Segment = Uint8Array | ByteRange;

/** Responses that nobody sends: their file is closed when they are collected. */
const forgotten = new FinalizationRegistry<number>((descriptor) => close(descriptor, () => {}));

/**
 * Sends an opened file and closes it: at the end, after a failure, or when nobody reads on. A file that became
 * shorter is `LMP_STATIC_FILE_CHANGED`, and the connection breaks; one that became longer is cut where it ended.
 */
export class FileContent implements AsyncIterableIterator<Uint8Array>, LendsPieces {
  readonly #descriptor: number;
  readonly #path: string;
  readonly #segments: Segment[];
  /** How far the first range of `#segments` has been read. */
  #position = 0;
  #ahead: Promise<Uint8Array | undefined> | undefined;
  #closed = false;
  /** Two buffers in turn, one that is sent and one that is read into, where pieces are lent. */
  #lent: [Buffer | undefined, Buffer | undefined] | undefined;
  #turn: 0 | 1 = 0;

  constructor(descriptor: number, path: string, segments: readonly Segment[]) {
    this.#descriptor = descriptor;
    this.#path = path;
    this.#segments = [...segments];
    forgotten.register(this, descriptor, this);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  [lentPieces](): this {
    this.#lent = [undefined, undefined];
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#closed) return { done: true, value: undefined };
    try {
      const piece = await (this.#ahead ?? this.#read());
      this.#ahead = undefined;
      if (piece !== undefined && !this.#closed) {
        if (this.#segments.length > 0) {
          this.#ahead = this.#read();
          // It is looked at when it is asked for, which may be never.
          this.#ahead.catch(() => {});
        }
        return { done: false, value: piece };
      }
    } catch (error) {
      this.#close();
      throw error;
    }
    this.#close();
    return { done: true, value: undefined };
  }

  /** Nobody reads on. What is being read is waited for: its descriptor may by then be another file's. */
  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (!this.#closed) {
      this.#closed = true;
      forgotten.unregister(this);
      await this.#ahead?.catch(() => {});
      close(this.#descriptor, () => {});
    }
    return { done: true, value: undefined };
  }

  async #read(): Promise<Uint8Array | undefined> {
    const segment = this.#segments[0];
    if (segment === undefined || segment instanceof Uint8Array)
      return this.#segments.shift() as Uint8Array | undefined;
    const from = segment.first + this.#position;
    const wanted = Math.min(PIECE_BYTES, segment.last - from + 1);
    const buffer = this.#bufferFor(wanted);
    let bytes: number;
    try {
      ({ bytesRead: bytes } = await readInto(this.#descriptor, buffer, 0, wanted, from));
    } catch (error) {
      throw readFailed(this.#path, error);
    }
    if (bytes === 0) throw changed(this.#path, from);
    this.#position += bytes;
    if (segment.first + this.#position > segment.last) {
      this.#segments.shift();
      this.#position = 0;
    }
    return bytes === wanted ? buffer : buffer.subarray(0, bytes);
  }

  /** Less than a whole piece is not worth lending. */
  #bufferFor(wanted: number): Buffer {
    if (this.#lent === undefined || wanted < PIECE_BYTES) return Buffer.allocUnsafeSlow(wanted);
    this.#turn = this.#turn === 0 ? 1 : 0;
    return (this.#lent[this.#turn] ??= Buffer.allocUnsafeSlow(PIECE_BYTES));
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    forgotten.unregister(this);
    close(this.#descriptor, () => {});
  }
}

/** Reads a whole small file. */
export async function readWhole(descriptor: number, path: string, size: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(size);
  let at = 0;
  while (at < size) {
    const { bytesRead } = await readInto(descriptor, buffer, at, size - at, at).catch((error: unknown) => {
      throw readFailed(path, error);
    });
    if (bytesRead === 0) throw changed(path, at);
    at += bytesRead;
  }
  return buffer;
}

function changed(path: string, at: number): LimpidError {
  return new LimpidError("LMP_STATIC_FILE_CHANGED", "A file became shorter while it was sent.", {
    expected: "as many bytes as were announced",
    found: `the end of ${path} at byte ${at}`,
    fix: "Replace a file by renaming a new one over it; do not write into it.",
  });
}
