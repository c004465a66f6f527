/** The limits and timeouts of a server, each with its default and the reason for it. */
import { LimpidError } from "../errors/index.ts";
import type { ParserLimits } from "../http/index.ts";
import type { TcpOptions } from "../tcp/index.ts";
import type { OverloadOptions } from "./overload-options.ts";

/** Times in milliseconds, sizes in bytes. 0 switches a timeout off. */
export interface ServerLimits {
  /** From the first byte of a request, or from the accept, to the end of its head; then 408. Slow heads cost sockets. */
  headerTimeout: number;
  /** From the first byte of a request to the last of its content; then 408. */
  requestTimeout: number;
  /** Between two pieces of content that the application waits for; then 408. */
  bodyIdleTimeout: number;
  /** Bytes a second that content has to arrive with, on average, after `bodyRateGrace`; then 408. */
  bodyMinimumRate: number;
  /** Milliseconds of content before its rate counts. */
  bodyRateGrace: number;
  /** From the complete request to the response; then 503, and `request.signal` is aborted. */
  handlerTimeout: number;
  /** Without a piece of the response (at most 64 KiB) leaving; then the connection is reset. */
  responseStallTimeout: number;
  /** Between two requests on one connection. Longer than the balancer's own behind a balancer, usually 65,000. */
  keepAliveTimeout: number;
  /** Requests on one connection, the last of which is answered with `Connection: close`. */
  maxRequestsPerConnection: number;
  /** Bytes of pipelined requests held while one is being answered; reading pauses beyond. */
  pipelineBytes: number;
  /** Bytes of content nobody read that are discarded to keep the connection; it is closed beyond. */
  unreadBodyBytes: number;
  /** Bytes of content held for a handler that has not asked yet; reading pauses beyond. */
  bodyBufferBytes: number;
}

export const defaultLimits: ServerLimits = {
  headerTimeout: 10_000,
  requestTimeout: 60_000,
  bodyIdleTimeout: 15_000,
  bodyMinimumRate: 1024,
  bodyRateGrace: 10_000,
  handlerTimeout: 30_000,
  responseStallTimeout: 30_000,
  keepAliveTimeout: 5_000,
  maxRequestsPerConnection: 1000,
  pipelineBytes: 65_536,
  unreadBodyBytes: 65_536,
  bodyBufferBytes: 65_536,
};

/** Where to listen (see `TcpOptions`), what to accept, and for how long. */
export interface ServerOptions extends Omit<TcpOptions, "idleTimeout" | "refuse">, Partial<ServerLimits> {
  /** Limits of the parser: head, target, lines, chunks. */
  parser?: Partial<ParserLimits> | undefined;
  /** Hosts this server answers for, without port, `*.example.com` for every subdomain; others get 421. Default: all. */
  allowedHosts?: readonly string[] | undefined;
  /** When requests are shed to keep the rest quick; `false` for never. See `Overload`. */
  overload?: OverloadOptions | false | undefined;
}

/** The limits with their defaults. Throws `LMP_SERVER_OPTION_INVALID` for what is no number from 0 upwards. */
export function serverLimits(options: ServerOptions): ServerLimits {
  const limits = { ...defaultLimits };
  for (const name of Object.keys(defaultLimits) as (keyof ServerLimits)[]) {
    const value = options[name];
    if (value === undefined) continue;
    if (!Number.isFinite(value) || value < 0) refuse(name, value);
    limits[name] = value;
  }
  return limits;
}

function refuse(name: string, value: unknown): never {
  throw new LimpidError("LMP_SERVER_OPTION_INVALID", `The option \`${name}\` of the server is not valid.`, {
    expected: "a number from 0 upwards",
    found: String(value),
    fix: `Leave \`${name}\` out for its default, ${String(defaultLimits[name as keyof ServerLimits])}.`,
  });
}
