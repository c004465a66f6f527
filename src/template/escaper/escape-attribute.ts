/** Values as attribute values: quoted, unquoted, and what was escaped for the language inside. */
import { escapeText, textOf } from "./escape-text.ts";
import type { Escape } from "./placed.ts";

/** Escapes text for a quoted attribute value. */
export const escapeAttribute = escapeText;

/** Any value in a quoted attribute value. */
export function quotedAttribute(value: unknown): string {
  return escapeText(textOf(value));
}

/** Every character that could end an unquoted value, or that old browsers took for a quote, is a reference. */
function escapeUnquoted(text: string): string {
  return text.replace(/[\0\t\n\v\f\r "'`=<>&]/g, (character) =>
    character === "\0" ? "&#xFFFD;" : `&#${character.charCodeAt(0)};`,
  );
}

/** Wrapped escapes are kept, so that the same place has the same function. */
const quoted = new Map<Escape, Escape>();
const unquoted = new Map<Escape, Escape>();
const whole = new Map<Escape, Escape>();

/** What an escape gives, made fit for a quoted attribute value. */
export function inQuotes(inner: Escape): Escape {
  if (inner === textOf) return quotedAttribute;
  return wrapped(quoted, inner, (value) => escapeText(inner(value)));
}

/** What an escape gives, made fit for an unquoted attribute value. */
export function withoutQuotes(inner: Escape): Escape {
  return wrapped(unquoted, inner, (value) => escapeUnquoted(inner(value)));
}

/** The same for a value that is the whole attribute value, which must not be missing. */
export function wholeWithoutQuotes(inner: Escape): Escape {
  return wrapped(whole, inner, (value) => escapeUnquoted(inner(value)) || '""');
}

function wrapped(known: Map<Escape, Escape>, inner: Escape, made: Escape): Escape {
  const before = known.get(inner);
  if (before !== undefined) return before;
  known.set(inner, made);
  return made;
}
