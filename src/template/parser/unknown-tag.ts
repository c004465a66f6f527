/** The error about a tag that is not there, or that ends what is not open. */
import { alternatives } from "../lexer/syntax-error.ts";
import { nearest } from "../unknown-name.ts";
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
  const known = [...endings, ...knownNames(parsing)];
  const other = elsewhere.get(name);
  const meant = other ?? nearest(name, known);
  const question = meant === undefined ? "" : `; did you mean \`${meant}\`?`;
  const sentence = `There is no tag \`${name}\`${question === "" ? "." : question}`;
  return parsing.error(parsing.current.at, sentence, {
    expected: endings.length === 0 ? "the name of a tag" : `a tag, or ${alternatives(endings)}`,
    found: `\`${name}\``,
    fix: meant === undefined ? printed(parsing, name) : `Write ${parsing.tag(meant)}.`,
  });
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

function misplacedEnding(parsing: Parsing, open: OpenTag | undefined, endings: readonly string[]): Error {
  const { value: name, at } = parsing.current;
  const beginnings = beginningsOf(name);
  const found = `\`${name}\``;
  if (open === undefined) {
    const sentence = `\`${name}\` without ${alternatives(beginnings)}.`;
    return parsing.error(at, sentence, { found, fix: `Remove it, or write its beginning before it.` });
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
