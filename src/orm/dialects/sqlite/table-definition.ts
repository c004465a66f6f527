/** Reads a CREATE TABLE as SQLite keeps it, for what its PRAGMAs do not tell. */
import { codeTokens } from "../../schema/code-token.ts";
import { closingParenthesis } from "../../schema/expression-names.ts";
import type { SqlToken } from "../../schema/sql-token.ts";

/** What was read of a table's SQL. Names are absent where nobody gave one. */
export interface TableDefinitionSql {
  /** `column`: of a constraint that stands at a column. */
  readonly checks: readonly { name: string | undefined; column: string | undefined; sql: string }[];
  readonly foreignKeys: readonly { name: string | undefined; columns: readonly string[]; target: string }[];
  readonly uniques: readonly { name: string | undefined; columns: readonly string[] }[];
  /** Expressions of generated columns. */
  readonly generated: ReadonlyMap<string, string>;
  readonly autoincrement: boolean;
}

interface Reading {
  checks: { name: string | undefined; column: string | undefined; sql: string }[];
  foreignKeys: { name: string | undefined; columns: readonly string[]; target: string }[];
  uniques: { name: string | undefined; columns: readonly string[] }[];
  generated: Map<string, string>;
  autoincrement: boolean;
}

const tableConstraints = new Set(["constraint", "check", "unique", "primary", "foreign"]);

export function readTableDefinition(sql: string): TableDefinitionSql {
  const tokens = codeTokens(sql, "sqlite");
  const open = tokens.findIndex((token) => token.text === "(");
  const reading: Reading = {
    checks: [],
    foreignKeys: [],
    uniques: [],
    generated: new Map(),
    autoincrement: false,
  };
  if (open === -1) return reading;
  for (const item of splitAtCommas(tokens.slice(open + 1, closingParenthesis(tokens, open)))) {
    const first = item[0];
    const isConstraint = first?.kind === "word" && tableConstraints.has(first.text.toLowerCase());
    readConstraints(item, isConstraint ? undefined : first?.value, sql, reading);
  }
  return reading;
}

/** Walks through the constraints of a column (or of the table, without one). */
function readConstraints(
  item: readonly SqlToken[],
  column: string | undefined,
  sql: string,
  reading: Reading,
): void {
  let name: string | undefined;
  for (let at = column === undefined ? 0 : 1; at < item.length; at += 1) {
    const keyword = item[at]?.kind === "word" ? item[at]?.text.toLowerCase() : undefined;
    const open = item[at + 1]?.text === "(" ? at + 1 : -1;
    if (keyword === "constraint") {
      name = item[at + 1]?.value;
      at += 1;
    } else if (keyword === "check" && open !== -1) {
      reading.checks.push({ name, column, sql: inside(item, open, sql) });
      name = undefined;
    } else if (keyword === "unique") {
      reading.uniques.push({ name, columns: column === undefined ? names(item, open) : [column] });
      name = undefined;
    } else if (keyword === "references") {
      const foreign = item.findIndex((token) => token.text.toLowerCase() === "foreign");
      const columns = column === undefined ? names(item, foreign + 2) : [column];
      reading.foreignKeys.push({ name, columns, target: item[at + 1]?.value ?? "" });
      name = undefined;
    } else if (keyword === "as" && open !== -1 && column !== undefined) {
      reading.generated.set(column, inside(item, open, sql));
    } else if (keyword === "autoincrement") {
      reading.autoincrement = true;
    }
    // What stands between parentheses is no constraint of this table.
    const nested = item[at]?.text === "(" ? at : keyword !== "foreign" && open !== -1 ? open : -1;
    if (nested !== -1) at = closingParenthesis(item, nested);
  }
}

/** The SQL between a parenthesis and the one that closes it. */
function inside(item: readonly SqlToken[], open: number, sql: string): string {
  const from = item[open];
  const to = item[closingParenthesis(item, open)];
  return from === undefined || to === undefined ? "" : sql.slice(from.start + 1, to.start).trim();
}

/** The names in a list `(a, b DESC)`. */
function names(item: readonly SqlToken[], open: number): string[] {
  if (item[open]?.text !== "(") return [];
  return splitAtCommas(item.slice(open + 1, closingParenthesis(item, open))).map(
    (part) => part[0]?.value ?? "",
  );
}

function splitAtCommas(tokens: readonly SqlToken[]): SqlToken[][] {
  const items: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.text === "(") depth += 1;
    if (token.text === ")") depth -= 1;
    if (token.text === "," && depth === 0) items.push([]);
    else items.at(-1)?.push(token);
  }
  return items;
}

/** The condition of a partial index. */
export function readIndexCondition(sql: string): string | undefined {
  const tokens = codeTokens(sql, "sqlite");
  const open = tokens.findIndex((token) => token.text === "(");
  const where = tokens[closingParenthesis(tokens, open) + 1];
  if (where?.text.toLowerCase() !== "where") return undefined;
  return sql.slice(where.start + where.text.length).trim();
}
