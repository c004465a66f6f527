/** Reads SQL of a dialect as tokens, so that scripts are cut where statements end and nowhere else. */
import { LimpidError } from "../../errors/index.ts";
import type { DialectName } from "../model/column-type.ts";

/** What a piece of SQL is. `quoted` is a name in quotes; of MySQL, where `"` may be either, it is a string. */
export type SqlTokenKind = "word" | "string" | "quoted" | "comment" | "space" | "semicolon" | "other";

export interface SqlToken {
  readonly kind: SqlTokenKind;
  readonly start: number;
  readonly end: number;
}

const space = /\s+/y;
const word = /[\p{L}_\u0080-\uffff][\p{L}\p{N}_$\u0080-\uffff]*/uy;
/** A number takes the letters behind it along, so that none of them begins a string: `0xE'…'`. */
const number = /\d[\w.]*/y;
const dollarQuote = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const line = /[^\n]*/y;

/**
 * The tokens of a text from an offset on; together they are the text. Throws `LMP_ORM_MIGRATION_INVALID` for a string,
 * a name or a comment that does not end.
 */
export function* sqlTokens(text: string, dialect: DialectName, from = 0): Generator<SqlToken> {
  let start = from;
  while (start < text.length) {
    const { kind, end } = tokenAt(text, start, dialect);
    yield { kind, start, end };
    start = end;
  }
}

function tokenAt(text: string, start: number, dialect: DialectName): { kind: SqlTokenKind; end: number } {
  const first = text[start] ?? "";
  if (isLineComment(text, start, dialect)) return { kind: "comment", end: endOf(line, text, start) };
  if (text.startsWith("/*", start)) {
    // MySQL runs what stands in /*! … */, so it is no comment there.
    const runs = dialect === "mysql" && /^\/\*M?!/.test(text.slice(start, start + 4));
    return { kind: runs ? "other" : "comment", end: blockCommentEnd(text, start, dialect) };
  }
  if (first === ";") return { kind: "semicolon", end: start + 1 };
  if (first === "'") return { kind: "string", end: quoteEnd(text, start, "'", dialect === "mysql") };
  if (first === '"') {
    if (dialect === "mysql") return { kind: "string", end: quoteEnd(text, start, '"', true) };
    return { kind: "quoted", end: quoteEnd(text, start, '"', false) };
  }
  if (first === "`" && dialect !== "postgresql") {
    return { kind: "quoted", end: quoteEnd(text, start, "`", false) };
  }
  if (first === "[" && dialect === "sqlite") return { kind: "quoted", end: bracketEnd(text, start) };
  if (dialect === "postgresql") {
    if (/[eE]/.test(first) && text[start + 1] === "'") {
      return { kind: "string", end: quoteEnd(text, start + 1, "'", true) };
    }
    const quoted = endOf(dollarQuote, text, start);
    if (quoted > start) return { kind: "string", end: dollarEnd(text, start, text.slice(start, quoted)) };
  }
  return plainTokenAt(text, start);
}

function plainTokenAt(text: string, start: number): { kind: SqlTokenKind; end: number } {
  for (const [kind, pattern] of [
    ["space", space],
    ["word", word],
    ["other", number],
  ] as const) {
    const end = endOf(pattern, text, start);
    if (end > start) return { kind, end };
  }
  return { kind: "other", end: start + 1 };
}

function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}

/** MySQL takes `--` for a comment only before a space; it alone knows `#`. */
function isLineComment(text: string, start: number, dialect: DialectName): boolean {
  if (text.startsWith("--", start)) return dialect !== "mysql" || /^(?:\s|$)/.test(text.charAt(start + 2));
  return dialect === "mysql" && text[start] === "#";
}

/** Comments of PostgreSQL nest. */
function blockCommentEnd(text: string, start: number, dialect: DialectName): number {
  let depth = 1;
  let position = start + 2;
  while (depth > 0) {
    const close = text.indexOf("*/", position);
    if (close < 0) throw unfinished(text, start, "comment", "*/");
    const open = dialect === "postgresql" ? text.indexOf("/*", position) : -1;
    if (open >= 0 && open < close) {
      depth++;
      position = open + 2;
    } else {
      depth--;
      position = close + 2;
    }
  }
  return position;
}

/** A doubled quote stands for one; with escapes a backslash takes the next character along. */
function quoteEnd(text: string, start: number, quote: string, escapes: boolean): number {
  for (let position = start + 1; position < text.length; position++) {
    const at = text[position];
    if (escapes && at === "\\") position++;
    else if (at === quote) {
      if (text[position + 1] !== quote) return position + 1;
      position++;
    }
  }
  throw unfinished(text, start, quote === "'" ? "string" : "name in quotes", quote);
}

function bracketEnd(text: string, start: number): number {
  const close = text.indexOf("]", start);
  if (close < 0) throw unfinished(text, start, "name in brackets", "]");
  return close + 1;
}

function dollarEnd(text: string, start: number, tag: string): number {
  const close = text.indexOf(tag, start + tag.length);
  if (close < 0) throw unfinished(text, start, "string", tag);
  return close + tag.length;
}

function unfinished(text: string, start: number, what: string, closing: string): LimpidError {
  const lineNumber = text.slice(0, start).split("\n").length;
  return new LimpidError("LMP_ORM_MIGRATION_INVALID", `A ${what} in the SQL does not end.`, {
    expected: `${closing} somewhere behind line ${lineNumber}`,
    found: text.slice(start, start + 40).split("\n")[0],
    fix: `Close it: line ${lineNumber}.`,
  });
}
