/** Cuts SQL into tokens: as much of the grammar as it takes to find names in expressions and definitions. */
import type { DialectName } from "../model/column-type.ts";

export interface SqlToken {
  readonly kind: "word" | "quoted" | "string" | "number" | "symbol";
  /** As it stands in the SQL. */
  readonly text: string;
  /** Of a quoted identifier: the name; of a string: its content; else as `text`. */
  readonly value: string;
  readonly start: number;
}

const wordStart = /[\p{L}_\u0080-\uffff]/u;
const word = /[\p{L}\p{N}_$\u0080-\uffff]*/uy;
const number = /(?:0[xX][0-9a-fA-F]+|[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?\.?)/y;
const blank = /(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?(?:\*\/|$))+/y;
const dollarTag = /\$(?:[A-Za-z_][A-Za-z_0-9]*)?\$/y;
const controls: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "0": "\0", Z: "\x1a" };
const symbol = /::|\|\||<=|>=|<>|!=|==|<<|>>|->>|->|:=|[\s\S]/y;

/**
 * The tokens of SQL; comments and blanks are left out. `escapes`: a backslash in a text takes the next character along,
 * as the catalogs of MySQL write it whatever the session's mode is.
 */
export function sqlTokens(sql: string, dialect: DialectName, escapes = false): SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = skip(blank, sql, 0);
  while (at < sql.length) {
    const token = tokenAt(sql, at, dialect, escapes);
    tokens.push(token);
    at = skip(blank, sql, at + token.text.length);
  }
  return tokens;
}

function tokenAt(sql: string, at: number, dialect: DialectName, escapes: boolean): SqlToken {
  const first = sql[at] ?? "";
  const closing = closingQuote(first, dialect);
  if (closing !== undefined) return quotedToken(sql, at, closing, dialect, escapes);
  if (first === "$" && dialect === "postgresql") {
    const tag = matchAt(dollarTag, sql, at);
    if (tag !== "") {
      const end = sql.indexOf(tag, at + tag.length);
      const text = sql.slice(at, end === -1 ? sql.length : end + tag.length);
      return { kind: "string", text, value: text.slice(tag.length, -tag.length), start: at };
    }
  }
  if (/[0-9]/.test(first) || (first === "." && /[0-9]/.test(sql[at + 1] ?? ""))) {
    return plain("number", matchAt(number, sql, at), at);
  }
  if (wordStart.test(first)) {
    const text = matchAt(word, sql, at);
    const prefixed = sql[at + text.length] === "'" && /^[eExXbBnN]$/.test(text);
    if (!prefixed) return plain("word", text, at);
    const string = quotedToken(sql, at + 1, "'", dialect, escapes || /^[eE]$/.test(text));
    return { ...string, text: text + string.text, start: at };
  }
  return plain("symbol", matchAt(symbol, sql, at), at);
}

/** What ends a quotation that begins so; `undefined` for what begins none. */
function closingQuote(first: string, dialect: DialectName): string | undefined {
  if (first === "'" || first === '"') return first;
  if (first === "`" && dialect !== "postgresql") return first;
  return first === "[" && dialect === "sqlite" ? "]" : undefined;
}

function quotedToken(
  sql: string,
  start: number,
  closing: string,
  dialect: DialectName,
  escapes: boolean,
): SqlToken {
  const isString = closing === "'" || (closing === '"' && dialect === "mysql");
  let value = "";
  let at = start + 1;
  while (at < sql.length) {
    const character = sql[at] ?? "";
    if (character === "\\" && escapes) {
      const escaped = sql[at + 1] ?? "";
      value += controls[escaped] ?? escaped;
      at += 2;
    } else if (character !== closing) {
      value += character;
      at += 1;
    } else if (sql[at + 1] === closing && closing !== "]") {
      value += closing;
      at += 2;
    } else {
      break;
    }
  }
  return { kind: isString ? "string" : "quoted", text: sql.slice(start, at + 1), value, start };
}

function plain(kind: SqlToken["kind"], text: string, start: number): SqlToken {
  return { kind, text, value: text, start };
}

function skip(pattern: RegExp, sql: string, at: number): number {
  return at + matchAt(pattern, sql, at).length;
}

function matchAt(pattern: RegExp, sql: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0] ?? "";
}
