/** The grammar of `Host` and of the authority in a request target: a host and an optional port (RFC 9110 §7.2). */
import { hexadecimalValues, hostNameOctets, octets } from "./byte-classes.ts";

/**
 * Whether the octets from `from` to `to` are a host with an optional port. Stricter than RFC 3986 in what cannot be
 * meant: an empty host, a comma, user information, a port above 65535, an address of a future IP version.
 */
export function isHostAt(bytes: Uint8Array, from: number, to: number): boolean {
  const hostEnd = bytes[from] === octets.leftBracket ? literalEnd(bytes, from, to) : nameEnd(bytes, from, to);
  if (hostEnd === from) return false;
  return hostEnd === to || (bytes[hostEnd] === octets.colon && isPort(bytes, hostEnd + 1, to));
}

/**
 * Whether `text` is a host with an optional port, as it stands in `Host`.
 *
 * @example
 * ```ts
 * import { isHost } from "limpid/http";
 *
 * console.log(isHost("example.com:8000"), isHost("[::1]"), isHost("user@example.com")); // true true false
 * ```
 */
export function isHost(text: string): boolean {
  // Not ASCII, and latin1 below would make another character of it.
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false;
  const bytes = Buffer.from(text, "latin1");
  return isHostAt(bytes, 0, bytes.length);
}

/** The end of the name or IPv4 address at `from`; `from` itself where there is none. */
function nameEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && hostNameOctets[bytes[at]!] === 1) {
    if (bytes[at] === octets.percent) {
      const encoded = at + 2 < to && isHexadecimal(bytes[at + 1]!) && isHexadecimal(bytes[at + 2]!);
      if (!encoded) return from;
      at += 2;
    }
    at++;
  }
  return at;
}

/** The end of the IP literal at `from`, behind its bracket; `from` itself where it is not one. */
function literalEnd(bytes: Uint8Array, from: number, to: number): number {
  const close = bytes.indexOf(octets.rightBracket, from);
  // The longest address has 45 characters: eight groups, the last two as IPv4.
  if (close === -1 || close >= to || close - from > 46) return from;
  const address = Buffer.from(bytes.subarray(from + 1, close)).toString("latin1");
  return isIpv6Address(address) ? close + 1 : from;
}

/** `IPv6address` (RFC 3986 §3.2.2): eight groups, of which one run may be left out as `::`. No zone. */
function isIpv6Address(address: string): boolean {
  const halves = address.split("::");
  if (halves.length > 2) return false;
  const [left, right] = halves as [string, string | undefined];
  if (right === undefined) return countGroups(left, true) === 8;
  const leftGroups = left === "" ? 0 : countGroups(left, false);
  const rightGroups = right === "" ? 0 : countGroups(right, true);
  return leftGroups !== -1 && rightGroups !== -1 && leftGroups + rightGroups <= 7;
}

/** The 16-bit groups in `text`, an IPv4 address at its end counting as two; -1 where one is malformed. */
function countGroups(text: string, mayEndInIpv4: boolean): number {
  const groups = text.split(":");
  let count = 0;
  for (const [index, group] of groups.entries()) {
    const isLast = index === groups.length - 1;
    if (/^[0-9A-Fa-f]{1,4}$/.test(group)) count += 1;
    else if (isLast && mayEndInIpv4 && isIpv4Address(group)) count += 2;
    else return -1;
  }
  return count;
}

function isIpv4Address(text: string): boolean {
  const parts = text.split(".");
  return (
    parts.length === 4 && parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255)
  );
}

/** `port = *DIGIT` (RFC 3986 §3.2.3), with a value that a port can have. */
function isPort(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from > 5) return false;
  let port = 0;
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - octets.zero;
    if (digit < 0 || digit > 9) return false;
    port = port * 10 + digit;
  }
  return port <= 0xffff;
}

function isHexadecimal(octet: number): boolean {
  return hexadecimalValues[octet] !== 255;
}
