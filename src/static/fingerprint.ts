/** Names that change with the content of a file, so that clients may keep it for good: `app.3f2a9c1b.css`. */
import type { Stats } from "node:fs";
import { LimpidError } from "../errors/index.ts";
import { closeSync, openSync, readSync, realpathSync, statSync } from "./builtins.ts";
import { FileContent } from "./file-content.ts";
import type { Folder } from "./folder.ts";
import { placeOf } from "./open-contained.ts";
import type { Resource } from "./resource.ts";
import { isServedName } from "./served-name.ts";

/** Hexadecimal digits of SHA-256 in a name. */
const DIGITS = 8;
const CHECK_INTERVAL = 1000;
const PIECE_BYTES = 1_048_576;
const named = /^(.*)\.([\da-f]{8})((?:\.[^./]+)?)$/;

/** A name taken apart: `css/app.3f2a9c1b.css` is `css/app.css` with a hash. */
export function withoutFingerprint(path: string): { path: string; fingerprint: string } | undefined {
  const [, stem, fingerprint, extension] = named.exec(path) ?? [];
  if (stem === undefined || fingerprint === undefined || stem === "" || stem.endsWith("/")) return undefined;
  return { path: stem + extension, fingerprint };
}

/** `css/app.css` with a hash before the extension of its name. */
function withFingerprint(path: string, fingerprint: string): string {
  const dot = path.lastIndexOf(".");
  const split = dot > path.lastIndexOf("/") ? dot : path.length;
  return `${path.slice(0, split)}.${fingerprint}${path.slice(split)}`;
}

/** The hash of a resource, made once. */
export async function fingerprintOf(resource: Resource, folder: Folder): Promise<string | undefined> {
  if (resource.fingerprint !== undefined) return resource.fingerprint;
  const hash = process.getBuiltinModule("node:crypto").createHash("sha256");
  const { plain } = resource;
  if (plain.bytes !== undefined) hash.update(plain.bytes);
  else {
    const descriptor = await folder.open(plain);
    if (descriptor === undefined) return undefined;
    const segments = plain.size === 0 ? [] : [{ first: 0, last: plain.size - 1 }];
    for await (const piece of new FileContent(descriptor, plain.path, segments)) hash.update(piece);
  }
  resource.fingerprint = hash.digest("hex").slice(0, DIGITS);
  return resource.fingerprint;
}

/** A name that was asked for, and what the file was then. */
interface Asset {
  readonly named: string;
  readonly modified: number;
  readonly size: number;
  readonly inode: number;
  checkedAt: number;
}

/** Makes fingerprinted names. It waits for the disk, since templates cannot: once for each version of a file. */
export class Assets {
  readonly #folder: Folder;
  readonly #assets = new Map<string, Asset>();

  constructor(folder: Folder) {
    this.#folder = folder;
  }

  /** The fingerprinted path of a file, below the folder. Throws `LMP_STATIC_ASSET_UNKNOWN`. */
  named(path: string): string {
    const known = this.#assets.get(path);
    const now = performance.now();
    if (known !== undefined && now - known.checkedAt < CHECK_INTERVAL) return known.named;
    const place = this.#placeOf(path);
    const stats = statSync(place);
    if (known !== undefined && isUnchanged(known, stats)) {
      known.checkedAt = now;
      return known.named;
    }
    const { mtimeMs: modified, size, ino: inode } = stats;
    const asset = { named: withFingerprint(path, hashOf(place)), modified, size, inode, checkedAt: now };
    this.#assets.set(path, asset);
    return asset.named;
  }

  /** The file that would be served at this path, by the same rules. */
  #placeOf(path: string): string {
    const { root, settings } = this.#folder;
    const { wellKnown, allow, symlinks } = settings;
    const place = placeOf(root, path);
    try {
      const served = isServedName(path, wellKnown) && allow?.(path) !== false;
      if (served && (symlinks || realpathSync.native(place) === place) && statSync(place).isFile())
        return place;
    } catch (cause) {
      throw unknown(path, root, cause);
    }
    throw unknown(path, root);
  }
}

function isUnchanged(asset: Asset, stats: Stats): boolean {
  return asset.modified === stats.mtimeMs && asset.size === stats.size && asset.inode === stats.ino;
}

function hashOf(place: string): string {
  const hash = process.getBuiltinModule("node:crypto").createHash("sha256");
  const buffer = Buffer.allocUnsafeSlow(PIECE_BYTES);
  const descriptor = openSync(place, "r");
  try {
    for (let bytes = 1; bytes > 0; ) {
      bytes = readSync(descriptor, buffer, 0, PIECE_BYTES, null);
      hash.update(buffer.subarray(0, bytes));
    }
  } finally {
    closeSync(descriptor);
  }
  return hash.digest("hex").slice(0, DIGITS);
}

function unknown(path: string, root: string, cause?: unknown): LimpidError {
  return new LimpidError("LMP_STATIC_ASSET_UNKNOWN", "There is no such file to link to.", {
    expected: `a file below ${root}`,
    found: JSON.stringify(path.slice(0, 200)),
    fix: 'Write its path below the folder, without a slash before it: "css/app.css".',
    cause,
  });
}
