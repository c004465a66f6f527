/** Follows tags: names, attributes up to their values, and what stands behind the tag (HTML §13.2.5.8 and .32 to .40). */
import { attributeKind } from "./attribute-kind.ts";
import { type Cursor, isBlank } from "./cursor.ts";
import { elementOf, rawTextElements, rcdataElements } from "./elements.ts";
import { factFrom, factOf, scriptContent, withFact } from "./facts.ts";
import { afterEnd, afterStart, isForeign } from "./foreign.ts";
import { JsonReader } from "./json-script.ts";
import { unsafe } from "./placed.ts";
import { ScriptReader } from "./script.ts";
import { StyleReader } from "./style.ts";

const LONGEST_NAME = 100;

export function readTagName(cursor: Cursor, text: string, index: number): number {
  let end = index;
  while (end < text.length && !isNameEnd(text[end])) end++;
  cursor.tail = (cursor.tail + text.slice(index, end)).toLowerCase().slice(0, LONGEST_NAME);
  if (end < text.length) endTagName(cursor);
  return end;
}

/** The name is complete: from here on only what it means is kept. */
export function endTagName(cursor: Cursor): void {
  cursor.element = elementOf(cursor.tail, cursor.foreign);
  cursor.tail = "";
  cursor.state = "spot";
}

function isNameEnd(character: string | undefined): boolean {
  return character === ">" || character === "/" || isBlank(character);
}

/** In a tag, outside of values. */
export function readTag(cursor: Cursor, text: string, index: number): number {
  const character = text[index] ?? "";
  if (character === ">") {
    endTag(cursor, index);
    return index + 1;
  }
  if (character === "/") {
    endAttribute(cursor);
    cursor.state = "slash";
    cursor.slash = index;
    return index + 1;
  }
  if (isBlank(character)) {
    if (cursor.state === "name") cursor.state = "after name";
    else if (cursor.state === "slash") cursor.state = "spot";
    else if (cursor.state === "unsure") cursor.state = "unsure blank";
    return index + 1;
  }
  if (character === "=" && (cursor.state === "name" || cursor.state === "after name")) {
    cursor.attribute = attributeKind(cursor.element, cursor.tail);
    if (cursor.attribute !== "fact") cursor.tail = "";
    cursor.state = "before value";
    return index + 1;
  }
  return cursor.state === "name" ? readName(cursor, text, index) : beginName(cursor, character, index);
}

function readName(cursor: Cursor, text: string, index: number): number {
  let end = index;
  while (end < text.length && !isNameEnd(text[end]) && text[end] !== "=") end++;
  const name = (cursor.tail + text.slice(index, end)).toLowerCase();
  // A name that conditions decide stays unknown.
  cursor.tail = cursor.tail === "\0" ? "\0" : name.slice(0, LONGEST_NAME);
  return end;
}

/** The first character of a name may be a `=` too. */
function beginName(cursor: Cursor, character: string, index: number): number {
  if (cursor.state === "unsure" || (cursor.state === "unsure blank" && character === "=")) {
    throw unsafe(
      "What follows a condition or a value in a tag belongs to an attribute in one case, and begins one in another.",
      "Put a blank before it.",
    );
  }
  endAttribute(cursor);
  cursor.state = "name";
  cursor.tail = character.toLowerCase();
  return index + 1;
}

/** Behind an attribute, with or without a value: it may say what the element is. */
export function endAttribute(cursor: Cursor): void {
  const named = cursor.state === "name" || cursor.state === "after name";
  if (named && attributeKind(cursor.element, cursor.tail) === "fact") addFact(cursor, "");
  else if (cursor.attribute === "fact") addFact(cursor, cursor.literal);
  cursor.tail = "";
  cursor.state = "spot";
  cursor.inner = undefined;
  cursor.leaveValue();
}

function addFact(cursor: Cursor, value: string | undefined): void {
  if (cursor.closing) return;
  cursor.facts = withFact(cursor.facts, cursor.tail, factFrom(cursor.element, cursor.tail, value));
  if (factOf(cursor.facts, "http-equiv") === "refresh" && factOf(cursor.facts, "content") !== undefined) {
    throw unsafe(
      'The value in `content` is the address that `http-equiv="refresh"` leads to.',
      "Redirect with a response, or write the address as text.",
    );
  }
}

/** Behind the `>` of a tag. */
export function endTag(cursor: Cursor, index: number): void {
  const selfClosing = cursor.state === "slash";
  endAttribute(cursor);
  const { element, closing, facts, foreign } = cursor;
  cursor.toText();
  if (closing) {
    cursor.foreign = afterEnd(foreign, element);
    return;
  }
  cursor.foreign = afterStart(foreign, element, selfClosing);
  const nonce = factOf(facts, "nonce");
  if ((element === "script" || element === "style") && nonce !== "own") {
    cursor.nonces.push(selfClosing ? (cursor.slash ?? index) : index);
  }
  if (!isForeign(foreign)) beginContent(cursor, element, facts);
}

/** What stands in an element of HTML. */
function beginContent(cursor: Cursor, element: string, facts: string): void {
  if (element === "plaintext") {
    cursor.state = "plaintext";
    cursor.element = element;
    return;
  }
  const isCode = element === "script" || element === "style";
  if (!isCode && !rcdataElements.has(element) && !rawTextElements.has(element)) return;
  cursor.state = "raw";
  cursor.element = element;
  if (element === "style") cursor.inner = new StyleReader(false);
  if (element !== "script") return;
  const content = scriptContent(facts);
  if (content === "code") cursor.inner = new ScriptReader();
  else if (content === "json") cursor.inner = new JsonReader();
}
