/** Who the client is behind trusted proxies, from `Forwarded` (RFC 7239) or the `X-Forwarded-*` fields. */
import { HttpError } from "../errors/index.ts";
import type { AddressList } from "./address-list.ts";
import {
  type FieldReader,
  forwardedInvalid,
  type ProxyReport,
  type ProxyReports,
  readForwarded,
  readXForwarded,
} from "./forwarded-fields.ts";
import { isHost } from "./host.ts";
import { type IpAddress, parseAddress } from "./ip-address.ts";

/** What is known about the client's own request to the first trusted proxy. */
export interface Forwarded {
  /** The client's address in canonical text; the peer's own text where that is no IP address. */
  readonly ip: string;
  readonly address: IpAddress | undefined;
  /** The scheme the client used, where the proxy says so. */
  readonly protocol?: "http" | "https" | undefined;
  /** The host and port the client asked for, where the proxy says so. */
  readonly host?: string | undefined;
}

/** Which fields the proxies write. `"either"` takes what is there and refuses a request that has both. */
export type ForwardedField = "forwarded" | "x-forwarded" | "either";

/**
 * Finds the client behind trusted proxies. Each proxy appends the address it was called from, so the list is read
 * from its end: as long as an address is that of a trusted proxy, the address before it was written by that proxy
 * and can be believed. The first address that is not trusted is the client; what stands before it is the client's
 * own claim and is never looked at. Protocol and host come from the report that gave the address.
 *
 * @param peer - The address of the connection's other end. Unless it is trusted, no field is looked at.
 * @param trusted - The proxies of this installation.
 * @param field - Default: `"either"`.
 * @throws HttpError 400 `LMP_HTTP_FORWARDED_INVALID` where the peer is trusted and what it forwards is malformed, or
 *   both kinds of field are there: a proxy that writes one of them lets the client's own text through in the other.
 *
 * @example
 * ```ts
 * import { AddressList, forwardedFor, Headers } from "limpid/http";
 *
 * const headers = new Headers({ "X-Forwarded-For": "6.6.6.6, 203.0.113.7, 10.0.0.2", "X-Forwarded-Proto": "https" });
 * const client = forwardedFor("10.0.0.1", headers, new AddressList(["10.0.0.0/8"]));
 * console.log(client.ip, client.protocol); // 203.0.113.7 https
 * console.log(forwardedFor("198.51.100.1", headers, new AddressList(["10.0.0.0/8"])).ip); // 198.51.100.1
 * ```
 */
export function forwardedFor(
  peer: string,
  headers: FieldReader,
  trusted: AddressList,
  field: ForwardedField = "either",
): Forwarded {
  const address = parseAddress(peer);
  const direct: Forwarded = { ip: address?.text ?? peer, address };
  if (!trusted.contains(address ?? peer)) return direct;
  const standard = field === "x-forwarded" ? undefined : readForwarded(headers);
  const common = field === "forwarded" ? undefined : readXForwarded(headers);
  if (standard !== undefined && common !== undefined) {
    throw new HttpError(400, "The request was forwarded in two ways that may contradict each other.", {
      code: "LMP_HTTP_FORWARDED_INVALID",
      expected: "one of Forwarded and X-Forwarded-*",
      found: "both",
      fix: "Have the proxy remove the one it does not write, or name the one it writes.",
    });
  }
  return walk(direct, standard ?? common ?? noReports, trusted);
}

const noReports: ProxyReports = () => undefined;

function walk(direct: Forwarded, reports: ProxyReports, trusted: AddressList): Forwarded {
  let { ip, address } = direct;
  let report: ProxyReport | undefined;
  for (let distance = 0; ; distance++) {
    const next = reports(distance);
    if (next === undefined) break;
    report = next;
    const client = clientAddress(report.client);
    // "unknown", or a name the proxy made up (RFC 7239 §6): nothing before it can be verified.
    if (client === undefined) break;
    ip = client.text;
    address = client;
    if (!trusted.contains(client)) break;
  }
  return { ip, address, protocol: checkProtocol(report?.protocol), host: checkHost(report?.host) };
}

/** `192.0.2.1`, `192.0.2.1:80`, `[2001:db8::1]`, `[2001:db8::1]:80`, and `2001:db8::1` as proxies write it besides. */
function clientAddress(node: string | undefined): IpAddress | undefined {
  if (node === undefined) return undefined;
  if (node.startsWith("[")) {
    const close = node.indexOf("]");
    return close !== -1 && isPort(node.slice(close + 1)) ? parseAddress(node.slice(1, close)) : undefined;
  }
  const colon = node.indexOf(":");
  if (colon === -1 || colon !== node.lastIndexOf(":")) return parseAddress(node);
  return isPort(node.slice(colon)) ? parseAddress(node.slice(0, colon)) : undefined;
}

/** Nothing, or a colon and a port, which may be obfuscated (RFC 7239 §6). */
function isPort(text: string): boolean {
  return text === "" || (text.length <= 64 && /^:(?:\d{1,5}|_[\w.-]+)$/.test(text));
}

function checkProtocol(text: string | undefined): "http" | "https" | undefined {
  const protocol = text?.toLowerCase();
  if (protocol === undefined || protocol === "http" || protocol === "https") return protocol;
  throw forwardedInvalid("the protocol http or https", JSON.stringify(text));
}

function checkHost(host: string | undefined): string | undefined {
  if (host === undefined || isHost(host)) return host;
  throw forwardedInvalid("a host with an optional port", JSON.stringify(host));
}
