/** Columns in the text of an expression: which ones it mentions, and the same expression under another name. */
import type { DialectName } from "../model/column-type.ts";
import { codeTokens } from "./code-token.ts";
import { quoted } from "./identifier.ts";
import type { SqlToken } from "./sql-token.ts";

/**
 * Words that are not columns when they stand without quotes. All other words of SQL are either followed by `(` or
 * cannot be told from a column; such a one is taken for it, which costs a check that is made anew and no harm.
 */
const reserved = new Set(
  (
    "and or not in is null like glob between case when then else end cast as collate escape exists isnull notnull " +
    "distinct from true false select where any all some array"
  ).split(" "),
);

/** Whether an expression mentions a column. */
export function mentions(sql: string, column: string, dialect: DialectName): boolean {
  const tokens = codeTokens(sql, dialect);
  return tokens.some((_, index) => isColumn(tokens, index, column, dialect));
}

/** The expression after a column has got another name. */
export function renameInExpression(sql: string, from: string, to: string, dialect: DialectName): string {
  const tokens = codeTokens(sql, dialect);
  let result = "";
  let copied = 0;
  for (const [index, token] of tokens.entries()) {
    if (!isColumn(tokens, index, from, dialect)) continue;
    const bare = token.kind === "word" && /^[a-z_][a-z0-9_]*$/.test(to) && !reserved.has(to);
    result += sql.slice(copied, token.start) + (bare ? to : quoted(to, dialect));
    copied = token.start + token.text.length;
  }
  return result + sql.slice(copied);
}

function isColumn(tokens: readonly SqlToken[], index: number, column: string, dialect: DialectName): boolean {
  const token = tokens[index];
  if (token === undefined || (token.kind !== "word" && token.kind !== "quoted")) return false;
  if (tokens[index + 1]?.text === "(" || tokens[index - 1]?.text === "::") return false;
  if (token.kind === "word") {
    return !reserved.has(token.text.toLowerCase()) && token.text.toLowerCase() === column.toLowerCase();
  }
  return dialect === "postgresql"
    ? token.value === column
    : token.value.toLowerCase() === column.toLowerCase();
}

/**
 * The expression written in one way: columns of the table in quotes, one space where there was any. Only for databases
 * that keep expressions as they were written.
 */
export function tidyExpression(sql: string, columns: readonly string[], dialect: DialectName): string {
  const tokens = withoutOuterParentheses(codeTokens(sql, dialect));
  let result = "";
  for (const [index, token] of tokens.entries()) {
    const column = columns.find((name) => isColumn(tokens, index, name, dialect));
    const text = column === undefined ? tidyText(token) : quoted(column, dialect);
    result += needsSpace(tokens[index - 1], token) ? ` ${text}` : text;
  }
  return result;
}

/** Words that are no columns are keywords, types and functions, whose case means nothing. */
function tidyText(token: SqlToken): string {
  return token.kind === "word" ? token.text.toLowerCase() : token.text;
}

function needsSpace(before: SqlToken | undefined, token: SqlToken): boolean {
  if (before === undefined || before.text === "(" || before.text === ".") return false;
  if (token.text === ")" || token.text === "," || token.text === ".") return false;
  return token.text !== "(" || before.kind !== "word" || reserved.has(before.text.toLowerCase());
}

function withoutOuterParentheses(tokens: readonly SqlToken[]): readonly SqlToken[] {
  let rest = tokens;
  while (rest[0]?.text === "(" && closingParenthesis(rest, 0) === rest.length - 1) rest = rest.slice(1, -1);
  return rest;
}

/** Where the parenthesis that opens at `open` closes; -1 where it does not. */
export function closingParenthesis(tokens: readonly SqlToken[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    if (tokens[index]?.text === "(") depth += 1;
    if (tokens[index]?.text === ")") depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
}
