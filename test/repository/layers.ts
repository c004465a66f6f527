/** The layers and their order, read from the one place where they are written: `ARCHITECTURE.md`. */
import { read } from "./repository.ts";

/** The names of the layers, in the order in which they may import one another. */
export function layers(): string[] {
  const house = /## The house\n[\s\S]*?```text\nsrc\/\n([\s\S]*?)```/.exec(read("ARCHITECTURE.md"))?.[1];
  if (house === undefined) throw new Error('ARCHITECTURE.md has no list of layers under "The house".');
  return Array.from(house.matchAll(/^ {2}([a-z]+)\//gm), ([, name = ""]) => name);
}

/** The layer of a source file; undefined for one outside every layer. */
export function layerOf(file: string): string | undefined {
  return /^src\/([^/]+)\//.exec(file)?.[1];
}
