/** Bounds how often a client may ask, and tells it so (draft-ietf-httpapi-ratelimit-headers-11, RFC 6585 §4). */
import { TooManyRequestsError } from "../errors/index.ts";
import type { Request, Response } from "../message/index.ts";
import { applyLater, onResponse } from "./applied-later.ts";
import { isPromise } from "./compose.ts";
import { GuardedRateLimitStore, type States, type StoreFailure } from "./guarded-rate-limit-store.ts";
import { MemoryRateLimitStore } from "./memory-rate-limit-store.ts";
import { named } from "./name.ts";
import { optionInvalid } from "./option-invalid.ts";
import { CheckedPolicy, type RateLimitPolicy } from "./rate-limit-policy.ts";
import type { RateLimitCharge, RateLimitState, RateLimitStore } from "./rate-limit-store.ts";
import type { Middleware, Next } from "./types.ts";

/** What all limits of one `rateLimit` have in common. */
export interface RateLimitSettings {
  /** Requests that are not counted. */
  skip?: ((request: Request) => boolean | Promise<boolean>) | undefined;
  /** Where the counts are kept. Default: the memory of this process, for 100,000 clients. */
  store?: RateLimitStore | undefined;
  /**
   * When the store fails: `"local"` counts in this process meanwhile, `"open"` lets requests pass uncounted, `"closed"`
   * answers 503 `LMP_MIDDLEWARE_RATE_LIMIT_STORE_FAILED`, as a login should. Default `"local"`.
   */
  onStoreFailure?: StoreFailure | undefined;
  /** Milliseconds after which a store that does not answer has failed. Default 250. */
  storeTimeout?: number | undefined;
}

/** Options of `rateLimit`: one limit, or several of which each has to allow the request. */
export type RateLimitOptions = RateLimitSettings &
  (RateLimitPolicy | { policies: readonly RateLimitPolicy[] });

/**
 * Answers 429 `LMP_MIDDLEWARE_RATE_LIMITED` with `Retry-After` where a client has used up a limit, before anything
 * behind it runs. `RateLimit` and `RateLimit-Policy` tell every client where it stands. Of several limits each has to
 * allow the request, and a request that is refused counts for none.
 *
 * Clients are told apart by `request.ip`, so use it behind `trustProxy` where there is a proxy.
 *
 * @example
 * ```ts
 * import { App, rateLimit, Request } from "limpid";
 *
 * const app = new App().use(rateLimit({ limit: 2, window: 60 }));
 * app.get("/", () => "Hello");
 * for (let count = 0; count < 2; count++) await app.handle(new Request("/"));
 * const { status, headers } = await app.handle(new Request("/"));
 * console.log(status, headers.get("ratelimit-policy")); // 429 "default";q=2;w=60
 * console.log(headers.get("ratelimit"), headers.has("retry-after")); // "default";r=0;t=… true
 * ```
 */
export function rateLimit(options: RateLimitOptions): Middleware {
  const policies = policiesOf(options);
  const store = storeOf(options);
  const { skip } = options;
  const announcement = policies
    .map(({ name, limit, window }) => `"${name}";q=${limit};w=${window}`)
    .join(", ");

  const decide = (states: States, request: Request, next: Next): Response | Promise<Response> => {
    if (states === undefined) return next();
    const apply = (response: Response): void => {
      response.headers.append("RateLimit-Policy", announcement);
      response.headers.append("RateLimit", serviceLimits(policies, states));
    };
    if (states.every(({ allowed }) => allowed)) return onResponse(request, next, apply);
    applyLater(request, apply);
    throw limited(policies, states);
  };
  const count = (charges: readonly RateLimitCharge[], request: Request, next: Next) => {
    const states = store.take(charges, request);
    return isPromise<States>(states)
      ? states.then((known) => decide(known, request, next))
      : decide(states, request, next);
  };
  const ask = (request: Request, next: Next): Response | Promise<Response> => {
    const charges = policies.map((policy) => policy.charge(request));
    return charges.some(isPromise)
      ? Promise.all(charges).then((all) => count(all, request, next))
      : count(charges as RateLimitCharge[], request, next);
  };
  return named("rateLimit", (request, next) => {
    const skipped = skip?.(request) ?? false;
    if (!isPromise<boolean>(skipped)) return skipped ? next() : ask(request, next);
    return skipped.then((yes) => (yes ? next() : ask(request, next)));
  });
}

/** §4 of the draft: what is left of each, and the seconds in which there will be no more. */
function serviceLimits(policies: readonly CheckedPolicy[], states: readonly RateLimitState[]): string {
  return policies
    .map(({ name }, index) => {
      const { remaining, reset } = states[index]!;
      return `"${name}";r=${remaining};t=${seconds(reset)}`;
    })
    .join(", ");
}

function limited(
  policies: readonly CheckedPolicy[],
  states: readonly RateLimitState[],
): TooManyRequestsError {
  const refusing = policies.filter((_, index) => !states[index]!.allowed);
  const wait = Math.max(1, ...states.map(({ retry }) => seconds(retry)));
  return new TooManyRequestsError("There were too many requests.", {
    code: "LMP_MIDDLEWARE_RATE_LIMITED",
    expected: refusing.map(({ limit, window }) => `at most ${limit} in ${window} s`).join(", "),
    found: "more",
    fix: `Try again in ${wait} s.`,
    headers: { "Retry-After": String(wait) },
  });
}

/** Rounded up: who waits for as long as it says does not come too early. */
function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1000);
}

function policiesOf(options: RateLimitOptions): readonly CheckedPolicy[] {
  const list = "policies" in options ? options.policies : [options];
  const example = "Write rateLimit({ limit: 100, window: 60 }).";
  if (!Array.isArray(list) || list.length === 0) {
    throw optionInvalid("policies of rateLimit", "at least one limit", "none", example);
  }
  const policies = list.map((policy) => new CheckedPolicy(policy));
  const names = new Set(policies.map(({ name }) => name));
  if (names.size === policies.length) return policies;
  const fix = 'Name each: { name: "per-minute", … }, { name: "per-day", … }.';
  throw optionInvalid("policies of rateLimit", "a different name for each", "one name twice", fix);
}

function storeOf(options: RateLimitSettings): GuardedRateLimitStore {
  const { store = new MemoryRateLimitStore(), onStoreFailure = "local", storeTimeout = 250 } = options;
  if (typeof store.take !== "function") {
    throw optionInvalid("store of rateLimit", "a store with `take`", typeof store, "See RateLimitStore.");
  }
  if (!["open", "closed", "local"].includes(onStoreFailure)) {
    const expected = '"local", "open" or "closed"';
    throw optionInvalid("onStoreFailure of rateLimit", expected, onStoreFailure, 'Leave it out for "local".');
  }
  if (!Number.isInteger(storeTimeout) || storeTimeout < 1 || storeTimeout > 60_000) {
    const expected = "whole milliseconds from 1 to 60000";
    throw optionInvalid("storeTimeout of rateLimit", expected, storeTimeout, "Leave it out for 250.");
  }
  return new GuardedRateLimitStore(store, onStoreFailure, storeTimeout);
}
