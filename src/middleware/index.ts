/** What stands between the client and the handler: compose, combinators and the standard set. */
export { type Apply, appliedLater, applyLater, onResponse } from "./applied-later.ts";
export {
  type BasicAuthUsers,
  type BasicAuthVerify,
  type BasicUser,
  basicAuth,
  type Verdict,
} from "./basic-auth.ts";
export { bodyLimit } from "./body-limit.ts";
export type { ByteSize } from "./byte-size.ts";
export { compose } from "./compose.ts";
export { type CompressOptions, compress } from "./compress.ts";
export { type ConditionalOptions, conditional, type KnownValidators } from "./conditional.ts";
export type { ContentCoding } from "./content-coding.ts";
export type { Directives } from "./content-security-policy.ts";
export { type CorsOptions, cors } from "./cors.ts";
export { type CsrfAdded, type CsrfOptions, type CsrfSecret, csrf } from "./csrf.ts";
export { type ExplainedMiddleware, explainMiddleware } from "./explain-middleware.ts";
export type { StoreFailure } from "./guarded-rate-limit-store.ts";
export { isLogged } from "./logged-errors.ts";
export { type LoggerOptions, logger } from "./logger.ts";
export { MemoryRateLimitStore, type MemoryRateLimitStoreOptions } from "./memory-rate-limit-store.ts";
export { type MethodOverrideOptions, methodOverride } from "./method-override.ts";
export { named, nameOf } from "./name.ts";
export { onMethods } from "./on-methods.ts";
export { onPaths } from "./on-paths.ts";
export { parallel } from "./parallel.ts";
export { type Placeable, placed, placedAt } from "./placed.ts";
export { type RateLimitOptions, type RateLimitSettings, rateLimit } from "./rate-limit.ts";
export type { RateLimitPolicy } from "./rate-limit-policy.ts";
export type { RateLimitCharge, RateLimitRule, RateLimitState, RateLimitStore } from "./rate-limit-store.ts";
export { type RequestIdOptions, requestId } from "./request-id.ts";
export { type SecureHeadersOptions, secureHeaders } from "./secure-headers.ts";
export { stack } from "./stack.ts";
export { timeout } from "./timeout.ts";
export { type TrustProxyOptions, trustProxy } from "./trust-proxy.ts";
export type { Added, AddedBy, Handler, Middleware, Next, Nothing } from "./types.ts";
export { type Predicate, unless, when } from "./when.ts";
