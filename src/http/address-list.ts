/** Sets of IP addresses written as addresses, CIDR blocks and a few names: whom `forwarded.ts` believes. */
import { LimpidError } from "../errors/index.ts";
import { type IpAddress, parseAddress } from "./ip-address.ts";

interface Block {
  readonly address: IpAddress;
  /** Leading bits that must be equal, counted over all 128 of the mapped form. */
  readonly bits: number;
}

const names: ReadonlyMap<string, readonly string[]> = new Map([
  ["loopback", ["127.0.0.0/8", "::1/128"]],
  ["link-local", ["169.254.0.0/16", "fe80::/10"]],
  ["private", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]],
]);

/**
 * A set of IP addresses (RFC 4632, RFC 4291 §2.3). An entry is an address, a block such as `10.0.0.0/8`, or a name:
 * `loopback`, `link-local`, `private` (RFC 1918, RFC 4193), or `unix` for peers on a unix socket, which have no
 * address. IPv4 addresses in IPv6 spelling count as IPv4.
 *
 * @throws LimpidError `LMP_HTTP_ADDRESS_INVALID` for any other entry; a number of hops is none, as no number of hops
 *   says who sent the first one.
 *
 * @example
 * ```ts
 * import { AddressList } from "limpid/http";
 *
 * const proxies = new AddressList(["10.0.0.0/8", "loopback"]);
 * console.log(proxies.contains("10.1.2.3"), proxies.contains("::ffff:127.0.0.1")); // true true
 * console.log(proxies.contains("8.8.8.8")); // false
 * ```
 */
export class AddressList {
  readonly #blocks: readonly Block[];
  readonly #unix: boolean;

  constructor(entries: readonly string[]) {
    if (!Array.isArray(entries)) throw invalid(entries);
    this.#unix = entries.includes("unix");
    this.#blocks = entries
      .filter((entry) => entry !== "unix")
      .flatMap((entry) => names.get(entry) ?? [entry])
      .map(parseBlock);
  }

  /** Whether an address is in the set. Text that is no address is taken for the peer of a unix socket. */
  contains(ip: string | IpAddress): boolean {
    const address = typeof ip === "string" ? parseAddress(ip) : ip;
    if (address === undefined) return this.#unix;
    return this.#blocks.some((block) => isInside(address, block));
  }
}

function parseBlock(entry: string): Block {
  if (typeof entry !== "string") throw invalid(entry);
  const slash = entry.indexOf("/");
  const text = slash === -1 ? entry : entry.slice(0, slash);
  const address = text.includes("%") ? undefined : parseAddress(text);
  if (address === undefined) throw invalid(entry);
  // `::ffff:10.0.0.0/104` counts its bits from the start of the mapped form, `10.0.0.0/8` behind it.
  const offset = address.version === 4 && !text.includes(":") ? 96 : 0;
  if (slash === -1) return { address, bits: 128 };
  const length = entry.slice(slash + 1);
  const bits = /^(?:0|[1-9]\d{0,2})$/.test(length) ? offset + Number(length) : Number.NaN;
  const isWithin = address.version === 4 ? bits >= 96 && bits <= 128 : bits <= 128;
  if (!isWithin) throw invalid(entry);
  if (address.groups.some((group, index) => (group & ~groupMask(bits, index)) !== 0)) {
    throw invalid(entry, "Set the bits behind the prefix to zero, as in 10.0.0.0/8.");
  }
  return { address, bits };
}

/** A block of IPv6 never holds an IPv4 address, though `::/0` covers its mapped form. */
function isInside(address: IpAddress, block: Block): boolean {
  if (address.version !== block.address.version) return false;
  return address.groups.every((group, index) => {
    return ((group ^ block.address.groups[index]!) & groupMask(block.bits, index)) === 0;
  });
}

/** The bits of one group that belong to a prefix. */
function groupMask(bits: number, index: number): number {
  const kept = Math.min(Math.max(bits - index * 16, 0), 16);
  return (0xffff << (16 - kept)) & 0xffff;
}

function invalid(entry: unknown, fix?: string): LimpidError {
  return new LimpidError("LMP_HTTP_ADDRESS_INVALID", "An address list holds something that is no address.", {
    expected: 'addresses, CIDR blocks, "loopback", "link-local", "private" or "unix", in an array',
    found: typeof entry === "string" ? JSON.stringify(entry.slice(0, 80)) : String(entry),
    fix: fix ?? "List the addresses of your own proxies; a number of hops cannot be trusted.",
  });
}
