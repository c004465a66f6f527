/** Where `rateLimit` keeps its counts: the contract of every store. `memory-rate-limit-store.ts` is the one at hand. */

/** How much may pass in which time. */
export interface RateLimitRule {
  readonly algorithm: "sliding-window" | "token-bucket";
  readonly limit: number;
  /** Milliseconds. */
  readonly window: number;
  /** What a full token bucket holds. */
  readonly burst: number;
}

/** What a request wants to take from one limit. */
export interface RateLimitCharge {
  /** At most 250 characters; the same for whoever shares the count, and no other limit's. */
  readonly key: string;
  /** Units, 0 or more. */
  readonly cost: number;
  readonly rule: RateLimitRule;
}

/** What a limit has to say about a charge. */
export interface RateLimitState {
  /** Whether this limit allows the charge. */
  readonly allowed: boolean;
  /** Whole units that are left behind it. */
  readonly remaining: number;
  /** Milliseconds until there are more units; 0 where none are missing. */
  readonly reset: number;
  /** Milliseconds until the charge would be allowed; 0 where it is. */
  readonly retry: number;
}

/**
 * Keeps the counts. `take` is atomic: it takes all of the charges or, where a single limit does not allow its own, none,
 * and of two requests that come at once one is first. The store measures the time, with one clock for all who share it.
 * A store in this process answers without a promise.
 *
 * @example A store that never forgets.
 * ```ts
 * import { compose, rateLimit, type RateLimitStore } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const used = new Map<string, number>();
 * const store: RateLimitStore = {
 *   take(charges) {
 *     const left = charges.map(({ key, rule }) => rule.limit - (used.get(key) ?? 0));
 *     const allowed = charges.every(({ cost }, index) => cost <= (left[index] ?? 0));
 *     if (allowed) for (const { key, cost } of charges) used.set(key, (used.get(key) ?? 0) + cost);
 *     return charges.map(({ cost }, index) => {
 *       const remaining = (left[index] ?? 0) - (allowed ? cost : 0);
 *       return { allowed: allowed || remaining >= cost, remaining, reset: 60_000, retry: allowed ? 0 : 60_000 };
 *     });
 *   },
 * };
 * const run = compose([rateLimit({ limit: 1, window: 60, store })], () => "Hello");
 * const ask = async () => run(new Request("/"));
 * console.log((await ask()).status); // 200
 * await ask().catch((error) => console.log(error.status)); // 429
 * ```
 */
export interface RateLimitStore {
  take(charges: readonly RateLimitCharge[]): readonly RateLimitState[] | Promise<readonly RateLimitState[]>;
}
