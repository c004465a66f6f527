/** Reads a multipart form part by part, for uploads that are never held as a whole. */
import type { MediaType } from "../http/index.ts";
import { FormPart } from "./form-part.ts";
import { type FormOptions, type FormSource, MultipartReader, multipartParser } from "./multipart-reader.ts";

/**
 * The parts of a `multipart/form-data`, one after another as they arrive. Nothing is stored. A loop that goes on skips
 * what it has not read; one that is left cancels the source. All limits hold.
 *
 * @throws HttpError 415 for another media type; 413 with the code of a limit; 400.
 *
 * @example
 * ```ts
 * import { readParts } from "limpid/forms";
 * import { MediaType } from "limpid/http";
 *
 * const sent = [Buffer.from('--b\r\nContent-Disposition: form-data; name="tea"\r\n\r\ngreen\r\n--b--\r\n')];
 * const source = { read: async () => sent.shift() ?? null, cancel() {} };
 * for await (const part of readParts(MediaType.parse("multipart/form-data; boundary=b"), source)) {
 *   console.log(part.name, await part.text()); // tea green
 * }
 * ```
 */
export async function* readParts(
  type: MediaType | undefined,
  source: FormSource,
  options: Pick<FormOptions, "limits"> = {},
): AsyncGenerator<FormPart, void, undefined> {
  let isRead = false;
  try {
    const reader = new MultipartReader(multipartParser(type, options.limits), source);
    for (let event = await reader.next(); event !== undefined; event = await reader.next()) {
      if (event.kind !== "part") continue;
      const part = new FormPart(event.head, reader);
      yield part;
      await part.pass();
    }
    isRead = true;
  } finally {
    if (!isRead) source.cancel();
  }
}
