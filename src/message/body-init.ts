/** What a body may be made from, as in the Fetch standard, and what follows from it. */
import { type ContentSource, contentFrom, contentOf } from "./content.ts";
import { Html } from "./html.ts";
import { HtmlStream } from "./html-stream.ts";

/** The media type of markup. */
export const htmlType = "text/html; charset=utf-8";

/** What `new Request` and `new Response` take as body. An async iterable is streamed. */
export type BodyInit =
  | string
  | Html
  | Uint8Array
  | ArrayBuffer
  | Blob
  | URLSearchParams
  | FormData
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array | string>;

/** What a message carries. A string stands for its UTF-8 bytes. */
export type Content = string | Uint8Array | AsyncIterable<Uint8Array | string> | null;

/** Bytes in memory or a stream, with the media type that follows from where they came from. */
export interface Body {
  readonly content: Content;
  /** Default for `Content-Type`. */
  readonly type: string | undefined;
}

/** A body whose maker knows its media type. */
export class TypedBody implements Body {
  readonly content: Content;
  readonly type: string;

  constructor(content: Content, type: string) {
    this.content = content;
    this.type = type;
  }
}

/** Reads a body's kind off it (Fetch standard, "extract a body"). */
export function extractBody(init: BodyInit | TypedBody | null | undefined): Body {
  if (typeof init === "string") return { content: init, type: "text/plain; charset=utf-8" };
  if (init === null || init === undefined) return { content: null, type: undefined };
  if (init instanceof TypedBody) return init;
  if (init instanceof Uint8Array) return { content: init, type: undefined };
  if (init instanceof Html) return { content: init.toString(), type: htmlType };
  if (init instanceof HtmlStream) return { content: init, type: htmlType };
  if (init instanceof ArrayBuffer) return { content: new Uint8Array(init), type: undefined };
  if (init instanceof URLSearchParams) {
    return { content: init.toString(), type: "application/x-www-form-urlencoded; charset=utf-8" };
  }
  if (init instanceof FormData) {
    const multipart = new globalThis.Response(init);
    return { content: whole(multipart), type: multipart.headers.get("content-type") ?? undefined };
  }
  if (init instanceof Blob) return { content: init.stream(), type: init.type || undefined };
  return { content: init, type: undefined };
}

/** In one piece: the platform's stream of a form throws when nobody wants the rest. */
async function* whole(message: globalThis.Response): AsyncGenerator<Uint8Array> {
  yield await message.bytes();
}

const encoder = new TextEncoder();

/** The same as something a request can pull from. */
export function sourceOf(content: Content): ContentSource | null {
  if (content === null) return null;
  if (typeof content === "string") return contentOf(encoder.encode(content));
  if (content instanceof Uint8Array) return contentOf(content);
  return contentFrom(encoded(content));
}

/** Pieces of text and bytes, all as bytes. */
export async function* encoded(pieces: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield typeof piece === "string" ? encoder.encode(piece) : piece;
}
