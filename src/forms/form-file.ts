/** One file of a form: what the client says of it, and its bytes, in memory or in a temporary file. */
import type { FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LimpidError } from "../errors/index.ts";
import { decodeText } from "./charset.ts";
import type { PartHead } from "./part-head.ts";
import type { Stored } from "./spool.ts";
import { disk, randomName, removeTemporaryFiles, storageError } from "./temporary-files.ts";

/** How a file is saved. */
export interface SaveOptions {
  /** Whether a file at the path is replaced. Default false: it is `LMP_FORMS_FILE_EXISTS`. */
  overwrite?: boolean | undefined;
  /** Who may read it, as `chmod` has it. Default 0o600, the owner alone. */
  mode?: number | undefined;
}

/** Removes the temporary file of a `FormFile` that nobody has told that its request ended. */
const forgotten = new FinalizationRegistry<string>((path) => void removeTemporaryFiles([path]));

/** Bytes that `stream` reads at once. */
const pieceBytes = 262_144;

/**
 * A file that came with a form. Its bytes can be read as often as wanted until the request ends; what shall stay is
 * saved before.
 *
 * All that is known of it, but for its size, is what the client says: `type` may lie, and `filename` is only good to
 * be shown. What is served again belongs outside of every folder that is served as it stands.
 *
 * @example
 * ```ts
 * import { mkdtemp, readdir } from "node:fs/promises";
 * import { App, Request } from "limpid";
 *
 * const folder = await mkdtemp("uploads-");
 * const app = new App();
 * app.post("/avatar", async (request) => {
 *   const avatar = (await request.form()).files.get("avatar");
 *   if (avatar === undefined) return "Choose a picture.";
 *   await avatar.saveIn(folder);
 *   return `${avatar.filename}, ${avatar.size} bytes of ${avatar.type}`;
 * });
 *
 * const body = new FormData();
 * body.append("avatar", new File(["cat"], "cat.png", { type: "image/png" }));
 * console.log(await (await app.handle(new Request("/avatar", { method: "POST", body }))).text());
 * // cat.png, 3 bytes of image/png
 * console.log((await readdir(folder)).length); // 1
 * ```
 */
export class FormFile {
  /** The name of the field. */
  readonly name: string;
  /** What the client calls it, made safe; see `safeFilename`. */
  readonly filename: string;
  /** The media type that the client names, `"application/octet-stream"` where it names none. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  readonly #charset: string | undefined;
  readonly #stored: Stored;
  #isGone = false;

  /** Made by `readForm`. */
  constructor(head: PartHead, size: number, stored: Stored) {
    this.name = head.name;
    this.filename = head.filename ?? "unnamed";
    this.type = head.type?.toString() ?? "application/octet-stream";
    this.size = size;
    this.#charset = head.type?.charset;
    this.#stored = stored;
    if ("path" in stored) forgotten.register(this, stored.path, this);
  }

