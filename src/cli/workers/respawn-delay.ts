/** How long the place of a worker that ended by itself stays empty. */

/** Milliseconds before the second attempt; the first worker of a row is replaced within this too. */
const FIRST = 200;
const LONGEST = 30_000;

/**
 * Milliseconds to wait after so many ends in a row, from 1: doubled each time up to half a minute. Half of it is
 * chance, so that workers that fell together do not rise together.
 */
export function respawnDelay(endings: number, chance: () => number = Math.random): number {
  const most = Math.min(LONGEST, FIRST * 2 ** (endings - 1));
  return Math.round(most * (0.5 + chance() / 2));
}
