/** Counts by a bucket of tokens that fills at a steady rate; `MemoryRateLimitStore` keeps one a key. */
import type { Meter, Reading } from "./meter.ts";

/** What rounding may take away of a token that has come back. */
const tolerance = 1e-6;

/** Lets `burst` units pass at once, and `limit` in each `window` (milliseconds) after that. */
export class TokenBucket implements Meter {
  readonly #burst: number;
  /** Tokens a millisecond. */
  readonly #rate: number;
  readonly #window: number;
  #tokens: number;
  #filledAt: number;

  constructor(limit: number, window: number, burst: number, now: number) {
    this.#burst = burst;
    this.#rate = limit / window;
    this.#window = window;
    this.#tokens = burst;
    this.#filledAt = now;
  }

  read(cost: number, now: number): Reading {
    // A clock that goes backwards fills nothing, and takes nothing away.
    if (now > this.#filledAt) {
      this.#tokens = Math.min(this.#burst, this.#tokens + (now - this.#filledAt) * this.#rate);
      this.#filledAt = now;
    }
    const allowed = this.#tokens + tolerance >= cost;
    const remaining = Math.max(0, Math.floor(this.#tokens + tolerance));
    return {
      allowed,
      remaining,
      reset: remaining >= this.#burst ? 0 : this.#untilTokens(remaining + 1),
      retry: allowed ? 0 : cost > this.#burst ? this.#window : this.#untilTokens(cost),
    };
  }

  spend(cost: number): void {
    this.#tokens -= cost;
  }

  get idleAt(): number {
    return this.#filledAt + this.#untilTokens(this.#burst);
  }

  #untilTokens(tokens: number): number {
    return Math.max(0, tokens - this.#tokens) / this.#rate;
  }
}
