/** A store that may fail, and what `rateLimit` does then. */
import { ServiceUnavailableError } from "../errors/index.ts";
import type { Request } from "../message/index.ts";
import { isPromise } from "./compose.ts";
import { MemoryRateLimitStore } from "./memory-rate-limit-store.ts";
import type { RateLimitCharge, RateLimitState, RateLimitStore } from "./rate-limit-store.ts";

/** What becomes of a request when the store does not answer. */
export type StoreFailure = "open" | "closed" | "local";

/** What the store has said; undefined where it could not be asked and the request passes. */
export type States = readonly RateLimitState[] | undefined;

/** After a silence the store is not asked for so long, in milliseconds: waiting would add up. */
const rest = 1000;
/** A store that is down is told of so often, in milliseconds. */
const logInterval = 10_000;

/** Asks a store, for a time, and decides where it fails. */
export class GuardedRateLimitStore {
  readonly #store: RateLimitStore;
  readonly #onFailure: StoreFailure;
  readonly #patience: number;
  #local: MemoryRateLimitStore | undefined;
  #restsUntil: number | undefined;
  #loggedAt = Number.NEGATIVE_INFINITY;

  constructor(store: RateLimitStore, onFailure: StoreFailure, patience: number) {
    this.#store = store;
    this.#onFailure = onFailure;
    this.#patience = patience;
  }

  /** A promise only where the store gives one. Throws `LMP_MIDDLEWARE_RATE_LIMIT_STORE_FAILED` where it fails closed. */
  take(charges: readonly RateLimitCharge[], request: Request): States | Promise<States> {
    if (this.#restsUntil !== undefined) {
      if (performance.now() < this.#restsUntil) return this.#instead(charges, silence(this.#patience));
      this.#restsUntil = undefined;
    }
    let answer: ReturnType<RateLimitStore["take"]>;
    try {
      answer = this.#store.take(charges);
    } catch (error) {
      return this.#failed(charges, request, error);
    }
    if (!isPromise<readonly RateLimitState[]>(answer)) return answer;
    return this.#within(answer).catch((error) => this.#failed(charges, request, error));
  }

  #within(answer: PromiseLike<readonly RateLimitState[]>): Promise<States> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#restsUntil = performance.now() + rest;
        reject(silence(this.#patience));
      }, this.#patience);
      const settled = (): void => clearTimeout(timer);
      answer.then(resolve, reject);
      answer.then(settled, settled);
    });
  }

  #failed(charges: readonly RateLimitCharge[], request: Request, error: unknown): States {
    const now = performance.now();
    if (now - this.#loggedAt >= logInterval) {
      this.#loggedAt = now;
      request.log.warn({ err: error, fails: this.#onFailure }, "the store of rateLimit has failed");
    }
    return this.#instead(charges, error);
  }

  #instead(charges: readonly RateLimitCharge[], cause: unknown): States {
    if (this.#onFailure === "open") return undefined;
    if (this.#onFailure === "closed") throw unavailable(cause);
    this.#local ??= new MemoryRateLimitStore();
    return this.#local.take(charges);
  }
}

function silence(patience: number): Error {
  return new Error(`no answer within ${patience} ms`);
}

function unavailable(cause: unknown): ServiceUnavailableError {
  return new ServiceUnavailableError("The number of requests cannot be counted now.", {
    code: "LMP_MIDDLEWARE_RATE_LIMIT_STORE_FAILED",
    expected: "an answer of the store of rateLimit",
    found: "a failure",
    fix: "Try again; see to the store where it lasts.",
    headers: { "Retry-After": "1" },
    cause,
  });
}
