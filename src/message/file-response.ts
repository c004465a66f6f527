/** A file from disk as the content of a response. */
import type { FileHandle } from "node:fs/promises";
import { NotFoundError } from "../errors/index.ts";
import { formatHttpDate, mediaTypeOf } from "../http/index.ts";

/** How a file is sent. */
export interface FileOptions {
  /** Offers the file for saving, under its own name or the one given. Default: shown in the browser. */
  download?: boolean | string | undefined;
}

/** Fields that follow from the file, and how to read it. The file is open already, so its length stays true. */
export interface OpenedFile {
  headers: Record<string, string>;
  open(): AsyncIterable<Uint8Array>;
}

/** Opens a file. Throws 404 where there is no regular file at the path. */
export async function fileResponse(path: string, options: FileOptions): Promise<OpenedFile> {
  // Loaded for the first file, and not by every program that imports Limpid.
  const { open } = process.getBuiltinModule("node:fs/promises");
  const handle = await open(path, "r").catch((cause: NodeJS.ErrnoException) => missing(path, cause));
  const stats = await handle.stat();
  if (!stats.isFile()) {
    await handle.close();
    missing(path);
  }
  const headers: Record<string, string> = {
    "Content-Type": mediaTypeOf(path) ?? "application/octet-stream",
    "Content-Length": String(stats.size),
    "Last-Modified": formatHttpDate(stats.mtime),
  };
  if (options.download)
    headers["Content-Disposition"] = attachment(options.download === true ? path : options.download);
  return { headers, open: () => pieces(handle, stats.size) };
}

async function* pieces(handle: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  try {
    if (size === 0) return;
    const { createReadStream } = process.getBuiltinModule("node:fs");
    // A file that grows meanwhile must not outgrow the announced length.
    yield* createReadStream("", { fd: handle, end: size - 1, autoClose: false, highWaterMark: 262_144 });
  } finally {
    await handle.close();
  }
}

/**
 * The `Content-Disposition` that offers a file for saving, under the last name of a path. RFC 6266 §4: an ASCII name
 * for all and the full one in `filename*` (RFC 8187).
 *
 * @example
 * ```ts
 * import { attachment } from "limpid/message";
 *
 * console.log(attachment("reports/Übersicht.pdf"));
 * // attachment; filename="_bersicht.pdf"; filename*=UTF-8''%C3%9Cbersicht.pdf
 * ```
 */
export function attachment(path: string): string {
  const name = path.split("/").pop() ?? "";
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

function missing(path: string, cause?: unknown): never {
  throw new NotFoundError("There is no such file.", { code: "LMP_FILE_NOT_FOUND", found: path, cause });
}
