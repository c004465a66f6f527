/** What a body may be made from, as in the Fetch standard, and what follows from it. */
import { type ContentSource, contentFrom, contentOf } from "./content.ts";

/** What `new Request` and `new Response` take as body. An async iterable is streamed. */
export type BodyInit =
  | string
  | Uint8Array
  | ArrayBuffer
  | Blob
  | URLSearchParams
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array | string>;

/** Bytes in memory or a stream, with the media type that follows from where they came from. */
export interface Body {
  /** A string stands for its UTF-8 bytes. */
  readonly content: string | Uint8Array | AsyncIterable<Uint8Array | string> | null;
  /** Default for `Content-Type`. */
  readonly type: string | undefined;
}

/** Reads a body's kind off it (Fetch standard, "extract a body"). */
export function extractBody(init: BodyInit | null | undefined): Body {
  if (typeof init === "string") return { content: init, type: "text/plain; charset=utf-8" };
  if (init === null || init === undefined) return { content: null, type: undefined };
  if (init instanceof Uint8Array) return { content: init, type: undefined };
  if (init instanceof ArrayBuffer) return { content: new Uint8Array(init), type: undefined };
  if (init instanceof URLSearchParams) {
    return { content: init.toString(), type: "application/x-www-form-urlencoded; charset=utf-8" };
  }
  if (init instanceof Blob) return { content: init.stream(), type: init.type || undefined };
  return { content: init, type: undefined };
}

const encoder = new TextEncoder();

/** The same as something a request can pull from. */
export function contentOfBody(body: Body): ContentSource | null {
  if (body.content === null) return null;
  if (typeof body.content === "string") return contentOf(encoder.encode(body.content));
  if (body.content instanceof Uint8Array) return contentOf(body.content);
  return contentFrom(encoded(body.content));
}

/** Pieces of text and bytes, all as bytes. */
export async function* encoded(pieces: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield typeof piece === "string" ? encoder.encode(piece) : piece;
}
