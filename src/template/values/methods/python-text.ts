/** Methods of texts by the names of Python's `str`. */
import { TemplateError } from "../../template-error.ts";
import { braceFormat } from "../brace-format.ts";
import { withParameters } from "../call.ts";
import { integer, integerOr } from "../integer.ts";
import { toArray } from "../iterate.ts";
import { checkLength } from "../limits.ts";
import { NamedArguments } from "../named-arguments.ts";
import { print } from "../print.ts";
import { invalidArgument, type Method, type Reading, type ReadingMethod, textArgument } from "./members.ts";
import { capitalize, expandTabs, lines, strip, swapCase, titleCase, words } from "./text-shapes.ts";

const part = (value: unknown): string => textArgument(value, "What is looked for");
const absent = (value: unknown): value is undefined | null => value === undefined || value === null;
const within = (text: string, start: unknown, end: unknown): string =>
  text.slice(integerOr(start, 0, "The start"), integerOr(end, text.length, "The end"));

/** Python's split: at whitespace without a separator; what is behind `most` splits stays together. */
export const split: Method<string> = withParameters(["sep", "maxsplit"], splitText);

function splitText(text: string, separator?: unknown, most?: unknown): string[] {
  const limit = integerOr(most, -1, "The number of splits");
  if (absent(separator)) return words(text, limit);
  const between = textArgument(separator, "A separator");
  if (between === "") return [...text];
  const parts = text.split(between);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  return [...parts.slice(0, limit), parts.slice(limit).join(between)];
}

function splitFromEnd(text: string, separator?: unknown, most?: unknown): string[] {
  const limit = integerOr(most, -1, "The number of splits");
  if (limit < 0) return splitText(text, separator);
  const turn = (value: string): string => [...value].reverse().join("");
  const between = absent(separator) ? separator : turn(textArgument(separator, "A separator"));
  return splitText(turn(text), between, limit).map(turn).reverse();
}

function affix(test: "startsWith" | "endsWith"): Method<string> {
  return (text, value, start, end) => {
    const cut = within(text, start, end);
    const choices = Array.isArray(value) ? value : [value];
    return choices.some((choice) => cut[test](part(choice)));
  };
}

function justified(side: "left" | "right" | "both"): Method<string> {
  return (text, width, fill) => {
    const wide = integer(width, "The width");
    checkLength(wide);
    const filler = fill === undefined ? " " : textArgument(fill, "What is padded with");
    if (filler.length !== 1)
      throw invalidArgument(fill, "What is padded with has to be one character.", "one character");
    if (side === "left") return text.padEnd(wide, filler);
    if (side === "right") return text.padStart(wide, filler);
    const spare = Math.max(0, wide - text.length);
    // Python puts the odd character to the left where the width is odd.
    const left = Math.floor(spare / 2) + (spare & wide & 1);
    return text.padStart(text.length + left, filler).padEnd(wide, filler);
  };
}

function partition(text: string, value: unknown, last: boolean): string[] {
  const between = part(value);
  const at = last ? text.lastIndexOf(between) : text.indexOf(between);
  if (at === -1) return last ? ["", "", text] : [text, "", ""];
  return [text.slice(0, at), between, text.slice(at + between.length)];
}

function found(index: number): number {
  if (index !== -1) return index;
  throw new TemplateError("LMP_TEMPLATE_VALUE_INVALID", "The text does not hold what is looked for.", {
    fix: "Ask with `in` first, or use `find`, which gives -1.",
  });
}

function finding(last: boolean): (text: string, value: unknown, start?: unknown, end?: unknown) => number {
  return (text, value, start, end) => {
    const from = integerOr(start, 0, "The start");
    const offset = from < 0 ? Math.max(0, text.length + from) : from;
    const cut = within(text, start, end);
    const at = last ? cut.lastIndexOf(part(value)) : cut.indexOf(part(value));
    return at === -1 ? -1 : at + offset;
  };
}

const find = finding(false);
const findLast = finding(true);

