/** JSON from outside: bounded depth and size, no key twice, and no key that could reach a prototype. */
import { BadRequestError } from "../errors/index.ts";

/** How a JSON text from outside is read. */
export interface JsonOptions {
  /**
   * What becomes of a key that an object has twice (RFC 8259 §4 leaves it open, and parsers differ): `"reject"` is
   * 400, `"last"` lets the last one count. Default `"reject"`.
   */
  duplicateKeys?: "reject" | "last" | undefined;
  /** Arrays and objects inside one another. Default 32. */
  depth?: number | undefined;
  /** Keys and elements in all. Default 10,000. */
  entries?: number | undefined;
  /** Keys of one object. Default 1000. */
  keys?: number | undefined;
}

/** What is left of the limits, and what has been seen, over the whole of a value. */
interface Tally {
  entries: number;
  readonly keysOfOne: number;
  keys: number;
}

const forbidden = new Set(["__proto__", "constructor", "prototype"]);
const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const space = 0x20;

/** Parses a JSON text (RFC 8259). Throws `LMP_BODY_JSON_INVALID` or `LMP_BODY_JSON_REFUSED` with status 400. */
export function parseJson(text: string, options: JsonOptions = {}): unknown {
  const { duplicateKeys = "reject", depth = 32, entries = 10_000, keys = 1000 } = options;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new BadRequestError("The content is not valid JSON.", {
      code: "LMP_BODY_JSON_INVALID",
      expected: "a JSON text (RFC 8259)",
      found: text === "" ? "nothing" : (cause as Error).message,
      fix: "Send a JSON text, with double quotes around names and strings and no trailing comma.",
      cause,
    });
  }
  if (typeof value !== "object" || value === null) return value;
  const tally: Tally = { entries, keysOfOne: keys, keys: 0 };
  inspect(value, depth, tally);
  // Of two equal keys the value has one and the text has both.
  if (duplicateKeys === "reject" && mayHaveMoreKeys(text, tally.keys) && countKeys(text) > tally.keys) {
    refuse("a key twice in one object");
  }
  return value;
}

/** Walks the value once. */
function inspect(value: object, depth: number, tally: Tally): void {
  if (depth === 0) refuse("more levels");
  if (Array.isArray(value)) {
    if ((tally.entries -= value.length) < 0) refuse("more elements");
    for (let index = 0; index < value.length; index++) {
      const element: unknown = value[index];
      if (typeof element === "object" && element !== null) inspect(element, depth - 1, tally);
    }
    return;
  }
  let count = 0;
  // Without the array that Object.keys would make: what JSON.parse has made inherits nothing that could be listed.
  for (const key in value) {
    count++;
    if ((key.length === 9 || key.length === 11) && forbidden.has(key)) refuse(`the key "${key}"`);
    const member = (value as Record<string, unknown>)[key];
    if (typeof member === "object" && member !== null) inspect(member, depth - 1, tally);
  }
  if (count > tally.keysOfOne) refuse("more keys in one object");
  tally.keys += count;
  if ((tally.entries -= count) < 0) refuse("more keys");
}

/**
 * Whether the text could have more keys than were counted. Every key is followed by a colon that stands behind a quote
 * or whitespace; few other colons do. Hopping from one to the next costs half of a scan.
 */
function mayHaveMoreKeys(text: string, keys: number): boolean {
  let seen = 0;
  for (let at = text.indexOf(":"); at !== -1; at = text.indexOf(":", at + 1)) {
    const before = text.charCodeAt(at - 1);
    if ((before === quote || before <= space) && ++seen > keys) return true;
  }
  return false;
}

/** The keys in a text that is known to be JSON: its colons outside of strings. */
function countKeys(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === colon) count++;
    else if (code === quote) {
      for (at++; text.charCodeAt(at) !== quote; at++) if (text.charCodeAt(at) === backslash) at++;
    }
  }
  return count;
}

function refuse(found: string): never {
  throw new BadRequestError("The JSON text is refused.", {
    code: "LMP_BODY_JSON_REFUSED",
    expected: "few levels, keys and elements, no key twice, and none that names a prototype",
    found,
    fix: "Send a flatter or smaller value, each key once.",
  });
}
