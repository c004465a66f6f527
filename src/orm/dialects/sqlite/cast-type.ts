/** The names of types in casts of SQLite: the storage classes in which values are kept. */
import type { ColumnType } from "../../model/column-type.ts";

/** The type in `CAST (… AS type)`; `undefined` where SQLite keeps no such values. */
export function castType(type: ColumnType): string | undefined {
  switch (type.kind) {
    case "integer":
    case "bigint":
    case "boolean":
    case "timestamp":
      return "integer";
    case "real":
      return "real";
    case "numeric":
      return type.as === "number" ? "real" : "text";
    case "bytes":
      return "blob";
    case "array":
      return undefined;
    case "custom":
      return type.sql.sqlite;
    default:
      return "text";
  }
}
