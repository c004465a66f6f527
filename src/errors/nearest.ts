/** Which known word somebody most likely meant: for the "did you mean" of an error. */

/** Nobody means a word of the framework with more characters than this, and no input is to cost much. */
const COMPARED = 64;

/**
 * The known word with the fewest slips from what was written; undefined where none is near.
 *
 * @example
 * ```ts
 * import { nearest } from "limpid/errors";
 *
 * console.log(nearest("uper", ["lower", "upper", "title"])); // upper
 * ```
 */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = written.length < 4 ? 2 : Math.max(2, Math.floor(written.length / 3)) + 1;
  if (written.length > COMPARED) return undefined;
  const word = written.toLowerCase();
  for (const candidate of known) {
    const begun = candidate.startsWith(written) && written.length > 3;
    const slips = begun ? 1 : distance(word, candidate.toLowerCase());
    if (slips < least) [best, least] = [candidate, slips];
  }
  return best;
}

/** Insertions, deletions, substitutions and swaps of neighbours that make one text of the other. */
function distance(one: string, other: string): number {
  let older: number[] = [];
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      let slips = Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      if (one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        slips = Math.min(slips, (older[column - 2] ?? slips) + 1);
      }
      current.push(slips);
    }
    older = previous;
    previous = current;
  }
  return previous[other.length] ?? 0;
}
