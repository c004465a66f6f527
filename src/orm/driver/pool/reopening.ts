/** When a pool may try to open another connection: a few at a time, and after failures one by one with growing pauses. */

/** At most so many connections are being opened at once. */
const concurrentOpens = 3;
/** An attempt that takes longer than this no longer holds up the next: its packets may have been lost for good. */
const slowAfter = 1_000;
const shortestPause = 50;
/** A server that is back is found within 2 s: the pause, and the time to connect. */
const longestPause = 1_500;

export class Reopening {
  /** When each attempt that is under way began. */
  readonly #attempts = new Set<{ readonly since: number }>();
  #failures = 0;
  #notBefore = 0;
  /** Why the last attempt failed; `undefined` once one succeeded. */
  lastFailure: unknown;

  /** How many milliseconds from `now` the next attempt may begin; 0 for at once. */
  delay(now: number): number {
    if (this.#failures === 0) return this.#attempts.size < concurrentOpens ? 0 : Number.POSITIVE_INFINITY;
    if (this.#attempts.size >= concurrentOpens) return Number.POSITIVE_INFINITY;
    let earliest = this.#notBefore;
    for (const attempt of this.#attempts) earliest = Math.max(earliest, attempt.since + slowAfter);
    return Math.max(0, earliest - now);
  }

  /** How many attempts may be expected to succeed soon. */
  promising(now: number): number {
    let count = 0;
    for (const attempt of this.#attempts) if (now - attempt.since < slowAfter) count += 1;
    return count;
  }

  /** In how many milliseconds one of them will have become slow; infinity if there is none. */
  nextSlow(now: number): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (const { since } of this.#attempts)
      if (now - since < slowAfter) earliest = Math.min(earliest, since + slowAfter - now);
    return earliest;
  }

  begin(now: number): { readonly since: number } {
    const attempt = { since: now };
    this.#attempts.add(attempt);
    return attempt;
  }

  succeeded(attempt: { readonly since: number }): void {
    this.#attempts.delete(attempt);
    this.#failures = 0;
    this.#notBefore = 0;
    this.lastFailure = undefined;
  }

  failed(attempt: { readonly since: number }, error: unknown, now: number): void {
    this.#attempts.delete(attempt);
    this.#failures += 1;
    this.lastFailure = error;
    // The pause is random, so that the processes of an application do not come back in step.
    const longest = Math.min(longestPause, shortestPause * 2 ** Math.min(this.#failures, 10));
    this.#notBefore = now + shortestPause + Math.random() * (longest - shortestPause);
  }
}
