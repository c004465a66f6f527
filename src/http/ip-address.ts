/** IP addresses in one canonical form, however they were spelled; `address-list.ts` compares them with blocks. */

/** One IP address. Two spellings of one address give equal values. */
export interface IpAddress {
  /** 4 also for an IPv4 address that was written as `::ffff:1.2.3.4`. */
  readonly version: 4 | 6;
  /** The canonical text: dotted decimal, or RFC 5952. */
  readonly text: string;
  /** Eight groups of 16 bits, the first most significant; IPv4 in its mapped form `::ffff:0:0/96`. */
  readonly groups: readonly number[];
}

/**
 * Reads an IP address; `undefined` for anything else. Strict: four decimal parts without leading zeros, or RFC 4291
 * with at most one `::`. A zone (`fe80::1%eth0`) names an interface of this machine and is dropped.
 *
 * @example
 * ```ts
 * import { parseAddress } from "limpid/http";
 *
 * console.log(parseAddress("::FFFF:102:304")?.text); // 1.2.3.4
 * console.log(parseAddress("2001:0db8:0:0::1")?.text); // 2001:db8::1
 * console.log(parseAddress("010.0.0.1")); // undefined
 * ```
 */
export function parseAddress(text: string): IpAddress | undefined {
  // The longest spelling has 45 characters; a zone may follow.
  if (text.length > 64) return undefined;
  if (!text.includes(":")) {
    const groups = parseIpv4(text);
    return groups && ipAddress([0, 0, 0, 0, 0, 0xffff, ...groups]);
  }
  const zone = text.indexOf("%");
  if (zone === -1) return ipAddress(parseIpv6(text));
  return zone === text.length - 1 ? undefined : ipAddress(parseIpv6(text.slice(0, zone)));
}

/**
 * What limits are counted by: an IPv4 address itself, and the /64 block of an IPv6 address, because one customer
 * has at least a whole /64 to send from. Text that is no address, such as that of a unix socket, stays as it is.
 *
 * @example
 * ```ts
 * import { addressKey } from "limpid/http";
 *
 * console.log(addressKey("::ffff:1.2.3.4")); // 1.2.3.4
 * console.log(addressKey("2001:db8:1:2:aaaa::1")); // 2001:db8:1:2::/64
 * ```
 */
export function addressKey(ip: string | IpAddress): string {
  const address = typeof ip === "string" ? parseAddress(ip) : ip;
  if (address === undefined) return String(ip);
  if (address.version === 4) return address.text;
  return `${formatIpv6([...address.groups.slice(0, 4), 0, 0, 0, 0])}/64`;
}

/** Whether the groups are those of an IPv4 address inside IPv6, `::ffff:0:0/96` (RFC 4291 §2.5.5.2). */
function isMapped(groups: readonly number[]): boolean {
  return groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
}

function ipAddress(groups: readonly number[] | undefined): IpAddress | undefined {
  if (groups === undefined) return undefined;
  if (!isMapped(groups)) return { version: 6, text: formatIpv6(groups), groups };
  const octets = groups.slice(6).flatMap((group) => [group >> 8, group & 0xff]);
  return { version: 4, text: octets.join("."), groups };
}

/** Two groups of 16 bits. */
function parseIpv4(text: string): number[] | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  const octets: number[] = [];
  for (const part of parts) {
    // A leading zero means octal to some readers.
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    octets.push(Number(part));
  }
  return [octets[0]! * 256 + octets[1]!, octets[2]! * 256 + octets[3]!];
}

/** Eight groups of 16 bits. */
function parseIpv6(text: string): number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0]!, halves.length === 1);
  if (halves.length === 1) return head?.length === 8 ? head : undefined;
  const tail = parseGroups(halves[1]!, true);
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  // `::` stands for at least one group (RFC 4291 §2.2).
  return missing < 1 ? undefined : [...head, ...new Array<number>(missing).fill(0), ...tail];
}

function parseGroups(text: string, mayEndInIpv4: boolean): number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (/^[\da-f]{1,4}$/i.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const embedded = mayEndInIpv4 && index === parts.length - 1 ? parseIpv4(part) : undefined;
    if (embedded === undefined) return undefined;
    groups.push(...embedded);
  }
  return groups;
}

/** RFC 5952 §4: lower case, no leading zeros, the first of the longest runs of zero groups as `::`. */
function formatIpv6(groups: readonly number[]): string {
  let start = -1;
  let length = 1;
  for (let from = 0; from < 8; from++) {
    let to = from;
    while (groups[to] === 0) to++;
    if (to - from > length) {
      start = from;
      length = to - from;
    }
  }
  const hexadecimal = groups.map((group) => group.toString(16));
  if (start === -1) return hexadecimal.join(":");
  return `${hexadecimal.slice(0, start).join(":")}::${hexadecimal.slice(start + length).join(":")}`;
}
