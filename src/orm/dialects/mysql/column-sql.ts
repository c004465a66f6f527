/** Types of columns in the SQL of MySQL and MariaDB, as `information_schema` writes them, without display widths. */
import type { ColumnType } from "../../model/column-type.ts";
import { unsupported } from "../../schema/unsupported.ts";
import { customTypeSql, textsSql } from "../column-type-sql.ts";

/** The type in SQL. `what` names the column in errors: `users.email`. */
export function columnTypeSql(type: ColumnType, what: string): string {
  switch (type.kind) {
    case "integer":
      return "int";
    case "real":
      return "double";
    case "numeric":
      return `decimal(${type.precision},${type.scale})`;
    case "varchar":
      return `varchar(${type.length})`;
    case "text":
      return "longtext";
    case "boolean":
      return "tinyint(1)";
    case "timestamp":
      return "datetime(3)";
    case "time":
      return "time(3)";
    case "uuid":
      return "char(36) character set ascii collate ascii_bin";
    case "bytes":
      return "longblob";
    case "enumeration":
      return `varchar(${Math.max(1, ...type.values.map((value) => [...value].length))})`;
    case "array":
      throw unsupported("mysql", "arrays", `an array in ${what}`, "Use json() for the column.");
    case "custom":
      return customTypeSql(type, "mysql", what);
    default:
      return type.kind;
  }
}

/** What the type permits beyond what its name in SQL says. `column` is quoted. */
export function typeCheckSql(type: ColumnType, column: string): string | undefined {
  if (type.kind === "boolean") return `${column} IN (0, 1)`;
  if (type.kind !== "enumeration") return undefined;
  return `${column} IN (${textsSql(type.values)})`;
}
