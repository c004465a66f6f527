/** Keeps the pictures that were uploaded: in a folder apart from the code, under names that nobody chose. */
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type AnyRequest, type Files, type FormFile, files, type Response } from "limpid";
import type { PictureKind } from "./picture-kind.ts";

/** A picture that came with a form and was looked at. */
export interface Picture {
  readonly file: FormFile;
  readonly kind: PictureKind;
}

const pictureName = /^[0-9a-f]{32}\.(?:png|jpg|gif|webp)$/;

export class PictureStore {
  readonly #folder: string;
  #files: Files | undefined;

  /** Remembers where the folder is. It is made when it is first needed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Makes the folder where there is none. */
  open(): void {
    this.#open();
  }

  /** Keeps a picture, and writes what refers to it by its name; where the writing fails, the picture goes too. */
  async keepFor<Written>(
    picture: Picture | undefined,
    write: (name: string | undefined) => Promise<Written>,
  ): Promise<Written> {
    const name = picture && (await this.#keep(picture));
    try {
      return await write(name);
    } catch (error) {
      await this.remove(name);
      throw error;
    }
  }

  /** Removes a picture, where it is one that was uploaded. */
  async remove(name: string | null | undefined): Promise<void> {
    if (name && pictureName.test(name)) await rm(join(this.#folder, name), { force: true });
  }

  /** Sends the picture that a path names behind its wildcard. */
  answer(request: AnyRequest): Response | Promise<Response> {
    return this.#open()(request);
  }

  async #keep({ file, kind }: Picture): Promise<string> {
    this.#open();
    const name = `${randomBytes(16).toString("hex")}.${kind}`;
    await file.save(join(this.#folder, name));
    return name;
  }

  #open(): Files {
    if (this.#files === undefined) {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      this.#files = files(this.#folder, {
        // What is removed is gone at once, and what stays never changes: another picture has another name.
        cacheBytes: 0,
        cacheControl: "public, max-age=31536000, immutable",
        allow: (path) => pictureName.test(path),
      });
    }
    return this.#files;
  }
}
