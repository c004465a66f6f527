/** The pieces of a streamed response, and a way to end the stream that does not wait for its next piece. */
import { LimpidError } from "../errors/index.ts";

/** A stream being read. */
export interface Pieces {
  /** The next piece as bytes, or undefined at the end. Throws `LMP_RESPONSE_PIECE_INVALID` for what is no piece. */
  next(): Promise<Uint8Array | undefined>;
  /** Frees what the stream holds. At the end, or after it, nothing is left to free. */
  cancel(): void;
}

/** Begins to read a stream. A web stream is cancelled even while it waits; a generator when it goes on. */
export function piecesOf(content: AsyncIterable<Uint8Array | string>): Pieces {
  if (content instanceof ReadableStream) {
    const reader = content.getReader();
    return {
      next: async () => pieceOf(await reader.read()),
      cancel: () => void reader.cancel().catch(() => {}),
    };
  }
  const iterator = content[Symbol.asyncIterator]();
  const end = async (): Promise<unknown> => iterator.return?.();
  return {
    next: async () => pieceOf(await iterator.next()),
    cancel: () => void end().catch(() => {}),
  };
}

function pieceOf({ done, value }: { done?: boolean | undefined; value?: unknown }): Uint8Array | undefined {
  if (done) return undefined;
  if (typeof value === "string") return Buffer.from(value);
  if (value instanceof Uint8Array) return value;
  throw new LimpidError("LMP_RESPONSE_PIECE_INVALID", "A stream gave something that cannot be sent.", {
    expected: "strings or Uint8Arrays",
    found: value === null ? "null" : typeof value,
    fix: "Turn each piece into a string or bytes before it is yielded.",
  });
}
