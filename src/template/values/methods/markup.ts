/** Methods of markup: those of texts. What only adds escaped text gives markup again, everything else a plain text. */
import type { Html } from "../../../message/index.ts";
import { braceFormat } from "../brace-format.ts";
import { toArray } from "../iterate.ts";
import { checkLength } from "../limits.ts";
import { escapedText, markupOf, trusted } from "../markup.ts";
import { NamedArguments } from "../named-arguments.ts";
import { printed } from "../print.ts";
import type { Members, Method, Reading } from "./members.ts";
import { replaceText } from "./python-text.ts";
import { textMembers } from "./text.ts";

/** The method of a text on the text of markup; markup goes in, a plain text comes out. */
function ofText(name: string): Method<Html> {
  return (html, ...values) => textMembers.methods[name]?.(String(html), ...values);
}

/** Taking whitespace off the ends leaves markup what it is; taking other characters off might not. */
function stripping(name: string): Method<Html> {
  const plain = ofText(name);
  return (html, ...values) => {
    if (values.length > 0) return plain(html, ...values);
    const text = textMembers.methods[name]?.(markupOf(html));
    return typeof text === "string" ? trusted(text) : text;
  };
}

function format(html: Html, read: Reading, ...values: unknown[]): unknown {
  const named = values.at(-1) instanceof NamedArguments ? values.pop() : undefined;
  return braceFormat(html, values, named, read);
}

function join(html: Html, items: unknown): Html {
  const parts = toArray(items).map((item) => escapedText(printed(item)));
  const between = markupOf(html);
  checkLength(parts.reduce((length, item) => length + item.length, between.length * parts.length));
  return trusted(parts.join(between));
}

function replace(html: Html, old: unknown, fresh: unknown, count?: unknown): Html {
  return trusted(replaceText(markupOf(html), old, escapedText(printed(fresh)), count));
}

const own: Readonly<Record<string, Method<Html>>> = {
  join,
  lstrip: stripping("lstrip"),
  replace,
  replaceAll: (html, old, fresh) => replace(html, old, fresh),
  rstrip: stripping("rstrip"),
  strip: stripping("strip"),
  trim: stripping("trim"),
  trimEnd: stripping("trimEnd"),
  trimStart: stripping("trimStart"),
};

export const markupMembers: Members<Html> = {
  properties: { length: (html) => String(html).length },
  methods: {
    ...Object.fromEntries(Object.keys(textMembers.methods).map((name) => [name, ofText(name)])),
    ...own,
  },
  mutating: {},
  reading: { format, format_map: (html, read, values) => braceFormat(html, [], values, read) },
};
