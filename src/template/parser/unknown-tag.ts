/** The error about a tag that is not there, or that ends what is not open. */

import { nearest } from "../../errors/index.ts";
import { alternatives } from "../lexer/syntax-error.ts";
import type { OpenTag, Parsing } from "./parsing.ts";

/** Tags of other template languages. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ["assign", "set"],
  ["capture", "set"],
  ["case", "if"],
  ["component", "macro"],
  ["each", "for"],
  ["elseif", "elif"],
  ["elsif", "elif"],
  ["foreach", "for"],
  ["function", "macro"],
  ["layout", "extends"],
  ["let", "set"],
  ["partial", "include"],
  ["render", "include"],
  ["section", "block"],
  ["switch", "if"],
  ["unless", "if not"],
  ["var", "set"],
  ["verbatim", "raw"],
  ["while", "for"],
]);

/** The current token is the tag's name. */
export function unknownTag(parsing: Parsing, endings: readonly string[]): Error {
  const { value: name } = parsing.current;
  const open = parsing.open.at(-1);
  if (isEnding(parsing, name)) return misplacedEnding(parsing, open, endings);
  const meant = elsewhere.get(name) ?? nearest(name, candidates(parsing, endings));
  const question = meant === undefined ? "" : `; did you mean \`${meant}\`?`;
  const sentence = `There is no tag \`${name}\`${question === "" ? "." : question}`;
  return parsing.error(parsing.current.at, sentence, {
    expected: endings.length === 0 ? "the name of a tag" : `a tag, or ${alternatives(endings)}`,
    found: `\`${name}\``,
    fix:
      meant === undefined
        ? printed(parsing, name)
        : `Write ${parsing.tag(takesOperand(meant) ? `${meant} …` : meant)}.`,
  });
}

/** A lone word was hardly meant to be a tag that needs more, and a word with a dot behind it no tag at all. */
function candidates(parsing: Parsing, endings: readonly string[]): string[] {
  const { type } = parsing.look();
  if (type === "." || type === "|" || type === "[") return [];
  const all = [...endings, ...knownNames(parsing)];
  return type === "block end" ? all.filter((name) => !takesOperand(name)) : all;
}

const lone: ReadonlySet<string> = new Set(["else", "raw", "break", "continue", "with"]);

function takesOperand(name: string): boolean {
  return !name.startsWith("end") && !lone.has(name);
}

function printed(parsing: Parsing, name: string): string {
  const { variableStart, variableEnd } = parsing.syntax;
  return `To print a value, write \`${variableStart} ${name} ${variableEnd}\`; give tags of your own to the environment.`;
}

function knownNames(parsing: Parsing): string[] {
  return [...parsing.grammar.statements.keys(), "raw", ...parsing.tags.keys()];
}

/** The tags that an ending belongs to. */
function beginningsOf(name: string): readonly string[] {
  if (name === "else") return ["if", "for"];
  if (name === "elif") return ["if"];
  return [name.slice(3)];
}

function isEnding(parsing: Parsing, name: string): boolean {
  if (name === "else" || name === "elif") return true;
  return name.startsWith("end") && knownNames(parsing).includes(name.slice(3));
}

function beginningFix(parsing: Parsing, name: string): string {
  if (parsing.tags.get(name)?.body === false) return `Remove it: \`${name}\` has no body.`;
  const beginning = parsing.tag(takesOperand(name) ? `${name} …` : name);
  return `Remove it, or write ${beginning} before it.`;
}

/** Which tag the ending may have been meant for, if that was closed before. */
function before(parsing: Parsing, beginnings: readonly string[]): string {
  const closed = beginnings
    .map((name) => ({ name, closed: parsing.closed.get(name) }))
    .find((tag) => tag.closed);
  if (closed?.closed === undefined) return "";
  const { at, end } = closed.closed;
  return `; the \`${closed.name}\` on line ${parsing.lineOf(at)} was closed on line ${parsing.lineOf(end)}`;
}

function misplacedEnding(parsing: Parsing, open: OpenTag | undefined, endings: readonly string[]): Error {
  const { value: name, at } = parsing.current;
  const beginnings = beginningsOf(name);
  const found = `\`${name}\``;
  if (open === undefined) {
    const sentence = `\`${name}\` without ${alternatives(beginnings)}${before(parsing, beginnings)}.`;
    return parsing.error(at, sentence, { found, fix: beginningFix(parsing, beginnings[0] ?? "") });
  }
  const expected = alternatives(endings);
  const line = parsing.lineOf(open.at);
  const outer = parsing.open.findLast((tag) => beginnings.includes(tag.name));
  const close = `Write ${parsing.tag(endings.at(-1) ?? "")} before it.`;
  if (outer === undefined) {
    const sentence = `\`${name}\` without ${alternatives(beginnings)}; did you close \`${open.name}\` on line ${line}?`;
    return parsing.error(at, sentence, { expected, found, fix: close });
  }
  const outerLine = parsing.lineOf(outer.at);
  if (outer === open) {
    const sentence = `\`${name}\` cannot stand behind the \`else\` of \`${open.name}\` on line ${outerLine}; expected ${expected}.`;
    const fix = `Put it before \`else\`, or write ${parsing.tag(endings.at(-1) ?? "")}.`;
    return parsing.error(at, sentence, { expected, found, fix });
  }
  const sentence =
    `\`${name}\` belongs to \`${outer.name}\` on line ${outerLine}, ` +
    `but \`${open.name}\` on line ${line} is still open; expected ${expected}.`;
  return parsing.error(at, sentence, { expected, found, fix: close });
}
