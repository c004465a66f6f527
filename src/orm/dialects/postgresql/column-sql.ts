/** Types of columns in the SQL of PostgreSQL, as `format_type` writes them, but for the shorter `varchar`. */
import type { ColumnType } from "../../model/column-type.ts";
import { customTypeSql, textsSql } from "../column-type-sql.ts";

/** The type in SQL. `what` names the column in errors: `users.email`. */
export function columnTypeSql(type: ColumnType, what: string): string {
  switch (type.kind) {
    case "real":
      return "double precision";
    case "numeric":
      return `numeric(${type.precision},${type.scale})`;
    case "varchar":
      return `varchar(${type.length})`;
    case "timestamp":
      return "timestamp(3) with time zone";
    case "time":
      return "time(3) without time zone";
    case "json":
      return "jsonb";
    case "bytes":
      return "bytea";
    case "enumeration":
      return "text";
    case "array":
      return `${columnTypeSql(type.element, what)}[]`;
    case "custom":
      return customTypeSql(type, "postgresql", what);
    default:
      return type.kind;
  }
}

/** What the type permits beyond what its name in SQL says. `column` is quoted. */
export function typeCheckSql(type: ColumnType, column: string): string | undefined {
  if (type.kind === "enumeration") return `${column} IN (${textsSql(type.values)})`;
  if (type.kind === "array" && type.element.kind === "enumeration") {
    return `${column} <@ ARRAY[${textsSql(type.element.values)}]`;
  }
  return undefined;
}
