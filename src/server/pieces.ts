/** The pieces of a streamed response, and a way to end the stream that does not wait for its next piece. */
import { LimpidError } from "../errors/index.ts";
import { type LendsPieces, lentPieces } from "../message/index.ts";

/** What a stream gives when it is asked for its next piece. */
export interface PieceResult {
  readonly done?: boolean | undefined;
  readonly value?: unknown;
}

/** A stream being read. */
export interface Pieces {
  /** Whether the memory of a piece is used again when the next one is asked for. */
  readonly lent: boolean;
  /** What `pieceOf` reads the next piece from. */
  next(): Promise<PieceResult>;
  /** Frees what the stream holds. At the end, or after it, nothing is left to free. */
  cancel(): void;
}

/** Begins to read a stream. A web stream is cancelled even while it waits; a generator when it goes on. */
export function piecesOf(content: AsyncIterable<Uint8Array | string>, mayBorrow: boolean = false): Pieces {
  if (content instanceof ReadableStream) {
    const reader = content.getReader();
    return {
      lent: false,
      next: () => reader.read(),
      cancel: () => void reader.cancel().catch(() => {}),
    };
  }
  const lent = mayBorrow && lends(content);
  const iterator = lent ? content[lentPieces]() : content[Symbol.asyncIterator]();
  const end = async (): Promise<unknown> => iterator.return?.();
  return {
    lent,
    next: () => iterator.next(),
    cancel: () => void end().catch(() => {}),
  };
}

function lends<Content extends object>(content: Content): content is Content & LendsPieces {
  return lentPieces in content;
}

/** The next piece as bytes, or undefined at the end. Throws as `pieceOf`. */
export async function nextBytes(pieces: Pieces): Promise<Uint8Array | undefined> {
  const piece = pieceOf(await pieces.next());
  return typeof piece === "string" ? Buffer.from(piece) : piece;
}

/** The next piece, or undefined at the end. Throws `LMP_RESPONSE_PIECE_INVALID` for what is no piece. */
export function pieceOf({ done, value }: PieceResult): Uint8Array | string | undefined {
  if (done) return undefined;
  if (typeof value === "string" || value instanceof Uint8Array) return value;
  throw new LimpidError("LMP_RESPONSE_PIECE_INVALID", "A stream gave something that cannot be sent.", {
    expected: "strings or Uint8Arrays",
    found: value === null ? "null" : typeof value,
    fix: "Turn each piece into a string or bytes before it is yielded.",
  });
}
