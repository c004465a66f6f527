/** Cuts SQL of a dialect into tokens, so that nobody takes what stands in texts and comments for SQL. */
import type { DialectName } from "../model/column-type.ts";

export interface SqlToken {
  /** `quoted`: a name in quotes. `symbol`: an operator, a sign, or a comment of MySQL that it runs. */
  readonly kind: "word" | "quoted" | "string" | "number" | "symbol" | "comment" | "space";
  /** As it stands in the SQL. */
  readonly text: string;
  /** Of a name in quotes: the name; of a string: its content; else as `text`. */
  readonly value: string;
  readonly start: number;
  /** What would end it, where nothing does. */
  readonly missing: string | undefined;
}

export interface TokenOptions {
  /** Where the first token begins. Default: 0. */
  readonly from?: number;
  /**
   * Whether a backslash in a text takes the next character along, as the catalogs of MySQL write it. Our sessions and
   * PostgreSQL read it as it stands, but for `E'…'`.
   */
  readonly escapes?: boolean;
}

/** What the dialects write differently. */
interface Lexis {
  readonly lineComment: RegExp;
  readonly nameQuotes: string;
  readonly textQuotes: string;
  /** Letters that may stand before a text. */
  readonly textPrefix: RegExp;
}

const lexes: Readonly<Record<DialectName, Lexis>> = {
  sqlite: { lineComment: /--[^\n]*/y, nameQuotes: '"`[', textQuotes: "'", textPrefix: /^x$/i },
  postgresql: { lineComment: /--[^\n\r]*/y, nameQuotes: '"', textQuotes: "'", textPrefix: /^[exbn]$/i },
  mysql: {
    // Two dashes begin a comment only before a blank.
    lineComment: /(?:#|--(?=[\0-\x20\x7f]|$))[^\n]*/y,
    nameQuotes: "`",
    textQuotes: `'"`,
    textPrefix: /^[xbn]$/i,
  },
};

const space = /[ \t\n\v\f\r]+/y;
/** To all databases, whatever is not ASCII is a letter. */
const word = /[A-Za-z_\u0080-\u{10ffff}][\w$\u0080-\u{10ffff}]*/uy;
const number = /0[xX][\dA-Fa-f_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y;
const dollarQuote = /\$(?:[A-Za-z_\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*)?\$/uy;
const symbol = /::|\|\||<=>|<=|>=|<>|!=|==|<<|>>|->>|->|:=|[\s\S]/y;
const controls: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "0": "\0", Z: "\x1a" };

/** The tokens of a text; together they are the text. Only the last one may be unfinished. */
export function* sqlTokens(
  sql: string,
  dialect: DialectName,
  { from = 0, escapes = false }: TokenOptions = {},
): Generator<SqlToken> {
  for (let at = from; at < sql.length; ) {
    const token =
      commentAt(sql, at, dialect) ??
      quotedAt(sql, at, dialect, escapes) ??
      unquotedAt(sql, at, dialect, escapes);
    yield token;
    at += token.text.length;
  }
}

function commentAt(sql: string, start: number, dialect: DialectName): SqlToken | undefined {
  const line = matchAt(lexes[dialect].lineComment, sql, start);
  if (line !== "") return tokenOf("comment", line, start);
  if (!sql.startsWith("/*", start)) return undefined;
  // MySQL runs what stands in /*! … */, with comments in it.
  const runs = dialect === "mysql" && /^\/\*M?!/.test(sql.slice(start, start + 4));
  const end = blockCommentEnd(sql, start, dialect === "postgresql" || runs);
  const token = tokenOf(runs ? "symbol" : "comment", sql.slice(start, end), start);
  return end === undefined ? { ...token, missing: "*/" } : token;
}

function blockCommentEnd(sql: string, start: number, nests: boolean): number | undefined {
  const marks = nests ? /\/\*|\*\//g : /\*\//g;
  marks.lastIndex = start + 2;
  for (let depth = 1; depth > 0; ) {
    const mark = marks.exec(sql)?.[0];
    if (mark === undefined) return undefined;
    depth += mark === "*/" ? -1 : 1;
  }
  return marks.lastIndex;
}

/** A name or a text in quotes. */
function quotedAt(
  sql: string,
  start: number,
  dialect: DialectName,
  escapes: boolean,
  prefix = "",
): SqlToken | undefined {
  const { nameQuotes, textQuotes } = lexes[dialect];
  const open = sql.charAt(start + prefix.length);
  if (open === "$" && dialect === "postgresql") return dollarQuotedAt(sql, start);
  const isName = nameQuotes.includes(open);
  if (!isName && !textQuotes.includes(open)) return undefined;
  const quote = open === "[" ? "]" : open;
  const escaped = escapes && !isName;
  const from = start + prefix.length + 1;
  const end = quoteEnd(sql, from, quote, escaped);
  return {
    kind: isName ? "quoted" : "string",
    text: sql.slice(start, end === undefined ? sql.length : end + 1),
    value: contentOf(sql.slice(from, end), quote, escaped),
    start,
    missing: end === undefined ? quote : undefined,
  };
}

/** A doubled quote stands for one; a bracket cannot be doubled. */
function quoteEnd(sql: string, from: number, quote: string, escapes: boolean): number | undefined {
  for (let at = from; at < sql.length; at += 1) {
    if (escapes && sql[at] === "\\") at += 1;
    else if (sql[at] === quote) {
      if (quote === "]" || sql[at + 1] !== quote) return at;
      at += 1;
    }
  }
  return undefined;
}

function contentOf(content: string, quote: string, escapes: boolean): string {
  const doubled = quote + quote;
  if (!escapes) return quote === "]" ? content : content.replaceAll(doubled, quote);
  return content.replaceAll(/\\([\s\S])|''|""/g, (pair, escaped: string | undefined) => {
    if (escaped !== undefined) return controls[escaped] ?? escaped;
    return pair === doubled ? quote : pair;
  });
}

function dollarQuotedAt(sql: string, start: number): SqlToken | undefined {
  const tag = matchAt(dollarQuote, sql, start);
  if (tag === "") return undefined;
  const from = start + tag.length;
  const close = sql.indexOf(tag, from);
  const end = close < 0 ? sql.length : close;
  return {
    kind: "string",
    text: sql.slice(start, end + tag.length),
    value: sql.slice(from, end),
    start,
    missing: close < 0 ? tag : undefined,
  };
}

/** A word, a number, a stretch of blanks or a sign; a word may turn out to be the prefix of a text. */
function unquotedAt(sql: string, start: number, dialect: DialectName, escapes: boolean): SqlToken {
  const text = matchAt(word, sql, start);
  if (text !== "") {
    const isPrefix = sql[start + text.length] === "'" && lexes[dialect].textPrefix.test(text);
    const string = isPrefix ? quotedAt(sql, start, dialect, escapes || /^e$/i.test(text), text) : undefined;
    return string ?? tokenOf("word", text, start);
  }
  const blanks = matchAt(space, sql, start);
  if (blanks !== "") return tokenOf("space", blanks, start);
  const digits = matchAt(number, sql, start);
  // A number takes the letters behind it along, so that none of them begins a string: 0xE'…'.
  if (digits !== "") return tokenOf("number", digits + matchAt(word, sql, start + digits.length), start);
  return tokenOf("symbol", matchAt(symbol, sql, start), start);
}

function tokenOf(kind: SqlToken["kind"], text: string, start: number): SqlToken {
  return { kind, text, value: text, start, missing: undefined };
}

function matchAt(pattern: RegExp, sql: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0] ?? "";
}
