/** One part of a form while it arrives: never held as a whole. */
import { LimpidError } from "../errors/index.ts";
import type { Headers } from "../http/index.ts";
import { decodeText } from "./charset.ts";
import type { MultipartReader } from "./multipart-reader.ts";
import type { PartHead } from "./part-head.ts";

/**
 * A field or a file of a form, whose content is read as it arrives, once and in turn: when the next part is asked for,
 * what is left of this one is skipped.
 */
export class FormPart implements AsyncIterable<Uint8Array> {
  /** The name of the field. */
  readonly name: string;
  /** For a file: what the client calls it, made safe; see `safeFilename`. Undefined for a field. */
  readonly filename: string | undefined;
  /** The media type that the client names; else `"text/plain"`, for a file `"application/octet-stream"`. */
  readonly type: string;
  /** Every header line of the part. */
  readonly headers: Headers;
  readonly #charset: string | undefined;
  readonly #reader: MultipartReader;
  #state: "unread" | "reading" | "ended" | "passed" = "unread";

  /** Made by `readParts`. */
  constructor(head: PartHead, reader: MultipartReader) {
    this.name = head.name;
    this.filename = head.filename;
    this.type =
      head.type?.toString() ?? (head.filename === undefined ? "text/plain" : "application/octet-stream");
    this.headers = head.headers;
    this.#charset = head.type?.charset;
    this.#reader = reader;
  }

  /** The content, piece by piece. The client waits while nobody reads. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    if (this.#state !== "unread") throw this.#read();
    this.#state = "reading";
    for (let piece = await this.#next(); piece !== undefined; piece = await this.#next()) yield piece;
  }

  /** The whole content in memory; what a limit permits must fit there. */
  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this) pieces.push(piece);
    return new Uint8Array(Buffer.concat(pieces));
  }

  /** The whole content as text, in the charset that the part names, UTF-8 where it names none. */
  async text(): Promise<string> {
    return decodeText(await this.bytes(), this.#charset);
  }

  /** The content as a web stream. */
  stream(): ReadableStream<Uint8Array> {
    const iterator = this[Symbol.asyncIterator]();
    return new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const { done, value } = await iterator.next();
          if (done) controller.close();
          else controller.enqueue(value);
        },
      },
      { highWaterMark: 0 },
    );
  }

  /** Called when the next part is wanted: reads the rest away. */
  async pass(): Promise<void> {
    while (this.#state === "unread" || this.#state === "reading") await this.#next();
    this.#state = "passed";
  }

  async #next(): Promise<Uint8Array | undefined> {
    if (this.#state === "passed") throw this.#read();
    if (this.#state === "ended") return undefined;
    const event = await this.#reader.next();
    if (event?.kind === "data") return event.bytes;
    this.#state = "ended";
    return undefined;
  }

  #read(): LimpidError {
    const isPassed = this.#state === "passed";
    return new LimpidError("LMP_FORMS_PART_USED", "The content of a part can be read once, in its turn.", {
      expected: "one reading, before the next part is asked for",
      found: isPassed ? "a reading behind the next part" : "a second reading",
      fix: "Read the part inside the loop, and keep what the first reading gave.",
    });
  }
}
