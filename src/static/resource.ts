/** A file with all its representations, and the choice between them. */
import { acceptsEncoding } from "../http/index.ts";
import { type Coding, codings, compressed } from "./content-codings.ts";
import type { FileVersion, Representation } from "./representation.ts";

/** What one resource takes in memory beside its bytes, roughly. It bounds how many there are. */
const OVERHEAD = 2048;
/** Browsers send a handful of different `Accept-Encoding` fields. */
const REMEMBERED = 16;

/** What a resource is made of. */
export interface ResourceParts {
  /** Below the root, as it was asked for. */
  readonly path: string;
  readonly plain: Representation;
  /** The precompressed siblings that are not older than the file. */
  readonly siblings: ReadonlyMap<Coding, Representation>;
  /** The versions of all siblings on disk, the outdated ones included. */
  readonly siblingVersions: ReadonlyMap<Coding, FileVersion>;
  /** Makes a representation of what was compressed here; `undefined` where nothing is. */
  readonly represent: ((bytes: Buffer, coding: Coding) => Representation) | undefined;
}

/** A file that was found, opened and read. */
export class Resource {
  readonly path: string;
  readonly plain: Representation;
  readonly siblings: ReadonlyMap<Coding, Representation>;
  readonly siblingVersions: ReadonlyMap<Coding, FileVersion>;
  /** When the disk was last asked, in milliseconds of the monotonic clock. */
  checkedAt: number;
  /** The bytes it holds in memory. */
  bytes: number;
  /** The hash of its content, once somebody has asked. */
  fingerprint: string | undefined;
  readonly #represent: ResourceParts["represent"];
  readonly #made = new Map<Coding, Representation | Promise<Representation>>();
  readonly #choices = new Map<string, Coding | undefined>();

  constructor(parts: ResourceParts, now: number) {
    this.path = parts.path;
    this.plain = parts.plain;
    this.siblings = parts.siblings;
    this.siblingVersions = parts.siblingVersions;
    this.#represent = parts.represent;
    this.checkedAt = now;
    this.bytes = OVERHEAD + parts.path.length + (parts.plain.bytes?.length ?? 0);
    for (const sibling of parts.siblings.values()) this.bytes += sibling.bytes?.length ?? 0;
  }

  /** Whether the answer depends on `Accept-Encoding`. */
  get varies(): boolean {
    return this.#represent !== undefined || this.siblings.size > 0;
  }

  /**
   * The representation that a client wants most. A part of what is compressed here is never sent: another process
   * could compress the next part differently.
   */
  choose(
    acceptEncoding: string | null,
    ranged: boolean,
    grown: () => void,
  ): Representation | Promise<Representation> {
    if (acceptEncoding === null || !this.varies) return this.plain;
    const coding = ranged ? this.#wanted(acceptEncoding, true) : this.#remembered(acceptEncoding);
    if (coding === undefined) return this.plain;
    return this.siblings.get(coding) ?? this.#made.get(coding) ?? this.#make(coding, grown);
  }

  #remembered(acceptEncoding: string): Coding | undefined {
    const known = this.#choices.get(acceptEncoding);
    if (known !== undefined || this.#choices.has(acceptEncoding)) return known;
    const coding = this.#wanted(acceptEncoding, false);
    if (this.#choices.size >= REMEMBERED) this.#choices.clear();
    this.#choices.set(acceptEncoding, coding);
    return coding;
  }

  #wanted(acceptEncoding: string, ranged: boolean): Coding | undefined {
    const madeHere = this.#represent !== undefined && !ranged;
    const offers = codings.filter((coding) => this.siblings.has(coding) || madeHere);
    // What was compressed beforehand was compressed better, so it is offered first.
    offers.sort((one, other) => Number(this.siblings.has(other)) - Number(this.siblings.has(one)));
    const chosen = acceptsEncoding(acceptEncoding, [...offers, "identity"]);
    return offers.find((coding) => coding === chosen);
  }

  /** Compresses once, however many ask meanwhile. What does not become smaller is sent as it is. */
  #make(coding: Coding, grown: () => void): Promise<Representation> {
    const { bytes } = this.plain;
    const represent = this.#represent;
    if (bytes === undefined || represent === undefined) return Promise.resolve(this.plain);
    const making = compressed(bytes, coding).then(
      (smaller) => {
        const made = smaller.length < bytes.length ? represent(smaller, coding) : this.plain;
        this.#made.set(coding, made);
        if (made !== this.plain) {
          this.bytes += smaller.length;
          grown();
        }
        return made;
      },
      () => {
        this.#made.delete(coding);
        return this.plain;
      },
    );
    this.#made.set(coding, making);
    return making;
  }
}
