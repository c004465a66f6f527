/** Takes the bytes of one file in: into memory up to a threshold, from there on into a temporary file. */
import {
  createTemporaryFile,
  removeTemporaryFiles,
  storageError,
  type TemporaryFile,
} from "./temporary-files.ts";

/** Where the bytes of a file are. */
export type Stored = { readonly bytes: Buffer } | { readonly path: string };

/** One file on its way in. */
export class Spool {
  readonly #threshold: number;
  readonly #place: string | undefined;
  #pieces: Buffer[] = [];
  #file: TemporaryFile | undefined;
  #size = 0;

  constructor(threshold: number, place: string | undefined) {
    this.#threshold = threshold;
    this.#place = place;
  }

  /** In bytes. */
  get size(): number {
    return this.#size;
  }

  /** Takes a piece. A promise is returned where the disk has to be waited for; the piece is needed until then. */
  write(bytes: Uint8Array): Promise<void> | undefined {
    this.#size += bytes.length;
    if (this.#file !== undefined) return this.#store(this.#file, bytes);
    if (this.#size > this.#threshold) return this.#moveToDisk(bytes);
    // A copy: a small file must not hold the whole buffer that it came in.
    this.#pieces.push(Buffer.from(bytes));
    return undefined;
  }

  /** There is no more. */
  finish(): Stored | Promise<Stored> {
    const file = this.#file;
    if (file !== undefined) return file.handle.close().then(() => ({ path: file.path }));
    const pieces = this.#pieces;
    return { bytes: pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces) };
  }

  /** Forgets what there is. */
  async discard(): Promise<void> {
    const file = this.#file;
    this.#pieces = [];
    if (file === undefined) return;
    await file.handle.close().catch(() => {});
    await removeTemporaryFiles([file.path]);
  }

  async #moveToDisk(bytes: Uint8Array): Promise<void> {
    const file = await createTemporaryFile(this.#place);
    this.#file = file;
    const pieces = this.#pieces;
    this.#pieces = [];
    for (const piece of pieces) await this.#store(file, piece);
    await this.#store(file, bytes);
  }

  async #store({ handle }: TemporaryFile, bytes: Uint8Array): Promise<void> {
    try {
      // A disk that is nearly full may take a part.
      for (let at = 0; at < bytes.length; )
        at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten;
    } catch (error) {
      throw storageError(error);
    }
  }
}
