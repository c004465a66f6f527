/** SQL written by hand that becomes part of a schema: text and names alone, since a schema has no placeholders. */
import { LimpidError } from "../../errors/index.ts";
import type { DialectName } from "../model/column-type.ts";
import type { RawSql } from "../query/raw-sql.ts";
import { quoted } from "./identifier.ts";

/**
 * The text of a piece of SQL. `what` names it in the error: `the check of "users"`.
 *
 * Throws `LMP_ORM_MODEL_INVALID` where something else than names stands between its texts.
 */
export function fixedSql(raw: RawSql, dialect: DialectName, what: string): string {
  return joined(raw.texts, raw.parts, dialect, what).trim();
}

function joined(
  texts: readonly string[],
  parts: readonly object[],
  dialect: DialectName,
  what: string,
): string {
  let sql = texts[0] ?? "";
  for (const [index, part] of parts.entries()) sql += partSql(part, dialect, what) + (texts[index + 1] ?? "");
  return sql;
}

function partSql(part: object, dialect: DialectName, what: string): string {
  const kind = "kind" in part ? part.kind : undefined;
  if (kind === "identifier" && "path" in part && Array.isArray(part.path)) {
    return part.path.map((name) => quoted(String(name), dialect)).join(".");
  }
  if (kind === "raw" && "texts" in part && "parts" in part && isTexts(part.texts) && isParts(part.parts)) {
    return joined(part.texts, part.parts, dialect, what);
  }
  throw new LimpidError("LMP_ORM_MODEL_INVALID", `There is a value in the SQL of ${what}.`, {
    expected: "SQL with names between its texts, since a schema has no placeholders",
    found: typeof kind === "string" ? `a ${kind}` : "something that is no name",
    fix: "Write constants into the text of sql`…`, and names with sql.id.",
  });
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}

function isParts(value: unknown): value is readonly object[] {
  return Array.isArray(value) && value.every((part) => typeof part === "object" && part !== null);
}
