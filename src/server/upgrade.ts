/** Leaving HTTP: a 101 response that hands the connection to another protocol (RFC 9110 §7.8). */
import { LimpidError } from "../errors/index.ts";
import { Headers, type HeadersInit } from "../http/index.ts";
import { Response } from "../message/index.ts";
import type { Connection } from "../tcp/index.ts";

/**
 * Takes the connection over. `rest` is what the client has sent behind its request already. `for await` gives pieces to
 * keep; what a `data` listener gets is overwritten as soon as it returns (`shareReadBuffer`).
 */
export type Takeover = (connection: Connection, rest: Uint8Array) => void | Promise<void>;

const takeovers = new WeakMap<Response, Takeover>();

/**
 * A response that switches the protocol; it passes through middleware like any other.
 *
 * @example
 * ```ts
 * import { upgrade } from "limpid/server";
 *
 * const response = upgrade("echo", (connection) => connection.end("Goodbye, HTTP.\n"));
 * console.log(response.status, response.headers.get("upgrade")); // 101 echo
 * ```
 */
export function upgrade(protocol: string, takeover: Takeover, headers?: HeadersInit): Response {
  const fields = new Headers(headers);
  fields.set("Upgrade", protocol);
  const response = new Response(null, { status: 101, headers: fields });
  takeovers.set(response, takeover);
  return response;
}

/** The takeover of a 101 response. Throws `LMP_SERVER_UPGRADE_EMPTY` where the application made one by hand. */
export function takeoverOf(response: Response): Takeover {
  const takeover = takeovers.get(response);
  if (takeover !== undefined) return takeover;
  throw new LimpidError("LMP_SERVER_UPGRADE_EMPTY", "A response with status 101 has nobody to take over.", {
    expected: "a response made by `upgrade(protocol, takeover)`",
    found: "a Response with status 101",
    fix: 'Use `upgrade` from "limpid/server".',
  });
}
