/** A folder on disk as resources: opened with proof, held in memory, and looked at again at most once a second. */
import { isCompressible, mediaTypeOf } from "../http/index.ts";
import { attachment } from "../message/index.ts";
import { lstat, promisify, stat } from "./builtins.ts";
import { COMPRESSION_THRESHOLD, type Coding, codings, suffixes } from "./content-codings.ts";
import { readWhole } from "./file-content.ts";
import type { Settings } from "./files-options.ts";
import { fileLoaded, fileRefused, type RefusalReason } from "./moments.ts";
import { closeQuietly, type NotOpened, type Opened, openContained, placeOf } from "./open-contained.ts";
import {
  type About,
  type FileVersion,
  immutable,
  isSameVersion,
  Representation,
  versionOf,
} from "./representation.ts";
import { Resource } from "./resource.ts";
import { ResourceCache } from "./resource-cache.ts";
import { isServedName } from "./served-name.ts";

/** What stands at a path. */
export type Found = Resource | "directory" | undefined;

/** For so many milliseconds a file is not looked at again. */
const FRESH = 1000;
/** A file written so recently may be written again in the same tick of the file system's clock. */
const SETTLING = 1000;

const lstatOf = promisify(lstat);
const statOf = promisify(stat);

/** The files below a root. */
export class Folder {
  /** A real path. */
  readonly root: string;
  readonly settings: Settings;
  readonly #cache: ResourceCache;
  readonly #loading = new Map<string, Promise<Found>>();
  /** Loaded while they were still being written, perhaps: not to be trusted a second time. */
  readonly #unsettled = new WeakSet<Resource>();

  constructor(root: string, settings: Settings) {
    this.root = root;
    this.settings = settings;
    this.#cache = new ResourceCache(settings.cacheBytes);
  }

  /** Bytes held in memory. */
  get heldBytes(): number {
    return this.#cache.bytes;
  }

  /** What stands at a path. At once where that was asked within the last second. */
  find(path: string): Found | Promise<Found> {
    const known = this.#cache.get(path);
    if (known !== undefined && performance.now() - known.checkedAt < FRESH) return known;
    const loading = this.#loading.get(path);
    if (loading !== undefined) return loading;
    const started = this.#refresh(path, known).finally(() => this.#loading.delete(path));
    this.#loading.set(path, started);
    return started;
  }

  /** What is known of a path is wrong. */
  forget(path: string): void {
    this.#cache.remove(path);
  }

  /** Opens the file of a representation that is not held; `undefined` where it is another one by now. */
  async open({ path, version }: Representation): Promise<number | undefined> {
    const opened = await openContained(this.root, path, this.settings.symlinks);
    if (opened.descriptor === undefined) return undefined;
    if (isSameVersion(versionOf(opened.stats), version)) return opened.descriptor;
    closeQuietly(opened.descriptor);
    return undefined;
  }

  /** A resource has compressed something and holds more than before. */
  grown(resource: Resource): void {
    this.#cache.recount(resource);
  }

  /** Says for whoever listens why nothing is served. */
  refuse(path: string, reason: RefusalReason): void {
    if (fileRefused.active) fileRefused.announce({ root: this.root, path, reason });
  }

