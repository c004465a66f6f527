/** What may stand in a tag outside of values: names that are constants, `xmlattr`, and calls of macros. */

import { Html } from "../../message/index.ts";
import type * as node from "../nodes.ts";
import type { Context } from "./context.ts";
import { Cursor } from "./cursor.ts";
import { animations } from "./elements.ts";
import { withFact } from "./facts.ts";
import { join, settled, unsureSpot } from "./join.ts";
import { type Escape, type Placed, refusal } from "./placed.ts";
import { readMarkup } from "./read-markup.ts";

export function placeInTag(cursor: Cursor, expression: node.Expression): Placed {
  const names = constantsOf(expression);
  if (names !== undefined && placeNames(cursor, names)) return { kind: "name", escape: nameOnly };
  const inName = cursor.state === "open" || (cursor.state === "name" && cursor.tail === "");
  if (!inName && expression.type === "Filter" && expression.name === "xmlattr") {
    placeAttributes(cursor);
    return { kind: "attributes", escape: attributesOnly };
  }
  // A call may be that of a macro; what the `html` tag is given may be markup that it fits to the place.
  if (!inName && (expression.type === "Call" || expression.type === "Captured")) {
    moveTo(cursor, unsureSpot(cursor.context));
    return { kind: "call", escape: nothing };
  }
  if (cursor.state === "open" || cursor.state === "tag name") {
    throw refusal("as the name of a tag", "Write the tag as text: {% if %} chooses among several.");
  }
  throw refusal(
    "in a tag outside of an attribute's value",
    'Write the attribute as text, `class="{{ … }}"`; {% if %} leaves it out, and `xmlattr` writes several.',
  );
}

/** The names that an expression can be, where all of them are written in it. */
export function constantsOf(expression: node.Expression): string[] | undefined {
  if (expression.type === "Literal") {
    const { value } = expression;
    return typeof value === "string" && /^(?:[A-Za-z][A-Za-z0-9-]*)?$/.test(value) ? [value] : undefined;
  }
  if (expression.type !== "Conditional") return undefined;
  const then = constantsOf(expression.then);
  const otherwise = expression.otherwise === undefined ? [""] : constantsOf(expression.otherwise);
  return then && otherwise && [...then, ...otherwise];
}

/** Reads each name as the text that it is; false where they do not lead to the same place. */
function placeNames(cursor: Cursor, names: readonly string[]): boolean {
  const before = cursor.context;
  let behind: Context | undefined;
  for (const name of names) {
    const way = new Cursor(before);
    readMarkup(way, name);
    const joined: Context | undefined = behind === undefined ? way.context : join(behind, way.context);
    if (joined === undefined) return false;
    behind = joined;
  }
  if (behind === undefined || behind.situation.state === "open") return false;
  moveTo(cursor, behind);
  return true;
}

/** `xmlattr` gives nothing or a blank and whole, quoted attributes, of any names. */
function placeAttributes(cursor: Cursor): void {
  const before = settled(cursor.context);
  moveTo(cursor, before);
  if (cursor.element === "script") cursor.facts = withFact(cursor.facts, "type", "?");
  // The names decide what the values do, and nobody knows the names.
  if (cursor.element !== "meta" && !animations.has(cursor.element)) return;
  throw refusal(
    "as the attributes of an element that can lead to an address",
    "Write the attributes as text.",
  );
}

/** Moves a cursor in a tag, keeping what it noted of the text. */
function moveTo(cursor: Cursor, context: Context): void {
  Object.assign(cursor, context.situation, { inner: context.situation.inner?.copy() });
}

const nameOnly: Escape = (value) => {
  if (value === undefined || value === null || value === "") return "";
  if (typeof value === "string" && /^[A-Za-z][A-Za-z0-9-]*$/.test(value)) return value;
  throw refusal("as a name in a tag", "Write the name as text.");
};

const attributesOnly: Escape = (value) => {
  if (value instanceof Html) return String(value);
  if (value === undefined || value === "") return "";
  throw refusal("in a tag outside of an attribute's value", "Use the filter `xmlattr`.");
};

const nothing: Escape = () => {
  throw refusal(
    "in a tag outside of an attribute's value, unless it is the output of a macro",
    'Write the attribute as text, `class="{{ … }}"`, or use the filter `xmlattr`.',
  );
};
