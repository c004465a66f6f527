/** The filter that gives values to scripts. */
import { Html } from "../../message/index.ts";
import { TemplateError } from "../template-error.ts";
import { JsonMarkup } from "../values/json-markup.ts";
import { jsonText } from "../values/json-text.ts";
import { invalidValue } from "../values/kind.ts";
import { defineFilter } from "./define-filter.ts";
import { textOf } from "./text-of.ts";

/**
 * The value as JSON that may stand in a script and between the tags of a page: `< > & '` are written as `\u003c` and
 * so on. `indent` spaces, or the text `indent`, put every member on a line of its own.
 */
export const tojson = defineFilter("tojson(indent=none)", (value, given) => {
  const indent = given.get("indent");
  const margin = typeof indent === "string" ? indent : " ".repeat(given.integer("indent", 0, 0, 16));
  if (!/^[ \t]{0,16}$/.test(margin)) throw given.refused("indent", "up to 16 spaces or tabs");
  const json = jsonText(serializable(value), margin === "" ? " " : margin);
  return new JsonMarkup((margin === "" ? onOneLine(json) : json).replace(/[<>&'\u2028\u2029]/g, escaped));
});

/** What can be written as JSON, at the top; inside of objects, what cannot is left out. */
function serializable(value: unknown): unknown {
  if (value instanceof Html) return textOf(value);
  if (value instanceof Promise) {
    throw new TemplateError("LMP_TEMPLATE_ASYNC", "A value that is still to come is written as JSON.", {
      found: "a promise",
      fix: "Render with renderAsync or renderStream, or await the value before rendering.",
    });
  }
  if (typeof value === "function" || typeof value === "symbol") {
    throw invalidValue(
      value,
      "This value cannot be written as JSON.",
      "a text, a number, a list or an object",
    );
  }
  return value;
}

/** `{"a": 1, "b": 2}`: line ends stand between members only, for inside of a text they are written as `\n`. */
function onOneLine(json: string): string {
  return json.replace(/,\n */g, ", ").replace(/\n */g, "");
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