  /** The whole content in memory. */
  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const stored = this.#available();
    if ("bytes" in stored) return new Uint8Array(stored.bytes);
    return new Uint8Array(await disk().readFile(stored.path).catch(this.#unreadable));
  }

  /** The content as text, in the charset that its media type names, UTF-8 where it names none. */
  async text(): Promise<string> {
    return decodeText(await this.bytes(), this.#charset);
  }

  /** The content as a stream, read as fast as it is wanted. Nothing has to be closed. */
  stream(): ReadableStream<Uint8Array> {
    const stored = this.#available();
    let at = 0;
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const piece = await this.#piece(stored, at);
          at += piece.length;
          if (piece.length > 0) controller.enqueue(piece);
          else controller.close();
        },
      },
      { highWaterMark: 0 },
    );
  }

  /**
   * Stores the file under a path. It appears there whole or not at all, and replaces nothing unless asked to.
   * The path is the application's own: never build it from what a client has sent, `filename` included.
   *
   * @throws LimpidError `LMP_FORMS_FILE_EXISTS`, `LMP_FORMS_FILE_GONE`; HttpError 507 `LMP_FORMS_STORAGE_FULL`,
   *   500 `LMP_FORMS_STORAGE_FAILED`.
   */
  async save(path: string, options: SaveOptions = {}): Promise<void> {
    const stored = this.#available();
    const draft = join(dirname(path), `.${randomName()}.part`);
    try {
      await writeDraft(stored, draft, options.mode ?? 0o600);
      if (options.overwrite) await disk().rename(draft, path);
      else await linkOrCopy(draft, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") throw fileExists(path, error);
      this.#available();
      throw storageError(error);
    } finally {
      await disk().rm(draft, { force: true });
    }
  }

  /** Stores the file in a folder, under a random name of 128 bits without extension; resolves to its path. */
  async saveIn(folder: string, options: Omit<SaveOptions, "overwrite"> = {}): Promise<string> {
    const path = join(folder, randomName());
    await this.save(path, options);
    return path;
  }

  /** Called when the request ends; the temporary file that has to be removed, where there is one. */
  expire(): string | undefined {
    this.#isGone = true;
    forgotten.unregister(this);
    return "path" in this.#stored ? this.#stored.path : undefined;
  }

  #available(): Stored {
    if (!this.#isGone) return this.#stored;
    throw new LimpidError("LMP_FORMS_FILE_GONE", "The file went away with its request.", {
      expected: "a file that is read or saved while its request is being answered",
      found: "a request that has ended",
      fix: "Await `save`, or whatever reads the file, before the handler returns.",
    });
  }

  /** Each piece opens and closes the file, so that a stream that nobody reads to its end holds nothing open. */
  async #piece(stored: Stored, at: number): Promise<Uint8Array> {
    this.#available();
    if ("bytes" in stored) return stored.bytes.subarray(at, at + pieceBytes);
    let handle: FileHandle | undefined;
    try {
      handle = await disk().open(stored.path, "r");
      const room = new Uint8Array(Math.min(pieceBytes, this.size - at));
      const { bytesRead } = await handle.read(room, 0, room.length, at);
      return room.subarray(0, bytesRead);
    } catch (error) {
      return this.#unreadable(error);
    } finally {
      await handle?.close();
    }
  }

  readonly #unreadable = (error: unknown): never => {
    this.#available();
    throw storageError(error);
  };
}

/** A whole copy beside the place where the file shall be, on the disk before it is given its name. */
async function writeDraft(stored: Stored, draft: string, mode: number): Promise<void> {
  // A temporary file on the same disk need not be copied.
  if ("path" in stored && (await linked(stored.path, draft))) {
    const handle = await disk().open(draft, "r+");
    try {
      await handle.chmod(mode);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    return;
  }
  if ("path" in stored) await disk().copyFile(stored.path, draft, disk().constants.COPYFILE_EXCL);
  const handle = await disk().open(draft, "bytes" in stored ? "wx" : "r+", mode);
  try {
    if ("bytes" in stored) await handle.writeFile(stored.bytes);
    await handle.chmod(mode);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** Whether a second name could be made; not every file system has them, and none has them across disks. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await disk().link(from, to);
    return true;
  } catch (error) {
    if (isWithoutLinks(error)) return false;
    throw error;
  }
}

/** Unlike a renaming, a link never replaces what is there. */
async function linkOrCopy(draft: string, path: string): Promise<void> {
  if (!(await linked(draft, path))) await disk().copyFile(draft, path, disk().constants.COPYFILE_EXCL);
}

function isWithoutLinks(error: unknown): boolean {
  const { code = "" } = error as NodeJS.ErrnoException;
  return ["EXDEV", "EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(code);
}

function fileExists(path: string, cause: unknown): LimpidError {
  return new LimpidError("LMP_FORMS_FILE_EXISTS", "There is a file at the path already.", {
    expected: "a path where nothing is",
    found: path,
    fix: "Save under a name of your own with `saveIn`, or pass `overwrite: true`.",
    cause,
  });
}
