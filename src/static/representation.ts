/** One representation of a file: its bytes or where they are, its validators, and the fields that go with it. */
import type { Stats } from "node:fs";
import { entityTag, formatHttpDate, Headers, type Validators } from "../http/index.ts";
import type { Coding } from "./content-codings.ts";

/** What tells one version of a file from the next. */
export interface FileVersion {
  readonly device: number;
  readonly inode: number;
  readonly size: number;
  readonly modified: number;
  readonly changed: number;
}

/** The version of a file on disk. */
export function versionOf(stats: Stats): FileVersion {
  return {
    device: stats.dev,
    inode: stats.ino,
    size: stats.size,
    modified: stats.mtimeMs,
    changed: stats.ctimeMs,
  };
}

/** Whether nothing has been written in between. */
export function isSameVersion(one: FileVersion, other: FileVersion): boolean {
  return (
    one.inode === other.inode &&
    one.size === other.size &&
    one.modified === other.modified &&
    one.changed === other.changed &&
    one.device === other.device
  );
}

/** How long a client may keep a file without asking again. */
export const immutable = "public, max-age=31536000, immutable";

/** One representation of a file. */
export class Representation implements Validators {
  /** The file that holds the bytes, below the root. */
  readonly path: string;
  readonly version: FileVersion;
  readonly size: number;
  readonly type: string;
  readonly etag: string;
  readonly lastModified: number;
  /** `undefined` for a file that is read from disk each time. */
  readonly bytes: Buffer | undefined;
  readonly #fields: Headers;
  readonly #kept: Headers;
  #forever: { fields: Headers; kept: Headers } | undefined;

  constructor(path: string, version: FileVersion, bytes: Buffer | undefined, about: About) {
    this.path = path;
    this.version = version;
    this.bytes = bytes;
    this.size = bytes?.length ?? version.size;
    this.type = about.type;
    this.lastModified = about.modified;
    this.etag = tagOf(version, about);
    const fields: [string, string][] = [["Content-Type", about.type]];
    if (about.coding !== undefined) fields.push(["Content-Encoding", about.coding]);
    const kept: [string, string][] = [
      ["ETag", this.etag],
      ["Last-Modified", formatHttpDate(about.modified)],
      ["Cache-Control", about.cacheControl],
    ];
    if (about.varies) kept.push(["Vary", "Accept-Encoding"]);
    this.#kept = new Headers(kept);
    const others: [string, string][] = [
      ["Accept-Ranges", "bytes"],
      ["X-Content-Type-Options", "nosniff"],
    ];
    this.#fields = new Headers([...fields, ...kept, ...others, ...about.extra]);
  }

  /** The fields of a 200 or 206, to be copied. `forever`: it was asked for by the hash of its content. */
  fields(forever: boolean): Headers {
    return forever ? this.#asForever().fields : this.#fields;
  }

  /** The fields of a 304 (RFC 9110 §15.4.5), to be copied. */
  kept(forever: boolean): Headers {
    return forever ? this.#asForever().kept : this.#kept;
  }

  #asForever(): { fields: Headers; kept: Headers } {
    if (this.#forever === undefined) {
      this.#forever = { fields: this.#fields.clone(), kept: this.#kept.clone() };
      for (const headers of Object.values(this.#forever)) headers.set("Cache-Control", immutable);
    }
    return this.#forever;
  }
}

/** What is known of a representation beside its bytes. */
export interface About {
  readonly type: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly coding: Coding | undefined;
  /** Whether the bytes were compressed here rather than found. */
  readonly madeHere: boolean;
  readonly varies: boolean;
  readonly cacheControl: string;
  readonly extra: readonly (readonly [string, string])[];
}

/**
 * Of the size and the time of the last change, in microseconds; nothing that tells about the machine, such as the
 * number of the inode. What is compressed here may come out differently from the next release of the compressor, so
 * its tag is a weak one.
 */
function tagOf(version: FileVersion, { coding, madeHere }: About): string {
  const time = Math.round(version.modified * 1000).toString(36);
  const opaque = `${version.size.toString(36)}-${time}${coding === undefined ? "" : `-${coding}`}`;
  return entityTag(opaque, { weak: madeHere });
}
