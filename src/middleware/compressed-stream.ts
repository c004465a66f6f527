/** The pieces of a streamed response, compressed on their way; `compress` puts it in the place of the content. */
import { LimpidError } from "../errors/index.ts";
import type { Compressor, Encoder } from "./content-coding.ts";

type Piece = Uint8Array | string;

/** Pieces being read, and a way to end them that does not wait for the next one. */
interface Source {
  next(): Promise<{ done?: boolean | undefined; value?: unknown }>;
  cancel(): void;
}

const over: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * Compresses pieces as they are asked for. No more of them are pulled than the encoder has room for, and what has
 * come leaves as soon as the next piece lets wait for itself: a page whose rest takes long shows its beginning.
 * Whoever gives up calls `return`, which frees encoder and source at once, also while they wait.
 */
export class CompressedStream implements AsyncIterableIterator<Uint8Array> {
  readonly #content: AsyncIterable<Piece>;
  readonly #compressor: Compressor;
  #source: Source | undefined;
  #encoder: Encoder | undefined;
  #chunks: AsyncIterator<Uint8Array> | undefined;
  #ended = false;

  constructor(content: AsyncIterable<Piece>, compressor: Compressor) {
    this.#content = content;
    this.#compressor = compressor;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#ended) return over;
    this.#chunks ??= this.#begin();
    try {
      const { done, value } = await this.#chunks.next();
      return done ? over : { done: false, value };
    } catch (error) {
      // The encoder tells that it was destroyed, to somebody who knows.
      if (this.#ended) return over;
      throw error;
    }
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    if (this.#ended) return over;
    this.#ended = true;
    // What was never read still has something to free where it is a stream of the platform.
    (this.#source ?? sourceOf(this.#content)).cancel();
    this.#encoder?.destroy();
    return over;
  }

  #begin(): AsyncIterator<Uint8Array> {
    const encoder = this.#compressor.stream();
    // The reader gets the error; nobody else may be surprised by it.
    encoder.on("error", () => {});
    this.#encoder = encoder;
    this.#source = sourceOf(this.#content);
    void this.#pump(encoder, this.#source);
    return encoder[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  }

  /** Never rejects: what fails reaches the reader through the encoder. */
  async #pump(encoder: Encoder, source: Source): Promise<void> {
    try {
      let held = false;
      for (;;) {
        const coming = source.next();
        if (held && (await outlastsTurn(coming)) && !encoder.destroyed) {
          this.#compressor.flush(encoder);
          held = false;
        }
        const { done, value } = await coming;
        if (encoder.destroyed) return;
        if (done) break;
        const hasRoom = encoder.write(checked(value));
        held = true;
        if (!hasRoom) await drained(encoder);
      }
      encoder.end();
    } catch (error) {
      source.cancel();
      encoder.destroy(error as Error);
    }
  }
}

function sourceOf(content: AsyncIterable<Piece>): Source {
  if (content instanceof ReadableStream) {
    const reader = content.getReader();
    return { next: () => reader.read(), cancel: () => void reader.cancel().catch(() => {}) };
  }
  const iterator = content[Symbol.asyncIterator]();
  const end = async (): Promise<unknown> => iterator.return?.();
  return { next: async () => iterator.next(), cancel: () => void end().catch(() => {}) };
}

/** Whether the promise is still open when everything else of this turn of the event loop has been done. */
function outlastsTurn(promise: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const turn = setImmediate(resolve, true);
    const settled = (): void => {
      clearImmediate(turn);
      resolve(false);
    };
    promise.then(settled, settled);
  });
}

/** Until the encoder takes more, or will never. */
function drained(encoder: Encoder): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      encoder.off("drain", go).off("close", go);
      resolve();
    };
    encoder.on("drain", go).on("close", go);
    if (encoder.destroyed) go();
  });
}

function checked(piece: unknown): Piece {
  if (typeof piece === "string" || piece instanceof Uint8Array) return piece;
  throw new LimpidError("LMP_RESPONSE_PIECE_INVALID", "A stream gave something that cannot be sent.", {
    expected: "strings or Uint8Arrays",
    found: piece === null ? "null" : typeof piece,
    fix: "Turn each piece into a string or bytes before it is yielded.",
  });
}
