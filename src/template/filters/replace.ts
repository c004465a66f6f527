/** The filter that puts one text in place of another. */
import { Html, noncePlace } from "../../message/index.ts";
import { checkLength } from "../values/limits.ts";
import { escapedText, trusted } from "../values/markup.ts";
import { defineFilter } from "./define-filter.ts";

import { textOf } from "./text-of.ts";

/**
 * The text with `new` wherever `old` stands, or only the first `count` times. Where the text is markup, or one of the
 * two is, the others are escaped and the result is markup.
 */
export const replace = defineFilter("replace(old, new, count=none)", function (value, given) {
  const old = written(given.required("old", "a text"));
  const replacement = written(given.required("new", "a text"));
  const count =
    given.get("count") === undefined ? Infinity : given.integer("count", 0, -1, Number.MAX_SAFE_INTEGER);
  const times = count === -1 ? Infinity : count;
  const markup = this.escaping && [value, old, replacement].some((each) => each instanceof Html);
  if (!markup) return replaced(textOf(value), textOf(old), textOf(replacement), times);
  const sought = escapedText(old);
  // Between any two characters also means inside a tag.
  if (sought === "") throw given.refused("old", "a text that is not empty, in markup");
  return trusted(replacedMarkup(escapedText(written(value)), sought, escapedText(replacement), times));
});

function written(value: unknown): string | Html {
  return value instanceof Html ? value : textOf(value);
}

/** The places of the nonce stay whole: they are no text, whatever letters they are made of. */
function replacedMarkup(markup: string, old: string, replacement: string, times: number): string {
  let left = times;
  const pieces = markup.split(noncePlace).map((piece) => {
    const done = replaced(piece, old, replacement, left);
    left = Math.max(0, left - (piece.split(old).length - 1));
    return done;
  });
  return pieces.join(noncePlace);
}

function replaced(text: string, old: string, replacement: string, times: number): string {
  // An empty text is found in front of every character and at the end.
  const parts = old === "" ? ["", ...text, ""] : text.split(old);
  const joints = Math.min(parts.length - 1, times);
  checkLength(joints * (replacement.length - old.length));
  if (joints === parts.length - 1) return parts.join(replacement);
  const rest = parts.slice(joints).join(old);
  return joints === 0 ? rest : parts.slice(0, joints).join(replacement) + replacement + rest;
}
