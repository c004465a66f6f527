/** Which known word somebody most likely meant. */

/** The known word with the fewest slips from what was written; undefined where none is near. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(written.length / 3)) + 1;
  for (const word of known) {
    const slips = word.startsWith(written) && written.length > 3 ? 1 : distance(written.slice(0, 64), word);
    if (slips < least) {
      least = slips;
      best = word;
    }
  }
  return best;
}

/** The Levenshtein distance: insertions, deletions and substitutions. */
function distance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[other.length] ?? 0;
}
