/** Types of columns in the SQL of SQLite. Tables are STRICT, so these and ANY are all there are. */
import type { ColumnType } from "../../model/column-type.ts";
import { textLiteral } from "../../schema/literal.ts";
import { unsupported } from "../../schema/unsupported.ts";

/** The type in SQL. `what` names the column in errors: `users.email`. */
export function columnTypeSql(type: ColumnType, what: string): string {
  switch (type.kind) {
    case "integer":
    case "bigint":
    case "boolean":
    case "timestamp":
      return "INTEGER";
    case "real":
      return "REAL";
    case "numeric":
      return type.as === "number" ? "REAL" : "TEXT";
    case "bytes":
      return "BLOB";
    case "array":
      throw unsupported("sqlite", "arrays", `an array in ${what}`, "Use json() for the column.");
    case "custom": {
      if (type.sql.sqlite !== undefined) return type.sql.sqlite;
      const fix = 'Give the type its SQL for "sqlite".';
      throw unsupported("sqlite", `type "${type.name}"`, `the type "${type.name}" in ${what}`, fix);
    }
    default:
      return "TEXT";
  }
}

/** What the type permits beyond what its name in SQL says. `column` is quoted. */
export function typeCheckSql(type: ColumnType, column: string): string | undefined {
  switch (type.kind) {
    case "varchar":
      return `length(${column}) <= ${type.length}`;
    case "boolean":
      return `${column} IN (0, 1)`;
    case "json":
      return `json_valid(${column})`;
    case "enumeration":
      return `${column} IN (${type.values.map((value) => textLiteral(value)).join(", ")})`;
    default:
      return undefined;
  }
}
