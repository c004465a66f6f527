/** Comparing field names, which are case-insensitive (RFC 9110 §5.1), without making a new string of either. */
import { lowerCaseOctets } from "./byte-classes.ts";

/** Whether `text` from `from` to `to` is `name` in any case. Only ASCII letters have a case here. */
export function isNameAt(text: string, from: number, to: number, name: string): boolean {
  const length = to - from;
  if (name.length !== length) return false;
  for (let index = 0; index < length; index++) {
    const one = text.charCodeAt(from + index);
    const other = name.charCodeAt(index);
    // Beyond the table both sides are undefined, so equal codes are asked for first.
    if (one !== other && (other > 0xff || lowerCaseOctets[one] !== lowerCaseOctets[other])) return false;
  }
  return true;
}

/**
 * Whether two field names are the same name.
 *
 * @example
 * ```ts
 * import { isSameName } from "limpid/http";
 *
 * console.log(isSameName("Content-Type", "content-type")); // true
 * ```
 */
export function isSameName(one: string, other: string): boolean {
  return one === other || isNameAt(one, 0, one.length, other);
}
