/** Values as values of CSS properties, text inside strings of CSS, and URLs in `url()`. */

import { textOf } from "./escape-text.ts";
import { normalizeUrl } from "./escape-url.ts";
import type { Escape } from "./placed.ts";

/** What stands where a value was taken away: no property knows it, so the declaration does nothing. */
export const BLOCKED_STYLE = "limpid-blocked";

const number = /^[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(?:e[+-]?\d{1,3})?(?:%|[a-z]{0,6})$/i;
const identifier = /^-{0,2}[a-z_][a-z0-9_-]*$/i;
const colour = /^#[0-9a-f]{3,8}$/i;
/** Functions that can only make a colour, a number or the value of a custom property. */
const functions = new Set("rgb rgba hsl hsla hwb lab lch oklab oklch var calc min max clamp".split(" "));
/** Words that some browser ran code for, whatever stood behind them. */
const dangerous = /expression|javascript|vbscript|binding|behaviou?r|url|import/i;

const LONGEST = 1000;

/** A value of a property: numbers, words, colours and lists of them; anything else is blocked. */
export function styleValue(value: unknown): string {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  const text = textOf(value);
  return text === "" || isStyleValue(text) ? text : BLOCKED_STYLE;
}

function isStyleValue(text: string): boolean {
  if (text.length > LONGEST || !/^[a-z0-9#+.%_,()/ -]+$/i.test(text)) return false;
  let depth = 0;
  // Tokens stand between delimiters; a slash stands between two tokens, so that it is never a part of `/*`.
  let behindSlash = true;
  for (const token of text.match(/[a-z0-9#+.%_-]+\(?|[,()/]| +/gi) ?? []) {
    if (token[0] === " ") continue;
    if (token === "(") return false;
    if (token === ")") {
      if (depth-- === 0 || behindSlash) return false;
    } else if (token === "/") {
      if (behindSlash) return false;
      behindSlash = true;
      continue;
    } else if (token === ",") {
      if (behindSlash) return false;
      continue;
    } else if (token.endsWith("(")) {
      if (!functions.has(token.slice(0, -1).toLowerCase())) return false;
      depth++;
    } else if (!isToken(token, depth)) return false;
    behindSlash = false;
  }
  return depth === 0 && !behindSlash;
}

function isToken(token: string, depth: number): boolean {
  if (number.test(token) || colour.test(token)) return true;
  if (depth > 0 && (token === "+" || token === "-")) return true;
  return identifier.test(token) && !dangerous.test(token);
}

/** Text in a string of CSS: everything but letters, digits and plain punctuation as a hexadecimal escape. */
export function styleString(value: unknown): string {
  return textOf(value)
    .replaceAll("\0", "\ufffd")
    .replace(/[^A-Za-z0-9 _.,:!?#%|=\u00a1-\ufefe\uff00-\uffff-]/g, (character) => {
      return `\\${character.charCodeAt(0).toString(16)} `;
    });
}

const known = new Map<Escape, Escape>();

/** A URL in `url()`, with or without quotes: what could end either is percent-encoded. */
export function styleUrl(inner: Escape): Escape {
  let made = known.get(inner);
  if (made === undefined) {
    made = (value) =>
      normalizeUrl(inner(value)).replace(
        /['()]/g,
        (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
      );
    known.set(inner, made);
  }
  return made;
}
