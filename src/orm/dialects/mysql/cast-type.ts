/** The names of types in casts of MySQL and MariaDB, which are not those of columns. */
import type { ColumnType } from "../../model/column-type.ts";

/** The type in `CAST (… AS type)`; `undefined` where both databases have none. */
export function castType(type: ColumnType): string | undefined {
  switch (type.kind) {
    case "integer":
    case "bigint":
    case "boolean":
      return "signed";
    case "real":
      return "double";
    case "numeric":
      return `decimal(${type.precision}, ${type.scale})`;
    case "varchar":
      return `char(${type.length})`;
    case "timestamp":
      return "datetime(3)";
    case "date":
      return "date";
    case "time":
      return "time(3)";
    case "bytes":
      return "binary";
    case "array":
    case "json":
      return undefined;
    case "custom":
      return type.sql.mysql;
    default:
      return "char";
  }
}
