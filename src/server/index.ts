/** HTTP over TCP around one application: keep-alive, pipelining, limits, upgrade and drain. */
export {
  type FetchApplicationOptions,
  type FetchFunction,
  type FetchInfo,
  fromFetch,
} from "./adapters/fetch-application.ts";
export { type FetchHandler, toFetchHandler } from "./adapters/fetch-handler.ts";
export { type NodeListener, toNodeListener } from "./adapters/node-listener.ts";
export { type ServeOptions, serve } from "./adapters/serve.ts";
export { type LoopSource, processSource } from "./loop-source.ts";
export {
  loopBlocked,
  overloadBegin,
  overloadEnd,
  protocolError,
  requestBegin,
  requestEnd,
} from "./moments.ts";
export { Overload, type OverloadReason, type ShedCandidate } from "./overload.ts";
export { defaultOverload, type OverloadLimits, type OverloadOptions } from "./overload-options.ts";
export { Server } from "./server.ts";
export { defaultLimits, type ServerLimits, type ServerOptions } from "./server-options.ts";
export { type Takeover, upgrade } from "./upgrade.ts";
