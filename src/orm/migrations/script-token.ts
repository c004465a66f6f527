/** Reads the SQL of migrations as tokens, so that scripts are cut where statements end and nowhere else. */
import { LimpidError } from "../../errors/index.ts";
import type { DialectName } from "../model/column-type.ts";
import { type SqlToken, sqlTokens } from "../schema/sql-token.ts";

/**
 * The tokens of a text from an offset on; together they are the text. Throws `LMP_ORM_MIGRATION_INVALID` for a string,
 * a name or a comment that does not end.
 */
export function* scriptTokens(text: string, dialect: DialectName, from = 0): Generator<SqlToken> {
  for (const token of sqlTokens(text, dialect, { from })) {
    if (token.missing !== undefined) throw unfinished(text, token, token.missing);
    yield token;
  }
}

function unfinished(text: string, { kind, start }: SqlToken, missing: string): LimpidError {
  const line = text.slice(0, start).split("\n").length;
  const what = kind === "string" ? "string" : kind === "quoted" ? "name in quotes" : "comment";
  return new LimpidError("LMP_ORM_MIGRATION_INVALID", `A ${what} in the SQL does not end.`, {
    expected: `${missing} somewhere behind line ${line}`,
    found: text.slice(start, start + 40).split("\n")[0],
    fix: `Close it: line ${line}.`,
  });
}
