/** Counts of this process alone, bounded, without a timer. */
import type { Meter } from "./meter.ts";
import { optionInvalid } from "./option-invalid.ts";
import type { RateLimitCharge, RateLimitRule, RateLimitState, RateLimitStore } from "./rate-limit-store.ts";
import { SlidingWindow } from "./sliding-window.ts";
import { TokenBucket } from "./token-bucket.ts";

/** Options of a `MemoryRateLimitStore`. */
export interface MemoryRateLimitStoreOptions {
  /** Keys that are counted; beyond them the one that was not seen for longest is forgotten. Default 100,000. */
  keys?: number | undefined;
  /** Milliseconds of a clock that never goes back. Default `performance.now`, which no change of the time moves. */
  now?: (() => number) | undefined;
}

/** A new key takes the place of so many at most that have nothing left to count. */
const sweep = 2;

/**
 * Keeps the counts in memory: each process has its own, and a restart forgets them. A key takes about
 * 350 bytes. To be forgotten too early takes a crowd of more addresses than there are keys.
 *
 * @example
 * ```ts
 * import { MemoryRateLimitStore } from "limpid/middleware";
 *
 * let now = 0;
 * const store = new MemoryRateLimitStore({ keys: 1000, now: () => now });
 * const rule = { algorithm: "token-bucket", limit: 2, window: 1000, burst: 2 } as const;
 * const take = () => store.take([{ key: "ada", cost: 1, rule }])[0]?.allowed;
 * console.log(take(), take(), take()); // true true false
 * now += 500;
 * console.log(take()); // true
 * ```
 */
export class MemoryRateLimitStore implements RateLimitStore {
  /** In the order last seen. */
  readonly #meters = new Map<string, Meter>();
  readonly #keys: number;
  readonly #now: () => number;

  constructor(options: MemoryRateLimitStoreOptions = {}) {
    const { keys = 100_000, now = () => performance.now() } = options;
    if (!Number.isSafeInteger(keys) || keys < 1) {
      const fix = "Leave the option out for 100,000.";
      throw optionInvalid("keys of MemoryRateLimitStore", "a whole number, at least 1", keys, fix);
    }
    this.#keys = keys;
    this.#now = now;
  }

  /** The number of keys that are counted now. */
  get size(): number {
    return this.#meters.size;
  }

  take(charges: readonly RateLimitCharge[]): RateLimitState[] {
    const now = this.#now();
    const meters = charges.map((charge) => this.#meterOf(charge, now));
    const before = charges.map(({ cost }, index) => meters[index]!.read(cost, now));
    if (!before.every(({ allowed }) => allowed)) return before;
    return charges.map(({ cost }, index) => {
      const meter = meters[index]!;
      meter.spend(cost);
      const { remaining, reset } = meter.read(0, now);
      return { allowed: true, remaining, reset, retry: 0 };
    });
  }

  #meterOf({ key, rule }: RateLimitCharge, now: number): Meter {
    let meter = this.#meters.get(key);
    if (meter === undefined) {
      this.#makeRoom(now);
      meter = newMeter(rule, now);
    } else this.#meters.delete(key);
    this.#meters.set(key, meter);
    return meter;
  }

  #makeRoom(now: number): void {
    let removed = 0;
    for (const [key, meter] of this.#meters) {
      const isFull = this.#meters.size >= this.#keys;
      if (removed === sweep || (!isFull && meter.idleAt > now)) return;
      this.#meters.delete(key);
      removed++;
    }
  }
}

function newMeter({ algorithm, limit, window, burst }: RateLimitRule, now: number): Meter {
  return algorithm === "token-bucket"
    ? new TokenBucket(limit, window, burst, now)
    : new SlidingWindow(limit, window, now);
}
