/** The routes without parameters, by their whole path. */
import type { Leaf } from "./leaf.ts";
import { winner } from "./leaf.ts";
import type { Found } from "./route.ts";

/** At least this many places of the filter for each path, so that few other paths pass it. */
const PLACES_A_PATH = 16;

/**
 * A Map behind a small filter. A Map must hash a string that it has never seen, character by character, and that is
 * what costs; the filter looks at the length and two characters, and turns most paths with parameters away.
 */
export class StaticRoutes<Target> {
  readonly #leaves = new Map<string, Leaf<Target>>();
  readonly #results = new Map<string, Found<Target>>();
  #filter = new Uint8Array(256);

  insert(path: string, leaf: Leaf<Target>): void {
    const kept = winner(this.#leaves.get(path) ?? null, leaf);
    this.#leaves.set(path, kept);
    this.#results.set(path, kept.constantResult());
    if (this.#leaves.size * PLACES_A_PATH > this.#filter.length) {
      this.#filter = new Uint8Array(this.#filter.length * 4);
      for (const known of this.#leaves.keys()) this.#filter[this.#place(known)] = 1;
    }
    this.#filter[this.#place(path)] = 1;
  }

  find(path: string): Found<Target> | undefined {
    return this.#filter[this.#place(path)] === 1 ? this.#results.get(path) : undefined;
  }

  #place(path: string): number {
    const length = path.length;
    const mixed = path.charCodeAt(length - 1) * 31 + path.charCodeAt(length >> 1);
    return (mixed * 31 + length) & (this.#filter.length - 1);
  }
}
