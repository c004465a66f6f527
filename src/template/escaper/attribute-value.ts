/** Follows attribute values (HTML §13.2.5.35 to .38), with their character references decoded for what reads them. */
import { decodeReference, LONGEST_REFERENCE } from "./character-reference.ts";
import { type Cursor, isBlank } from "./cursor.ts";
import { unsafe } from "./placed.ts";
import type { Reader } from "./reader.ts";
import { ScriptReader } from "./script.ts";
import { SrcdocReader } from "./srcdoc.ts";
import { SrcsetReader } from "./srcset.ts";
import { StyleReader } from "./style.ts";
import { endAttribute, endTag } from "./tag.ts";
import { UrlReader } from "./url.ts";

export function readBeforeValue(cursor: Cursor, text: string, index: number): number {
  const character = text[index] ?? "";
  if (isBlank(character)) return index + 1;
  if (character === ">") {
    endTag(cursor, index);
    return index + 1;
  }
  const quoted = character === '"' || character === "'";
  beginValue(cursor, quoted ? character : "");
  return quoted ? index + 1 : index;
}

/** At the first character of a value; `quote` is "" for an unquoted one. */
export function beginValue(cursor: Cursor, quote: string): void {
  cursor.state = "value";
  cursor.quote = quote;
  cursor.empty = quote === "";
  cursor.literal = "";
  cursor.inner = readerOf(cursor);
  // A fact keeps the name of its attribute in the tail, so its value is read as plain text.
}

function readerOf({ attribute, closing }: Cursor): Reader | undefined {
  if (closing) return undefined;
  switch (attribute) {
    case "link":
    case "resource":
    case "picture":
      return new UrlReader(attribute);
    case "srcset":
      return new SrcsetReader();
    case "script":
      return new ScriptReader();
    case "style":
      return new StyleReader(true);
    case "srcdoc":
      return new SrcdocReader();
    default:
      return undefined;
  }
}

export function readValue(cursor: Cursor, text: string, index: number): number {
  const end = endOfValue(text, index, cursor.quote);
  if (end > index) {
    cursor.empty = false;
    if (cursor.attribute === "fact") cursor.literal = decoded(cursor, text.slice(index, end));
    else if (cursor.inner !== undefined) readInner(cursor, cursor.inner, text, index, end);
  }
  if (end === text.length) return end;
  flushReference(cursor, text[end] ?? "");
  if (cursor.quote === "") {
    endAttribute(cursor);
    return end;
  }
  endAttribute(cursor);
  return end + 1;
}

function endOfValue(text: string, index: number, quote: string): number {
  if (quote !== "") {
    const end = text.indexOf(quote, index);
    return end < 0 ? text.length : end;
  }
  let end = index;
  while (end < text.length && text[end] !== ">" && !isBlank(text[end])) end++;
  return end;
}

/** The text that becomes a fact: a type or the like, short and hardly ever cut. */
function decoded(cursor: Cursor, text: string): string | undefined {
  if (cursor.literal === undefined) return undefined;
  const whole = text.replace(/&(#?[A-Za-z0-9]+)(;?)/g, (_all, name: string, end: string) =>
    decodeReference(`&${name}`, end),
  );
  return (cursor.literal + whole).slice(0, 100);
}

function readInner(cursor: Cursor, inner: Reader, text: string, index: number, end: number): void {
  for (let at = index; at < end; at++) {
    const character = text[at] ?? "";
    cursor.offset = at;
    if (cursor.tail !== "") {
      if (cursor.tail.length < LONGEST_REFERENCE && /[A-Za-z0-9#]/.test(character)) {
        cursor.tail += character;
        continue;
      }
      const semicolon = character === ";";
      flushReference(cursor, character);
      if (semicolon) continue;
    }
    if (character === "&") cursor.tail = "&";
    else inner.read(character);
  }
}

/** Hands on what was kept because it may be a character reference. */
export function flushReference(cursor: Cursor, end: string): void {
  if (cursor.attribute === "fact" || cursor.inner === undefined || cursor.tail === "") return;
  const reference = cursor.tail;
  cursor.tail = "";
  for (const character of decodeReference(reference, end)) cursor.inner.read(character);
}

/** A reference that a value would complete could become any character. */
export function cutReference(): Error {
  return unsafe(
    "A value stands inside of a character reference.",
    "Write `&amp;` for `&`, or the whole reference as text.",
  );
}
