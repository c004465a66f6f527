/** The routes without parameters, by their whole path. */
import { type Leaf, winner } from "./leaf.ts";
import type { Found } from "./route.ts";

/** What stands at one place of the table. */
interface Entry<Target> {
  readonly path: string;
  readonly result: Found<Target>;
  /** Whether other paths have the same place. */
  shared: boolean;
}

/** Places for each path, so that few other paths fall on a place that is taken. */
const PLACES_A_PATH = 16;
/** How far from its end a path is sampled. Shorter paths are left to the Map. */
const SAMPLED = 4;

/**
 * A Map behind a table. To look up a string that it has never seen, a Map hashes all its characters, and that is
 * most of what a static route costs. A path's place in the table follows from its length and two characters: most
 * static paths are then found by one comparison, and most paths with parameters are turned away without one.
 */
export class StaticRoutes<Target> {
  readonly #leaves = new Map<string, Leaf<Target>>();
  readonly #results = new Map<string, Found<Target>>();
  #table = emptyTable<Target>(256);

  insert(path: string, leaf: Leaf<Target>): void {
    const kept = winner(this.#leaves.get(path) ?? null, leaf);
    this.#leaves.set(path, kept);
    this.#results.set(path, kept.constantResult());
    if (this.#leaves.size * PLACES_A_PATH > this.#table.length) {
      this.#table = emptyTable(this.#table.length * 4);
      for (const [known, result] of this.#results) this.#place(known, result);
    } else this.#place(path, kept.constantResult());
  }

  find(path: string): Found<Target> | undefined {
    if (path.length < SAMPLED) return this.#results.get(path);
    const entry = this.#table[placeOf(path, this.#table.length)]!;
    if (entry === null) return undefined;
    if (entry.path === path) return entry.result;
    return entry.shared ? this.#results.get(path) : undefined;
  }

  #place(path: string, result: Found<Target>): void {
    if (path.length < SAMPLED) return;
    const place = placeOf(path, this.#table.length);
    const known = this.#table[place];
    if (!known || known.path === path) this.#table[place] = { path, result, shared: known?.shared ?? false };
    else known.shared = true;
  }
}

function emptyTable<Target>(size: number): (Entry<Target> | null)[] {
  return new Array<Entry<Target> | null>(size).fill(null);
}

/**
 * The place of a path in a table whose size is a power of two. Paths differ most near their end, and many end with
 * the same letter, so the second and the fourth character from the end are taken.
 */
function placeOf(path: string, size: number): number {
  const length = path.length;
  return (
    (path.charCodeAt(length - 2) * 37 + path.charCodeAt(length - SAMPLED) * 571 + length * 113) & (size - 1)
  );
}
