/** The content codings (RFC 9110 §8.4.1) that `compress` writes: in one go, off the event loop, and as a stream. */
import type { BrotliCompress, BrotliOptions, Gzip, ZlibOptions, ZstdCompress, ZstdOptions } from "node:zlib";

/** A content coding, by the name it has in the fields. */
export type ContentCoding = "zstd" | "br" | "gzip";

/** A stream that compresses what is written to it. */
export type Encoder = BrotliCompress | Gzip | ZstdCompress;

/** What compresses in one of the codings. */
export interface Compressor {
  readonly coding: ContentCoding;
  /** Up to so many bytes the event loop is held up for less than by handing them to a thread: about 0.1 ms. */
  readonly atOnce: number;
  now(bytes: Uint8Array): Uint8Array<ArrayBuffer>;
  later(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
  stream(): Encoder;
  /** Makes the encoder give what it holds back. */
  flush(encoder: Encoder): void;
}

/** The compressor of a coding. */
export function compressorOf(coding: ContentCoding): Compressor {
  if (coding === "zstd") return zstd();
  return coding === "br" ? brotli() : gzip();
}

// What is compressed for one answer is compressed fast: 64 KiB of JSON take 0.25 ms in zstd 3, 0.7 ms in br 4 and
// 1.2 ms in gzip 6, and come out about equal. The next levels cost twice as much for a twentieth less.

function zstd(): Compressor {
  const { constants, createZstdCompress, zstdCompress, zstdCompressSync } = zlib();
  const options: ZstdOptions = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };
  return {
    coding: "zstd",
    atOnce: 16_384,
    now: (bytes) => zstdCompressSync(bytes, options),
    later: (bytes) => settled((done) => zstdCompress(bytes, options, done)),
    stream: () => createZstdCompress(options),
    flush: (encoder) => encoder.flush(constants.ZSTD_e_flush),
  };
}

function brotli(): Compressor {
  const { brotliCompress, brotliCompressSync, constants, createBrotliCompress } = zlib();
  const options = (size: number): BrotliOptions => ({
    params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: size },
  });
  return {
    coding: "br",
    atOnce: 4096,
    now: (bytes) => brotliCompressSync(bytes, options(bytes.length)),
    later: (bytes) => settled((done) => brotliCompress(bytes, options(bytes.length), done)),
    stream: () => createBrotliCompress(options(0)),
    flush: (encoder) => encoder.flush(constants.BROTLI_OPERATION_FLUSH),
  };
}

function gzip(): Compressor {
  const { constants, createGzip, gzip: compress, gzipSync } = zlib();
  const options: ZlibOptions = { level: 6 };
  return {
    coding: "gzip",
    atOnce: 4096,
    now: (bytes) => gzipSync(bytes, options),
    later: (bytes) => settled((done) => compress(bytes, options, done)),
    stream: () => createGzip(options),
    flush: (encoder) => encoder.flush(constants.Z_SYNC_FLUSH),
  };
}

/** Loaded where it is used: it costs an application that compresses nothing 2 ms of its start. */
function zlib(): typeof import("node:zlib") {
  return process.getBuiltinModule("node:zlib");
}

type Done<Value> = (error: Error | null, value: Value) => void;

function settled<Value>(start: (done: Done<Value>) => void): Promise<Value> {
  return new Promise((resolve, reject) => {
    start((error, value) => (error === null ? resolve(value) : reject(error)));
  });
}
