/** Reads a whole form: fields into memory, files into memory or onto the disk. */
import type { MediaType } from "../http/index.ts";
import { decoderOf, decodeValue } from "./charset.ts";
import { Form } from "./form.ts";
import { beyond, notAForm } from "./form-error.ts";
import { FormFile } from "./form-file.ts";
import { formLimits } from "./form-limits.ts";
import { type FormOptions, type FormSource, MultipartReader, multipartParser } from "./multipart-reader.ts";
import type { PartHead } from "./part-head.ts";
import { Spool, type Stored } from "./spool.ts";
import { readUrlencoded } from "./urlencoded.ts";

/** Files up to this are kept in memory. */
const defaultMemoryBytes = 65_536;

/** Whether content of this type is a form that `readForm` takes. */
export function isForm(type: MediaType | undefined): boolean {
  return type?.essence === "application/x-www-form-urlencoded" || type?.essence === "multipart/form-data";
}

/**
 * Reads `application/x-www-form-urlencoded` or `multipart/form-data`. Whatever goes wrong, the source is cancelled and
 * nothing is left on the disk. Who calls it discards the form in the end, by `await using` or `form.discard()`;
 * `request.form()` does all that by itself.
 *
 * @throws HttpError 415 for another media type; 413 with the code of a limit; 400; 507 `LMP_FORMS_STORAGE_FULL`.
 *
 * @example
 * ```ts
 * import { readForm } from "limpid/forms";
 * import { MediaType } from "limpid/http";
 *
 * const pieces = [Buffer.from("title=Ti"), Buffer.from("des&tag=sea")];
 * const source = { read: async () => pieces.shift() ?? null, cancel() {} };
 * await using form = await readForm(MediaType.parse("application/x-www-form-urlencoded"), source);
 * console.log(form.get("title"), form.get("tag")); // Tides sea
 * ```
 */
export async function readForm(
  type: MediaType | undefined,
  source: FormSource,
  options: FormOptions = {},
): Promise<Form> {
  const collector = new Collector(options);
  try {
    if (type?.essence === "application/x-www-form-urlencoded") {
      const bytes = await gather(source, formLimits(options.limits).urlencodedBytes);
      return new Form(readUrlencoded(bytes, decoderOf(type.charset), formLimits(options.limits)));
    }
    if (!isForm(type))
      throw notAForm(type?.essence, "multipart/form-data or application/x-www-form-urlencoded");
    return await collector.collect(
      new MultipartReader(multipartParser(type, options.limits), source),
      type?.charset,
    );
  } catch (error) {
    source.cancel();
    await collector.discard();
    throw error;
  }
}

/** Puts the events of a multipart form together. */
class Collector {
  readonly #options: FormOptions;
  readonly #fields: [string, string][] = [];
  readonly #files: FormFile[] = [];
  #decoder = decoderOf(undefined);
  #head: PartHead | undefined;
  #value: Buffer[] = [];
  #spool: Spool | undefined;

  constructor(options: FormOptions) {
    this.#options = options;
  }

  async collect(reader: MultipartReader, charset: string | undefined): Promise<Form> {
    this.#decoder = decoderOf(charset);
    for (;;) {
      const next = reader.next();
      // Most events are there already; only what has to be waited for is awaited.
      const event = next instanceof Promise ? await next : next;
      if (event === undefined) return new Form(this.#fields, this.#files);
      if (event.kind === "part") this.#begin(event.head);
      else if (event.kind === "data") {
        const writing = this.#spool === undefined ? this.#take(event.bytes) : this.#spool.write(event.bytes);
        if (writing !== undefined) await writing;
      } else if (event.kind === "partEnd") {
        const ending = this.#spool === undefined ? this.#endField(reader) : this.#endFile(this.#spool);
        if (ending !== undefined) await ending;
      }
    }
  }

  /** Removes what has been stored, after an error. */
  async discard(): Promise<void> {
    await this.#spool?.discard();
    await new Form([], this.#files).discard();
  }

  #begin(head: PartHead): void {
    this.#head = head;
    const { memoryBytes = defaultMemoryBytes, temporaryFolder } = this.#options;
    if (head.filename !== undefined) this.#spool = new Spool(memoryBytes, temporaryFolder);
  }

  #take(bytes: Buffer): undefined {
    this.#value.push(bytes);
  }

  #endField({ parser }: MultipartReader): undefined {
    const { name, type } = this.#head!;
    const bytes = this.#value.length === 1 ? this.#value[0]! : Buffer.concat(this.#value);
    if (this.#value.length > 0) this.#value = [];
    // RFC 7578 §4.4: a field may name its own charset; §4.6: a form may name one for all that follows.
    const decoder = type?.charset === undefined ? this.#decoder : decoderOf(type.charset);
    const value = decodeValue(bytes, decoder);
    this.#fields.push([name, value]);
    if (name !== "_charset_" || value === "") return;
    parser.charset = value;
    this.#decoder = decoderOf(value);
  }

  #endFile(spool: Spool): Promise<void> | undefined {
    const head = this.#head!;
    const keep = (stored: Stored): void => {
      this.#files.push(new FormFile(head, spool.size, stored));
      this.#spool = undefined;
    };
    // A file input in which nothing was chosen is sent as an empty file without a name (WHATWG HTML).
    if (head.unchosen && spool.size === 0) this.#spool = undefined;
    else {
      const stored = spool.finish();
      if (stored instanceof Promise) return stored.then(keep);
      keep(stored);
    }
    return undefined;
  }
}

async function gather(source: FormSource, limit: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (let piece = await source.read(); piece !== null; piece = await source.read()) {
    size += piece.length;
    if (size > limit) {
      throw beyond("LMP_FORMS_URLENCODED_TOO_LARGE", "The form is too large.", limit, "bytes");
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
