/** The files of a folder, held in memory with a version that follows from their content. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { mediaTypeOf } from "limpid/http";

export interface Asset {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly version: string;
}

/** Only what was in the folder at the start can be asked for, so no name leads out of it. */
export class Assets {
  readonly #assets = new Map<string, Asset>();

  constructor(folder: string) {
    for (const name of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, name));
      const version = createHash("sha256").update(bytes).digest("base64url").slice(0, 12);
      this.#assets.set(name, { bytes, version, type: mediaTypeOf(name) ?? "application/octet-stream" });
    }
  }

  find(name: string): Asset | undefined {
    return this.#assets.get(name);
  }

  version(name: string): string {
    return this.#assets.get(name)?.version ?? "";
  }
}
