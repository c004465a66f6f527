/** Brings renames into an order in which every name is free when it is taken, also in a circle. */
import type { Rename } from "./renames.ts";

/** The steps of a set of renames that happen together. `taken`: the names there are before. */
export function orderedRenames(renames: readonly Rename[], taken: readonly string[]): Rename[] {
  const names = new Set(taken);
  const waiting = [...renames];
  const ordered: Rename[] = [];
  const take = (rename: Rename) => {
    ordered.push(rename);
    names.delete(rename.from);
    names.add(rename.to);
  };
  while (waiting.length > 0) {
    const free = waiting.findIndex((rename) => !names.has(rename.to));
    const [next] = waiting.splice(Math.max(0, free), 1);
    if (next === undefined) break;
    if (free >= 0) {
      take(next);
      continue;
    }
    const aside = asideName(names);
    take({ from: next.from, to: aside });
    waiting.push({ from: aside, to: next.to });
  }
  return ordered;
}

function asideName(names: ReadonlySet<string>): string {
  let number = 1;
  while (names.has(`renamed_${number}`)) number += 1;
  return `renamed_${number}`;
}
