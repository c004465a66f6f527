/** How late the event loop is: single delays in, the 99th percentile of the last seconds out. */

/** Milliseconds over which delays count. Half of it is the longest time between two of them that belong together. */
const WINDOW = 5_000;
/** The share of the window in which whoever arrives waits too long, beyond which the 99th percentile is too high. */
const SHARE = 0.01;

interface Delay {
  readonly at: number;
  readonly length: number;
}

/** The delays of one event loop that were longer than the limit. */
export class LoopDelay {
  readonly #limit: number;
  #delays: Delay[] = [];

  /** `limit` in milliseconds. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The loop has come back at `at` after `length` milliseconds. */
  add(at: number, length: number): void {
    this.#delays.push({ at, length });
  }

  /**
   * Whether the 99th percentile is over the limit. It is that of the requests that arrive at any time, not that of
   * samples: a loop that is blocked takes no samples. One delay is an accident, such as a module that is loaded with
   * the first request; two are a state.
   */
  tooHigh(now: number): boolean {
    this.#delays = this.#delays.filter(({ at }) => now - at < WINDOW);
    if (this.#delays.length < 2) return false;
    const waited = this.#delays.reduce((sum, { length }) => sum + length - this.#limit, 0);
    return waited > WINDOW * SHARE;
  }
}
