/** Pulls content through the parser: what `readForm` and `readParts` stand on. */
import type { MediaType } from "../http/index.ts";
import { notAForm } from "./form-error.ts";
import type { FormLimits } from "./form-limits.ts";
import { type MultipartEvent, MultipartParser } from "./multipart-parser.ts";

/** Where the bytes of a form come from. What a request has fits, and so does every other pull of bytes. */
export interface FormSource {
  /** The next piece, or null at the end. Rejects when the client breaks off. */
  read(): Promise<Uint8Array | null>;
  /** Says that the rest is not wanted. */
  cancel(): void;
}

/** What a form may measure, and where its files wait. */
export interface FormOptions {
  /** See `FormLimits`; each has a default. */
  readonly limits?: Partial<FormLimits> | undefined;
  /** Bytes of a file that are kept in memory; a larger one goes to a temporary file. Default 65,536. */
  readonly memoryBytes?: number | undefined;
  /** Where the folder for temporary files is made. Default: the system's own place for them. */
  readonly temporaryFolder?: string | undefined;
}

/** The boundary of a multipart form; 415 for any other media type. */
export function multipartParser(
  type: MediaType | undefined,
  limits: Partial<FormLimits> | undefined,
): MultipartParser {
  if (type?.essence !== "multipart/form-data") throw notAForm(type?.essence, "multipart/form-data");
  return new MultipartParser(type.parameters.get("boundary") ?? "", limits, type.charset);
}

/** The events of a form, with the content pulled in between. */
export class MultipartReader {
  readonly parser: MultipartParser;
  readonly #source: FormSource;

  constructor(parser: MultipartParser, source: FormSource) {
    this.parser = parser;
    this.#source = source;
  }

  /** The next event, a promise of it where content has to be waited for; undefined behind the epilogue. */
  next(): MultipartEvent | Promise<MultipartEvent | undefined> {
    return this.parser.next() ?? this.#pull();
  }

  async #pull(): Promise<MultipartEvent | undefined> {
    for (;;) {
      const piece = await this.#source.read();
      if (piece === null) {
        this.parser.finish();
        return undefined;
      }
      this.parser.push(piece);
      const event = this.parser.next();
      if (event !== undefined) return event;
    }
  }
}
