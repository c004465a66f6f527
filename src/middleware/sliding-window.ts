/** Counts what passed in the window that ends now; `MemoryRateLimitStore` keeps one a key. */
import type { Meter, Reading } from "./meter.ts";

/** The window is counted in so many parts, and in one more where it cuts through two. */
const parts = 16;
const kept = parts + 1;

/**
 * Lets `limit` units pass in any `window` (milliseconds), wherever it begins. A part counts until all of it has left
 * the window, so that a unit comes back up to a sixteenth of the window late, and never early.
 */
export class SlidingWindow implements Meter {
  readonly #limit: number;
  readonly #window: number;
  readonly #part: number;
  /** What passed in each part, by the number of the part modulo `kept`. */
  readonly #counts: number[] = new Array<number>(kept).fill(0);
  #last: number;
  #sum = 0;

  constructor(limit: number, window: number, now: number) {
    this.#limit = limit;
    this.#window = window;
    this.#part = window / parts;
    this.#last = Math.floor(now / this.#part);
  }

  read(cost: number, now: number): Reading {
    this.#advance(Math.floor(now / this.#part));
    const allowed = this.#sum + cost <= this.#limit;
    return {
      allowed,
      remaining: Math.max(0, this.#limit - this.#sum),
      reset: this.#sum === 0 ? 0 : this.#untilFree(1, now),
      retry: allowed
        ? 0
        : cost > this.#limit
          ? this.#window
          : this.#untilFree(this.#sum + cost - this.#limit, now),
    };
  }

  spend(cost: number): void {
    this.#counts[slot(this.#last)]! += cost;
    this.#sum += cost;
  }

  get idleAt(): number {
    return (this.#last + kept) * this.#part;
  }

  /** Forgets the parts that have left the window. A clock that goes backwards forgets nothing. */
  #advance(part: number): void {
    const first = Math.max(this.#last + 1, part - parts);
    for (let gone = first; gone <= part; gone++) {
      this.#sum -= this.#counts[slot(gone)]!;
      this.#counts[slot(gone)] = 0;
    }
    if (part > this.#last) this.#last = part;
  }

  /** Milliseconds until so many units have left the window. */
  #untilFree(units: number, now: number): number {
    let freed = 0;
    for (let part = this.#last - parts; part <= this.#last; part++) {
      freed += this.#counts[slot(part)]!;
      if (freed >= units) return Math.max(0, (part + kept) * this.#part - now);
    }
    return this.#window;
  }
}

/** The clock may have begun a moment ago, so that parts before its beginning have negative numbers. */
function slot(part: number): number {
  return ((part % kept) + kept) % kept;
}
