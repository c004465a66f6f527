/** Where the content of a request comes from, and how it is gathered: a pull interface any carrier can supply. */
import { ContentTooLargeError } from "../errors/index.ts";

/** The content of one request, pulled piece by piece. A server, a test client or an adapter supplies it. */
export interface ContentSource {
  /** Octets announced by `Content-Length`, or undefined where the length is not known beforehand. */
  readonly length: number | undefined;
  /** The next piece, which the reader may keep, or null at the end. Rejects when the client breaks off. */
  read(): Promise<Uint8Array | null>;
  /**
   * All of the content, where it is in memory and nothing of it has been read; the end is then reached. The bytes are
   * to be used or copied before anything is awaited, because their memory may be filled again.
   */
  whole?(): Uint8Array | undefined;
  /** Says that the rest is not wanted. */
  cancel(): void;
}

/** Content that is already in memory. */
export function contentOf(bytes: Uint8Array): ContentSource {
  let rest: Uint8Array | null = bytes.length > 0 ? bytes : null;
  return {
    length: bytes.length,
    read() {
      const piece = rest;
      rest = null;
      return Promise.resolve(piece);
    },
    whole() {
      const all = rest ?? undefined;
      rest = null;
      return all;
    },
    cancel() {
      rest = null;
    },
  };
}

/** Content from a stream or an async iterable of bytes. */
export function contentFrom(pieces: AsyncIterable<Uint8Array>): ContentSource {
  const iterator = pieces[Symbol.asyncIterator]();
  return {
    length: undefined,
    async read() {
      const { done, value } = await iterator.next();
      return done ? null : value;
    },
    cancel() {
      void Promise.resolve(iterator.return?.()).catch(() => {});
    },
  };
}

/** Refuses content past `limit` bytes, announced or sent (RFC 9110 §15.5.14); never cuts it short. */
export class BoundedSource implements ContentSource {
  readonly length: number | undefined;
  readonly #source: ContentSource;
  readonly #limit: number;
  #received = 0;

  constructor(source: ContentSource, limit: number) {
    this.length = source.length;
    this.#source = source;
    this.#limit = limit;
  }

  async read(): Promise<Uint8Array | null> {
    this.#check();
    const piece = await this.#source.read();
    if (piece === null) return null;
    this.#received += piece.length;
    return this.#received > this.#limit ? this.#refuse("more than that") : piece;
  }

  whole(): Uint8Array | undefined {
    this.#check();
    const whole = this.#source.whole?.();
    return whole !== undefined && whole.length > this.#limit ? this.#refuse("more than that") : whole;
  }

  cancel(): void {
    this.#source.cancel();
  }

  #check(): void {
    const { length } = this;
    if (length !== undefined && length > this.#limit) this.#refuse(`${length} bytes announced`);
  }

  #refuse(found: string): never {
    this.#source.cancel();
    throw new ContentTooLargeError(`The content is larger than ${this.#limit} bytes.`, {
      expected: `at most ${this.#limit} bytes`,
      found,
      fix: "Send less, or raise the limit of this route with `bodyLimit`.",
    });
  }
}

/** The whole content as one array of bytes. */
export async function gather(source: ContentSource): Promise<Uint8Array<ArrayBuffer>> {
  const all = source.whole?.();
  if (all !== undefined) return new Uint8Array(all);
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (let piece = await source.read(); piece !== null; piece = await source.read()) {
    pieces.push(piece);
    size += piece.length;
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The content as a web stream, pulled only as fast as it is read. */
export function streamOf(source: ContentSource): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece = await source.read();
        if (piece === null) controller.close();
        else controller.enqueue(piece);
      },
      cancel: () => source.cancel(),
    },
    { highWaterMark: 0 },
  );
}