  async #refresh(path: string, known: Resource | undefined): Promise<Found> {
    if (known !== undefined && !this.#unsettled.has(known) && (await this.#isUnchanged(known))) {
      known.checkedAt = performance.now();
      this.#cache.put(known);
      return known;
    }
    this.#cache.remove(path);
    return this.#load(path);
  }

  /** Whether the file and its siblings are what they were. What leads to them has been proved when they were opened. */
  async #isUnchanged(resource: Resource): Promise<boolean> {
    const versions = [
      this.#versionAt(resource.path),
      ...this.#siblingNames(resource.path, resource.plain.type).map((one) => this.#versionAt(one)),
    ];
    const [plain, ...siblings] = await Promise.all(versions);
    if (plain === undefined || !isSameVersion(plain, resource.plain.version)) return false;
    return siblings.every((found, index) => {
      const known = resource.siblingVersions.get(codings[index] as Coding);
      return found === undefined || known === undefined ? found === known : isSameVersion(found, known);
    });
  }

  async #versionAt(path: string): Promise<FileVersion | undefined> {
    const place = placeOf(this.root, path);
    const stats = await (this.settings.symlinks ? statOf(place) : lstatOf(place)).catch(() => undefined);
    return stats?.isFile() ? versionOf(stats) : undefined;
  }

  #siblingNames(path: string, type: string): string[] {
    if (!this.settings.precompressed || !isCompressible(type)) return [];
    return codings.map((coding) => path + suffixes[coding]);
  }

  async #load(path: string): Promise<Found> {
    const opened = await this.#open(path);
    if (opened === undefined) return undefined;
    if (opened.stats.isDirectory()) {
      closeQuietly(opened.descriptor);
      return "directory";
    }
    const type = mediaTypeOf(path) ?? "application/octet-stream";
    const siblings = await Promise.all(this.#siblingNames(path, type).map((name) => this.#open(name)));
    const resource = await this.#resourceOf(path, type, opened, siblings);
    if (Date.now() - resource.plain.version.changed < SETTLING) this.#unsettled.add(resource);
    this.#cache.put(resource);
    if (fileLoaded.active) {
      const { size, bytes } = resource.plain;
      fileLoaded.announce({ root: this.root, path, size, held: bytes !== undefined });
    }
    return resource;
  }

  /** Opens a path; `undefined` where nothing there may be served. */
  async #open(path: string): Promise<Opened | undefined> {
    const opened: Opened | NotOpened = await openContained(this.root, path, this.settings.symlinks);
    if (opened.descriptor === undefined) {
      if (opened.reason !== undefined) this.refuse(path, opened.reason);
      return undefined;
    }
    // A link may lead to a name that would not be served by itself.
    const { wellKnown, allow } = this.settings;
    if (opened.path === path || (isServedName(opened.path, wellKnown) && allow?.(opened.path) !== false))
      return opened;
    closeQuietly(opened.descriptor);
    this.refuse(path, "link");
    return undefined;
  }

  async #resourceOf(
    path: string,
    type: string,
    opened: Opened,
    found: readonly (Opened | undefined)[],
  ): Promise<Resource> {
    const modified = opened.stats.mtimeMs;
    const versions = new Map<Coding, FileVersion>();
    const usable = new Map<Coding, Opened>();
    codings.forEach((coding, index) => {
      const sibling = found[index];
      if (sibling === undefined) return;
      if (sibling.stats.isFile()) versions.set(coding, versionOf(sibling.stats));
      // One that is older was made from what the file was before.
      if (sibling.stats.isFile() && sibling.stats.mtimeMs >= modified) usable.set(coding, sibling);
      else closeQuietly(sibling.descriptor);
    });
    const size = opened.stats.size;
    const madeHere =
      this.settings.compress && isCompressible(type) && size >= COMPRESSION_THRESHOLD && this.#isHeld(size);
    const about = { type, modified, varies: madeHere || usable.size > 0, ...this.#shownAs(path) };
    const plain = { ...about, coding: undefined, madeHere: false };
    const [representation, ...others] = await Promise.all([
      this.#represented(opened, path, plain),
      ...Array.from(usable, ([coding, one]) =>
        this.#represented(one, path + suffixes[coding], { ...about, coding, madeHere: false }),
      ),
    ]);
    const siblings = new Map<Coding, Representation>();
    for (const [index, coding] of Array.from(usable.keys()).entries()) siblings.set(coding, others[index]!);
    const version = versionOf(opened.stats);
    const represent = (bytes: Buffer, coding: Coding) =>
      new Representation(path, version, bytes, { ...about, coding, madeHere: true });
    return new Resource(
      {
        path,
        plain: representation!,
        siblings,
        siblingVersions: versions,
        represent: madeHere ? represent : undefined,
      },
      performance.now(),
    );
  }

  #isHeld(size: number): boolean {
    return size <= this.settings.cachedFileBytes && size <= this.settings.cacheBytes;
  }

  /** Reads a file where it is to be held, and closes it. */
  async #represented(
    { descriptor, stats, path: real }: Opened,
    path: string,
    about: About,
  ): Promise<Representation> {
    try {
      const bytes = this.#isHeld(stats.size) ? await readWhole(descriptor, path, stats.size) : undefined;
      return new Representation(bytes === undefined ? real : path, versionOf(stats), bytes, about);
    } finally {
      closeQuietly(descriptor);
    }
  }

  #shownAs(path: string): { cacheControl: string; extra: [string, string][] } {
    const { cacheControl, fingerprinted, attachment: saved } = this.settings;
    const usual = path.search(fingerprinted) !== -1 ? immutable : "public, max-age=3600";
    const extra: [string, string][] = saved
      ? [
          ["Content-Disposition", attachment(path)],
          ["Content-Security-Policy", "sandbox"],
        ]
      : [];
    return { cacheControl: cacheControl(path) ?? usual, extra };
  }
}
