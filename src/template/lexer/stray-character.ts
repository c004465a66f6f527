/** What to say about a character that no token begins with: mostly an operator of another language. */
import type { Source } from "../source.ts";
import type { TemplateError } from "../template-error.ts";
import { syntaxError } from "./syntax-error.ts";

interface Slip {
  /** As it is written in the template. */
  readonly written: string;
  readonly sentence: string;
  readonly fix: string;
}

const slips: readonly Slip[] = [
  entity("&amp;&amp;", "and"),
  entity("&amp;", "and"),
  entity("&lt;", "<"),
  entity("&gt;", ">"),
  entity("&quot;", '"'),
  operator("&&", "and", "a and b"),
  operator("&", "and", "a and b"),
  operator("!", "not", "not a"),
  {
    written: "??",
    sentence: "`??` is not an operator here.",
    fix: "Write a default as `value | default(other)`.",
  },
  {
    written: "?.",
    sentence: "`?.` is not an operator here.",
    fix: "Write `a.b if a else none`.",
  },
  {
    written: "?",
    sentence: "`?` is not an operator here; a choice is written with `if` and `else`.",
    fix: "Write `this if condition else that`.",
  },
  ...["“", "”", "„", "‘", "’", "«", "»"].map((written) => ({
    written,
    sentence: `\`${written}\` is a typographic quote, which does not begin or end a string.`,
    fix: "Write a straight quote, `\"` or `'`.",
  })),
  {
    written: "`",
    sentence: "A string does not begin with a backtick.",
    fix: 'Write `"…"` and join texts with `~`: `"Hello " ~ name`.',
  },
  {
    written: "#",
    sentence: "`#` does not begin a comment inside a tag.",
    fix: "Put the comment before or behind the tag: `{# … #}`.",
  },
  operator("^", "**", "a ** b"),
  {
    written: "$",
    sentence: "`$` cannot stand in a name.",
    fix: "Write names with letters, digits and `_`.",
  },
  {
    written: "\\",
    sentence: "A backslash can stand in strings only.",
    fix: "Put the text in quotes, or leave the backslash out.",
  },
];

/** Editors for HTML write operators as character references. */
function entity(written: string, instead: string): Slip {
  return {
    written,
    sentence: `\`${written}\` is a character reference of HTML; write \`${instead}\`.`,
    fix: "Write tags in the source of the page, where nothing is escaped.",
  };
}

function operator(written: string, instead: string, example: string): Slip {
  return {
    written,
    sentence: `\`${written}\` is not an operator here; write \`${instead}\`.`,
    fix: `Write \`${example}\`.`,
  };
}

export function strayCharacter(source: Source, at: number): TemplateError {
  const slip = slips.find(({ written }) => source.text.startsWith(written, at));
  if (slip !== undefined)
    return syntaxError(source, at, slip.sentence, { found: slip.written, fix: slip.fix });
  const character = String.fromCodePoint(source.text.codePointAt(at) ?? 0);
  const shown = /[\p{C}\p{Z}]/u.test(character)
    ? `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`
    : character;
  return syntaxError(source, at, `\`${shown}\` means nothing inside a tag.`, {
    expected: "a name, a literal or an operator",
    found: shown,
    fix: "Remove it, or put it in quotes if it belongs to a text.",
  });
}
