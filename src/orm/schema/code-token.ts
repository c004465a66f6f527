/** The tokens of SQL that mean something, for whoever looks for names in expressions and definitions. */
import { LimpidError } from "../../errors/index.ts";
import type { DialectName } from "../model/column-type.ts";
import { type SqlToken, sqlTokens, type TokenOptions } from "./sql-token.ts";

/**
 * The tokens of SQL without comments and blanks. Throws `LMP_ORM_SCHEMA_UNREADABLE` for a text, a name or a comment
 * that does not end.
 */
export function codeTokens(sql: string, dialect: DialectName, options?: TokenOptions): SqlToken[] {
  const tokens: SqlToken[] = [];
  for (const token of sqlTokens(sql, dialect, options)) {
    // To SQLite, a comment ends with the SQL at the latest.
    if (token.missing !== undefined && !(dialect === "sqlite" && token.kind === "comment"))
      throw unfinished(token, token.missing);
    if (token.kind !== "space" && token.kind !== "comment") tokens.push(token);
  }
  return tokens;
}

function unfinished({ text }: SqlToken, missing: string): LimpidError {
  return new LimpidError("LMP_ORM_SCHEMA_UNREADABLE", "An expression in SQL of the schema does not end.", {
    expected: `${missing} somewhere behind ${text.slice(0, 40)}`,
    found: "the end of the expression",
    fix: "Close it in the model.",
  });
}
