/** The routes that answer one method: a map of static paths in front of a radix tree. */
import { Leaf } from "./leaf.ts";
import { parameterNames, type Segment } from "./pattern.ts";
import { RadixTree } from "./radix-tree.ts";
import type { Found, RouteInfo } from "./route.ts";
import { StaticRoutes } from "./static-routes.ts";

/** A route that has been read: its patterns without optional segments. */
export interface ParsedRoute<Target> {
  readonly info: RouteInfo<Target>;
  readonly segments: readonly Segment[];
  readonly variants: readonly (readonly Segment[])[];
}

/** The routes that answer one method. */
export class MethodRoutes<Target> {
  readonly #static = new StaticRoutes<Target>();
  readonly #tree = new RadixTree<Target>();

  /** Adds a route at every place where it answers; among routes that share a place, the highest rank answers. */
  insert(route: ParsedRoute<Target>, rank: number): void {
    for (const segments of route.variants) {
      const leaf = new Leaf(route.info, parameterNames(segments), rank);
      if (leaf.names.length === 0) this.#static.insert(staticPath(segments), leaf);
      else this.#tree.insert(segments, leaf);
    }
  }

  /** The route for a canonical path. */
  find(path: string): Found<Target> | undefined {
    const found = this.#static.find(path);
    if (found !== undefined) return found;
    const leaf = this.#tree.find(path);
    return leaf === null ? undefined : leaf.result(path, this.#tree.offsets);
  }
}

function staticPath(segments: readonly Segment[]): string {
  return segments
    .map(({ parts }) => `/${parts.map((part) => part.kind === "literal" && part.text).join("")}`)
    .join("");
}
