/** Types of columns in the SQL of SQLite. Tables are STRICT, so these and ANY are all there are. */
import type { ColumnType } from "../../model/column-type.ts";
import { unsupported } from "../../schema/unsupported.ts";
import { customTypeSql, textsSql } from "../column-type-sql.ts";

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
    case "custom":
      return customTypeSql(type, "sqlite", what);
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
      return `${column} IN (${textsSql(type.values)})`;
    default:
      return undefined;
  }
}
