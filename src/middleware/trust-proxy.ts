/** Believes what listed proxies say about the client; `forwardedFor` of http decides how much of it. */
import { BadRequestError } from "../errors/index.ts";
import { AddressList, type ForwardedField, forwardedFor, type Headers } from "../http/index.ts";
import { named } from "./name.ts";
import type { Middleware } from "./types.ts";

/** Options of `trustProxy`. */
export interface TrustProxyOptions {
  /** Which fields the proxies write. Default `"either"`: what is there, and 400 where both are. */
  field?: ForwardedField | undefined;
}

/**
 * Sets `request.ip`, `request.protocol` and `request.host` to what the client used, where the peer is one of these
 * proxies: addresses and CIDR ranges, or `"loopback"`, `"private"`, `"link-local"`, `"unix"`. From any other peer the
 * forwarded fields change nothing. A number of hops is not offered, as it says nothing about who wrote the first one.
 *
 * The list is walked from its end: the first address that is no proxy of ours is the client. Throws
 * `LMP_HTTP_ADDRESS_INVALID` when it is created with anything else. Requests with a malformed forwarded field are 400
 * `LMP_HTTP_FORWARDED_INVALID`, those with an imitation such as `X_Forwarded_For` 400
 * `LMP_MIDDLEWARE_FORWARDED_INVALID`. Use it first, so that everything behind it sees one client.
 *
 * @example
 * ```ts
 * import { compose, trustProxy } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const run = compose([trustProxy(["10.0.0.0/8"])], ({ ip, protocol }) => `${ip} over ${protocol}`);
 * const headers = { "X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https" };
 * console.log(await (await run(new Request("/", { ip: "10.0.0.1", headers }))).text()); // 203.0.113.7 over https
 * console.log(await (await run(new Request("/", { ip: "192.0.2.1", headers }))).text()); // 192.0.2.1 over http
 * ```
 */
export function trustProxy(addresses: readonly string[], options: TrustProxyOptions = {}): Middleware {
  const trusted = new AddressList(addresses);
  const { field = "either" } = options;
  return named("trustProxy", (request, next) => {
    refuseImitations(request.headers);
    const { ip, protocol, host } = forwardedFor(request.ip, request.headers, trusted, field);
    request.forward({ ip, protocol, host });
    return next();
  });
}

/** Software behind CGI-like interfaces reads `X_Forwarded_For` as `X-Forwarded-For`; nobody honest sends it. */
function refuseImitations(headers: Headers): void {
  for (const [name] of headers.lines()) {
    if (!name.includes("_")) continue;
    const written = name.toLowerCase().replaceAll("_", "-");
    if (!written.startsWith("x-forwarded-") && written !== "x-real-ip") continue;
    throw new BadRequestError("A field imitates a forwarded one.", {
      code: "LMP_MIDDLEWARE_FORWARDED_INVALID",
      expected: "no forwarded field with underscores",
      found: name.slice(0, 80),
      fix: "Write the name with hyphens, or have the proxy remove the field.",
    });
  }
}
