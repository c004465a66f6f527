/** The names of types in casts of PostgreSQL. */
import type { ColumnType } from "../../model/column-type.ts";

/** The type in `CAST (… AS type)`; `undefined` for a custom type that PostgreSQL does not have. */
export function castType(type: ColumnType): string | undefined {
  switch (type.kind) {
    case "numeric":
      return `numeric(${type.precision}, ${type.scale})`;
    case "varchar":
      return `varchar(${type.length})`;
    case "array": {
      const element = castType(type.element);
      return element && `${element}[]`;
    }
    default:
      return parameterType(type);
  }
}

/** The type of a parameter: like the column's, but without bounds, by which a cast would cut or round the value. */
export function parameterType(type: ColumnType): string | undefined {
  switch (type.kind) {
    case "real":
      return "double precision";
    case "varchar":
    case "enumeration":
      return "text";
    case "timestamp":
      return "timestamptz";
    case "json":
      return "jsonb";
    case "bytes":
      return "bytea";
    case "array": {
      const element = parameterType(type.element);
      return element && `${element}[]`;
    }
    case "custom":
      return type.sql.postgresql;
    default:
      return type.kind;
  }
}
