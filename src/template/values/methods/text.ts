/** Methods of texts: JavaScript's names here, Python's in `python-text.ts`. */
import { integer, integerOr } from "../integer.ts";
import { checkLength } from "../limits.ts";
import { type Members, type Method, textArgument } from "./members.ts";
import { pythonText, readingText, replaceText, split } from "./python-text.ts";

const part = (value: unknown): string => textArgument(value, "What is looked for");
const locale = (value: unknown): string | undefined =>
  value === undefined ? undefined : textArgument(value, "A locale");

function padding(pad: "padStart" | "padEnd"): Method<string> {
  return (text, width, fill) => {
    const wide = integer(width, "The width");
    checkLength(wide);
    return text[pad](wide, fill === undefined ? " " : textArgument(fill, "What is padded with"));
  };
}

function repeat(text: string, times: unknown): string {
  const count = integer(times, "The count");
  checkLength(text.length * count);
  return text.repeat(Math.max(0, count));
}

const javascriptText: Readonly<Record<string, Method<string>>> = {
  at: (text, index) => text.at(integer(index, "An index")),
  charAt: (text, index) => text.charAt(integerOr(index, 0, "An index")),
  charCodeAt: (text, index) => text.charCodeAt(integerOr(index, 0, "An index")),
  codePointAt: (text, index) => text.codePointAt(integerOr(index, 0, "An index")),
  endsWith: (text, end) => text.endsWith(part(end)),
  includes: (text, value) => text.includes(part(value)),
  indexOf: (text, value, from) => text.indexOf(part(value), integerOr(from, 0, "The start")),
  lastIndexOf: (text, value) => text.lastIndexOf(part(value)),
  localeCompare: (text, other, locales) => text.localeCompare(part(other), locale(locales)),
  normalize: (text, form) => text.normalize(form === undefined ? "NFC" : textArgument(form, "A form")),
  padEnd: padding("padEnd"),
  padStart: padding("padStart"),
  repeat,
  replaceAll: (text, old, fresh) => replaceText(text, old, fresh),
  slice: (text, start, end) =>
    text.slice(integerOr(start, 0, "The start"), integerOr(end, text.length, "The end")),
  split,
  startsWith: (text, start) => text.startsWith(part(start)),
  substring: (text, start, end) =>
    text.substring(integerOr(start, 0, "The start"), integerOr(end, text.length, "The end")),
  toLocaleLowerCase: (text, locales) => text.toLocaleLowerCase(locale(locales)),
  toLocaleUpperCase: (text, locales) => text.toLocaleUpperCase(locale(locales)),
  toLowerCase: (text) => text.toLowerCase(),
  toString: (text: string) => text,
  toUpperCase: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
  trimEnd: (text) => text.trimEnd(),
  trimStart: (text) => text.trimStart(),
};

export const textMembers: Members<string> = {
  properties: { length: (text) => text.length },
  methods: { ...pythonText, ...javascriptText },
  mutating: {},
  reading: readingText,
};
