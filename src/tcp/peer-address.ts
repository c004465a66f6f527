/** A peer's address as one value, and the key under which its connections are counted. */

/** The address without the IPv4-in-IPv6 prefix of a dual-stack socket (RFC 4291 §2.5.5.2). */
export function unmapped(address: string): string {
  return address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
}

/**
 * What counts as one peer: an IPv4 address, or the /64 of an IPv6 address, because a single customer usually holds
 * a whole /64 (RFC 6177 §2) and could take a fresh address for each connection.
 *
 * @example
 * ```ts
 * import { peerKey } from "limpid/tcp";
 *
 * console.log(peerKey("2001:db8:1:2:3:4:5:6")); // 2001:db8:1:2::/64
 * console.log(peerKey("::ffff:192.0.2.1")); // 192.0.2.1
 * ```
 */
export function peerKey(peer: string): string {
  const address = unmapped(peer);
  if (!address.includes(":")) return address;
  const [withoutZone = ""] = address.split("%", 1);
  const gap = withoutZone.indexOf("::");
  const head = groups(gap < 0 ? withoutZone : withoutZone.slice(0, gap));
  const tail = gap < 0 ? [] : groups(withoutZone.slice(gap + 2));
  while (head.length + tail.length < 8) head.push("0");
  return `${head.concat(tail).slice(0, 4).join(":")}::/64`;
}

/** The 16-bit groups of a part of an IPv6 address; a dotted IPv4 tail fills two. */
function groups(part: string): string[] {
  if (part === "") return [];
  return part.split(":").flatMap((group) => (group.includes(".") ? [group, ""] : [group]));
}