function matches(pattern: RegExp): Method<string> {
  return (text) => pattern.test(text);
}

/** Whether a text has letters with a case, all of the one. */
function cased(shape: (text: string) => string): Method<string> {
  return (text) => text === shape(text) && text.toLowerCase() !== text.toUpperCase();
}

/** Python's replace: all of them, or the first `count`. */
export function replaceText(text: string, old: unknown, fresh: unknown, count?: unknown): string {
  const parts = text.split(part(old));
  const put = textArgument(fresh, "What is put in");
  const most = integerOr(count, -1, "The count");
  checkLength(text.length + put.length * (parts.length - 1));
  if (most < 0 || parts.length <= most + 1) return parts.join(put);
  return [parts.slice(0, most + 1).join(put), ...parts.slice(most + 1)].join(part(old));
}

function zeroFilled(text: string, width: unknown): string {
  const wide = integer(width, "The width");
  checkLength(wide);
  const sign = /^[+-]/.test(text) ? text.slice(0, 1) : "";
  return sign + text.slice(sign.length).padStart(wide - sign.length, "0");
}

function joined(text: string, items: unknown): string {
  const parts = toArray(items).map(print);
  checkLength(parts.reduce((length, item) => length + item.length, text.length * parts.length));
  return parts.join(text);
}

function format(text: string, read: Reading, ...values: unknown[]): unknown {
  const named = values.at(-1) instanceof NamedArguments ? values.pop() : undefined;
  return braceFormat(text, values, named, read);
}

/** Methods that reach into what they are given. */
export const readingText: Readonly<Record<string, ReadingMethod<string>>> = {
  format,
  format_map: (text, read, values) => braceFormat(text, [], values, read),
};

export const pythonText: Readonly<Record<string, Method<string>>> = {
  capitalize,
  casefold: (text) => text.toLowerCase(),
  center: justified("both"),
  count: (text, value) => (part(value) === "" ? text.length + 1 : text.split(part(value)).length - 1),
  endswith: affix("endsWith"),
  expandtabs: withParameters(["tabsize"], (text: string, size?: unknown) => expandTabs(text, size)),
  find,
  index: (text, value, start, end) => found(find(text, value, start, end)),
  isalnum: matches(/^[\p{L}\p{N}]+$/u),
  isalpha: matches(/^\p{L}+$/u),
  isascii: (text) => !/[^\0-\x7f]/.test(text),
  isdecimal: matches(/^\p{Nd}+$/u),
  isdigit: matches(/^\p{Nd}+$/u),
  islower: cased((text) => text.toLowerCase()),
  isnumeric: matches(/^\p{N}+$/u),
  isspace: matches(/^\s+$/),
  istitle: cased(titleCase),
  isupper: cased((text) => text.toUpperCase()),
  join: joined,
  ljust: justified("left"),
  lower: (text) => text.toLowerCase(),
  lstrip: (text, characters) => strip(text, characters, true, false),
  partition: (text, value) => partition(text, value, false),
  removeprefix: (text, value) => (text.startsWith(part(value)) ? text.slice(part(value).length) : text),
  removesuffix: (text, value) =>
    text.endsWith(part(value)) ? text.slice(0, text.length - part(value).length) : text,
  replace: withParameters(["old", "new", "count"], replaceText),
  rfind: findLast,
  rindex: (text, value, start, end) => found(findLast(text, value, start, end)),
  rjust: justified("right"),
  rpartition: (text, value) => partition(text, value, true),
  rsplit: withParameters(["sep", "maxsplit"], splitFromEnd),
  rstrip: (text, characters) => strip(text, characters, false, true),
  splitlines: withParameters(["keepends"], (text: string, keep?: unknown) => lines(text, keep === true)),
  startswith: affix("startsWith"),
  strip: (text, characters) => strip(text, characters, true, true),
  swapcase: swapCase,
  title: titleCase,
  upper: (text) => text.toUpperCase(),
  zfill: zeroFilled,
};
