/** When the things a connection waits for are late. It holds moments on the monotonic clock; the server asks now and then. */
import type { Connection } from "../tcp/index.ts";
import type { Exchange } from "./exchange.ts";
import type { ServerLimits } from "./server-options.ts";

/**
 * While stopping, a connection that was busy within this many milliseconds may have a request on its way, which is
 * answered with `Connection: close`. A client that was told nothing of the kind must find the connection open.
 */
const STOPPING_IDLE = 1_000;

/** The clocks of one connection, in whole milliseconds: small integers take no memory of their own. */
export class Deadlines {
  readonly #limits: ServerLimits;
  /** When the last byte came, or was last waited for. */
  #touched: number;
  #headBegun = 0;
  #sent = 0;
  #sentAt = 0;

  constructor(limits: ServerLimits, now: number) {
    this.#limits = limits;
    this.#touched = now;
  }

  /** Bytes have come; `idle` where they may begin a head. */
  received(idle: boolean, now: number): void {
    this.#touched = now;
    if (idle) this.#headBegun = now;
  }

  /** Waiting begins anew: a response has left, or reading goes on after a pause of ours. */
  restart(now: number): void {
    this.received(true, now);
  }

  headLate(now: number): boolean {
    return over(this.#limits.headerTimeout, this.#headBegun, now);
  }

  /** Whether a connection between two requests, or before its first, has waited long enough. */
  idleLate(now: number, served: number, stopping: boolean): boolean {
    const { headerTimeout, keepAliveTimeout } = this.#limits;
    const limit = stopping ? STOPPING_IDLE : served === 0 ? headerTimeout : keepAliveTimeout;
    return over(limit, this.#touched, now);
  }

  /** Whether the content that somebody waits for comes too slowly. */
  contentLate(now: number, { begun, content, request }: Exchange): boolean {
    const { bodyIdleTimeout, bodyRateGrace, bodyMinimumRate, requestTimeout } = this.#limits;
    if (over(bodyIdleTimeout, this.#touched, now)) return true;
    const seconds = (now - begun) / 1000;
    const received = content?.received ?? 0;
    if (seconds * 1000 > bodyRateGrace && received < bodyMinimumRate * seconds) return true;
    // A route that raised the limit expects an upload, which may take as long as it keeps its rate.
    return !request.expectsUpload && over(requestTimeout, begun, now);
  }

  /** Whether the application has worked too long; the time it waits for content is the client's. */
  handlerLate(now: number, { workingSince }: Exchange): boolean {
    return over(this.#limits.handlerTimeout, workingSince, now);
  }

  /** Whether bytes wait to be sent and none has left for too long. */
  stalled(now: number, connection: Connection): boolean {
    const { writableLength } = connection;
    const sent = connection.bytesWritten - writableLength;
    if (writableLength > 0 && sent === this.#sent) {
      return over(this.#limits.responseStallTimeout, this.#sentAt, now);
    }
    this.#sent = sent;
    this.#sentAt = now;
    return false;
  }
}

/** Whether a timeout is on and over. */
function over(timeout: number, since: number, now: number): boolean {
  return timeout > 0 && now - since > timeout;
}
