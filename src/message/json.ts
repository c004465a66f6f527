/** JSON from outside: strict UTF-8, bounded depth and size, and no key that could reach a prototype. */
import { BadRequestError } from "../errors/index.ts";
import { decodeUtf8 } from "./charset.ts";

/** Bounds on the shape of a JSON text from outside. */
export interface JsonLimits {
  /** Arrays and objects inside one another. Default 32. */
  depth: number;
  /** Keys and elements in all. Default 10,000. */
  entries: number;
}

const defaults: JsonLimits = { depth: 32, entries: 10_000 };
const forbidden = new Set(["__proto__", "constructor", "prototype"]);

/** Parses a JSON text (RFC 8259). Throws `LMP_BODY_JSON_INVALID` or `LMP_BODY_JSON_REFUSED` with status 400. */
export function parseJson(bytes: Uint8Array, limits: JsonLimits = defaults): unknown {
  const text = decodeUtf8(bytes);
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
  inspect(value, limits.depth, { entries: limits.entries });
  return value;
}

/** Walks the value once; `left` counts down over the whole of it. */
function inspect(value: unknown, depth: number, left: { entries: number }): void {
  if (typeof value !== "object" || value === null) return;
  if (depth === 0) refuse("nested too deeply");
  if (Array.isArray(value)) {
    left.entries -= value.length;
    if (left.entries < 0) refuse("too many elements");
    for (const element of value) inspect(element, depth - 1, left);
    return;
  }
  for (const key of Object.keys(value)) {
    if (--left.entries < 0) refuse("too many keys");
    if (forbidden.has(key)) refuse(`the key "${key}"`);
    inspect((value as Record<string, unknown>)[key], depth - 1, left);
  }
}

function refuse(found: string): never {
  throw new BadRequestError("The JSON text is refused.", {
    code: "LMP_BODY_JSON_REFUSED",
    expected: `at most ${defaults.depth} levels, ${defaults.entries} keys and elements, and no key that names a prototype`,
    found,
    fix: "Send a flatter or smaller value.",
  });
}
