/** One limit of `rateLimit`: its options, checked, and the charge that a request is to it. */
import { addressKey } from "../http/index.ts";
import type { Request } from "../message/index.ts";
import { isPromise } from "./compose.ts";
import { cryptography } from "./cryptography.ts";
import { optionInvalid } from "./option-invalid.ts";
import type { RateLimitCharge, RateLimitRule } from "./rate-limit-store.ts";

/** One limit. */
export interface RateLimitPolicy {
  /** What clients read in the fields, of `A-Z a-z 0-9 . _ -`; limits that share a store need different ones. Default `"default"`. */
  name?: string | undefined;
  /** Units that may pass in a window. A request is one unit, unless `cost` says otherwise. */
  limit: number;
  /** Seconds, whole ones. */
  window: number;
  /**
   * `"sliding-window"`: no more than `limit` in any window. `"token-bucket"`: `burst` at once, and then as fast as
   * `limit` in a window is. Default `"sliding-window"`.
   */
  algorithm?: "sliding-window" | "token-bucket" | undefined;
  /** What a full token bucket holds. Default `limit`. */
  burst?: number | undefined;
  /**
   * Who shares a count. Default, and where it gives undefined: the client's address, IPv6 by its /64 block. Never take
   * it from a field of the request that nobody has verified.
   */
  key?: ((request: Request) => string | undefined | Promise<string | undefined>) | undefined;
  /** Units a request takes, 0 or more. What is above the limit is never allowed. Default 1. */
  cost?: number | ((request: Request) => number | Promise<number>) | undefined;
}

/** RFC 9651 §3.3.1: an integer of a field has at most 15 digits. */
const largest = 999_999_999_999_999;

const rememberedAddresses = 1024;

/** A limit that is ready to be asked. */
export class CheckedPolicy {
  readonly name: string;
  readonly limit: number;
  /** Seconds. */
  readonly window: number;
  readonly #rule: RateLimitRule;
  readonly #prefix: string;
  /** Clients ask more than once, and to read an address takes longer than to count it. */
  readonly #addresses = new Map<string, string>();
  readonly #key: RateLimitPolicy["key"];
  readonly #cost: RateLimitPolicy["cost"];

  constructor(policy: RateLimitPolicy) {
    const {
      name = "default",
      limit,
      window,
      algorithm = "sliding-window",
      burst = limit,
      key,
      cost = 1,
    } = policy;
    if (typeof name !== "string" || !/^[\w.-]{1,64}$/.test(name)) {
      throw optionInvalid(
        "name of rateLimit",
        "1 to 64 of A-Z a-z 0-9 . _ -",
        name,
        'Write it as in "per-minute".',
      );
    }
    checkWhole("limit", limit, 1, largest);
    checkWhole("window", window, 1, 31_622_400);
    checkWhole("burst", burst, 1, largest);
    if (algorithm !== "sliding-window" && algorithm !== "token-bucket") {
      const fix = "Leave the option out for the sliding window.";
      throw optionInvalid("algorithm of rateLimit", '"sliding-window" or "token-bucket"', algorithm, fix);
    }
    if (algorithm !== "token-bucket" && burst !== limit) {
      const fix = 'Write algorithm: "token-bucket", or leave burst out.';
      throw optionInvalid("burst of rateLimit", "none for a sliding window", burst, fix);
    }
    if (typeof cost === "number") checkCost(cost);
    this.name = name;
    this.limit = limit;
    this.window = window;
    this.#rule = { algorithm, limit, window: window * 1000, burst };
    // A limit that has been changed counts anew.
    this.#prefix = `${name}:${algorithm === "token-bucket" ? `${burst}+` : ""}${limit}/${window}:`;
    this.#key = key;
    this.#cost = cost;
  }

  /** What the request wants to take. A promise only where `key` or `cost` gives one. */
  charge(request: Request): RateLimitCharge | Promise<RateLimitCharge> {
    const key = this.#key?.(request);
    const cost = typeof this.#cost === "function" ? this.#cost(request) : (this.#cost ?? 1);
    if (isPromise(key) || isPromise(cost)) return this.#later(key, cost, request);
    return this.#chargeOf(key, cost, request);
  }

  async #later(
    key: string | undefined | Promise<string | undefined>,
    cost: number | Promise<number>,
    request: Request,
  ): Promise<RateLimitCharge> {
    const [whose, units] = await Promise.all([key, cost]);
    return this.#chargeOf(whose, units, request);
  }

  #chargeOf(key: string | undefined, cost: number, request: Request): RateLimitCharge {
    // A key of the application's own is never taken for an address.
    const whose = key === undefined ? this.#byAddress(request.ip) : `${this.#prefix}=${bounded(key)}`;
    return { key: whose, cost: checkCost(cost), rule: this.#rule };
  }

  #byAddress(address: string): string {
    const known = this.#addresses.get(address);
    if (known !== undefined) return known;
    const key = `${this.#prefix}@${addressKey(address)}`;
    if (this.#addresses.size === rememberedAddresses) this.#addresses.clear();
    this.#addresses.set(address, key);
    return key;
  }
}

/** Keys may be as long as a field of the request; what is kept of them is not. */
function bounded(key: string): string {
  return key.length <= 64 ? key : `${cryptography().hash("sha256", key, "base64url")}`;
}

function checkCost(cost: number): number {
  if (Number.isSafeInteger(cost) && cost >= 0) return cost;
  throw optionInvalid("cost of rateLimit", "whole units, at least 0", cost, "Leave the option out for 1.");
}

function checkWhole(option: string, value: unknown, least: number, most: number): void {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most) return;
  const expected = `a whole number from ${least} to ${most}`;
  throw optionInvalid(
    `${option} of rateLimit`,
    expected,
    value,
    "For 100 a minute write limit: 100, window: 60.",
  );
}
