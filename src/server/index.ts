/** HTTP over TCP around one application: keep-alive, pipelining, limits, upgrade and drain. */
export { protocolError, requestBegin, requestEnd } from "./moments.ts";
export { Server } from "./server.ts";
export { defaultLimits, type ServerLimits, type ServerOptions } from "./server-options.ts";
export { type Takeover, upgrade } from "./upgrade.ts";
