/** The codings a file may be sent in: the suffixes of siblings, and how text is compressed where there are none. */
import { promisify } from "./builtins.ts";

/** A content coding (RFC 9110 §8.4.1), by the name it has in the fields. */
export type Coding = "br" | "zstd" | "gzip";

/** In the order of preference, by how small they make text. */
export const codings: readonly Coding[] = ["br", "zstd", "gzip"];

/** What a precompressed sibling has behind the name of its file. */
export const suffixes: Readonly<Record<Coding, string>> = { br: ".br", zstd: ".zst", gzip: ".gz" };

/** Less gains nothing that is worth the fields. */
export const COMPRESSION_THRESHOLD = 1024;

/** Compresses off the event loop, once for each version of a file, so it may take a little longer. */
export function compressed(bytes: Buffer, coding: Coding): Promise<Buffer> {
  // Loaded for the first file that is compressed.
  const { brotliCompress, constants, gzip, zstdCompress } = process.getBuiltinModule("node:zlib");
  if (coding === "gzip") return promisify<Buffer, { level: number }, Buffer>(gzip)(bytes, { level: 6 });
  if (coding === "zstd") {
    return promisify(zstdCompress)(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 9 } });
  }
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 6,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return promisify(brotliCompress)(bytes, { params });
}
