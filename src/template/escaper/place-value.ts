/** What a value becomes where a cursor stands; the cursor stands behind it afterwards. */
import type * as node from "../nodes.ts";
import { animatedValue } from "./animated.ts";
import { beginValue, cutReference, flushReference } from "./attribute-value.ts";
import { commentText } from "./comment.ts";
import { type Cursor, isBlank } from "./cursor.ts";
import { inQuotes, wholeWithoutQuotes, withoutQuotes } from "./escape-attribute.ts";
import { elementText, plainText, textOf } from "./escape-text.ts";
import { factOf, withFact } from "./facts.ts";
import { foreignCode } from "./foreign.ts";
import { placeInTag } from "./place-in-tag.ts";
import { type Placed, refusal } from "./placed.ts";
import { ScriptReader } from "./script.ts";
import { endAttribute } from "./tag.ts";
import { UrlReader } from "./url.ts";

const text: Placed = { kind: "text", escape: elementText };
const rcdata: Placed = { kind: "rcdata", escape: plainText };
const comment: Placed = { kind: "comment", escape: commentText };

/** `next` is the literal character behind the value, or "" where that is not known. */
export function placeValue(cursor: Cursor, expression: node.Expression, next: string): Placed {
  // A call may be that of a macro, which writes text as well as values.
  const behind = expression.type === "Call" ? cursor.inner?.behindPart() : undefined;
  const placed = placeByState(cursor, expression, next);
  if (behind !== undefined && cursor.inner !== undefined) cursor.inner = behind;
  return placed;
}

function placeByState(cursor: Cursor, expression: node.Expression, next: string): Placed {
  switch (cursor.state) {
    case "text":
      return inText(cursor);
    case "raw":
      return inRaw(cursor, next);
    case "comment":
      return inComment(cursor);
    case "before value":
      beginValue(cursor, "");
      return inUnquoted(cursor, next);
    case "value":
      return cursor.quote === "" ? inUnquoted(cursor, next) : inQuoted(cursor, next);
    case "bogus comment":
    case "declaration":
    case "doctype":
      throw refusal(
        "in a declaration or processing instruction",
        "Write it as text; {% if %} chooses among several.",
      );
    case "cdata":
      throw refusal("in a CDATA section", "Leave `<![CDATA[` and `]]>` out: values are escaped.");
    case "plaintext":
      throw refusal("behind <plaintext>, which never ends", "Use <pre>.");
    default:
      return placeInTag(cursor, expression);
  }
}

function inText(cursor: Cursor): Placed {
  const code = foreignCode(cursor.foreign);
  if (code === undefined) return text;
  throw refusal(
    `in the <${code}> of SVG or MathML, where HTML and ${code === "script" ? "JavaScript" : "CSS"} mix`,
    `Put the <${code}> outside of the <svg>.`,
  );
}

function inComment(cursor: Cursor): Placed {
  if (cursor.tail !== "" && cursor.tail !== "start") {
    throw refusal("directly behind a dash in a comment", "Put a blank before it.");
  }
  cursor.tail = "";
  return comment;
}

function inRaw(cursor: Cursor, next: string): Placed {
  const { element, inner } = cursor;
  if (element === "title" || element === "textarea") {
    refuseTail(cursor, false);
    return rcdata;
  }
  if (inner === undefined) {
    throw element === "script"
      ? refusal(
          "in a <script> whose type is none of JavaScript and JSON, or is not known before rendering",
          'Use a <template> element for markup, or <script type="application/json"> for data.',
        )
      : refusal(`in <${element}>, whose content browsers do not show`, "Use another element.");
  }
  refuseTail(cursor, inner instanceof ScriptReader && inner.inCode);
  return inner.value(next);
}

/** Behind what may become an end tag, a value could complete it. In code a blank or a quote stands between. */
function refuseTail(cursor: Cursor, inCode: boolean): void {
  const { tail } = cursor;
  if ((tail.startsWith("<") && !(inCode && tail === "<")) || tail === "--") {
    throw refusal(`directly behind \`${tail}\` in <${cursor.element}>`, "Put a blank between them.");
  }
  cursor.tail = "";
}

function inQuoted(cursor: Cursor, next: string): Placed {
  const placed = inAttribute(cursor, next);
  return { kind: placed.kind, escape: inQuotes(placed.escape) };
}

/**
 * An unquoted value must not be empty, or what follows would be the value: a value that is alone is then `""`. Where
 * text follows, that text is the value.
 */
function inUnquoted(cursor: Cursor, next: string): Placed {
  const { empty } = cursor;
  const placed = inAttribute(cursor, next);
  const { kind } = placed;
  if (!empty) return { kind, escape: withoutQuotes(placed.escape) };
  if (next === '"' || next === "'") {
    throw refusal(
      "before a quote in an attribute value that does not begin with one",
      "Put quotes around all of it.",
    );
  }
  if (next !== "" && next !== ">" && !isBlank(next)) return { kind, escape: withoutQuotes(placed.escape) };
  endAttribute(cursor);
  cursor.state = "unsure";
  return { kind, escape: wholeWithoutQuotes(placed.escape) };
}

/** What a value is inside of an attribute, before it is made fit for the quotes. */
function inAttribute(cursor: Cursor, next: string): Placed {
  switch (cursor.attribute) {
    case "unknown":
      throw refusal(
        "in an attribute that is another one in each branch",
        "Write the whole attribute, with its value, in each branch.",
      );
    case "fact":
      return inFact(cursor);
    case "content":
      return inContent(cursor);
    case "animated":
      return { kind: "attribute", escape: animatedValue };
  }
  if (cursor.inner === undefined) return { kind: "attribute", escape: textOf };
  const inQuery = cursor.inner instanceof UrlReader && cursor.inner.inQuery;
  // Behind a lone `&`, a value could be the name of a reference: `apos;`.
  if (cursor.tail !== "" && !inQuery) throw cutReference();
  flushReference(cursor, next);
  return cursor.inner.value(next);
}

function inFact(cursor: Cursor): Placed {
  if (cursor.element === "meta") {
    throw refusal(
      "in the `http-equiv` of <meta>, which decides what `content` does",
      "Write it as text, or set the header field of the response.",
    );
  }
  cursor.literal = undefined;
  return { kind: "attribute", escape: textOf };
}

/** A refresh leads to a URL in the middle of the text, in a syntax with many ways around every filter. */
function inContent(cursor: Cursor): Placed {
  const meaning = factOf(cursor.facts, "http-equiv");
  if (meaning === "refresh" || meaning === "?") {
    throw refusal('in the `content` of <meta http-equiv="refresh">', "Redirect with a response.");
  }
  cursor.facts = withFact(cursor.facts, "content", "?");
  return { kind: "attribute", escape: textOf };
}
