/** Constants as SQL literals, for defaults in a schema. Queries bind their values and never come here. */
import { LimpidError } from "../../errors/index.ts";
import type { ColumnType, DialectName } from "../model/column-type.ts";

/**
 * A value of a column's type as SQL. `what` names the column in the error.
 *
 * Throws `LMP_ORM_VALUE_INVALID` for a value that the type cannot have.
 */
export function literal(value: unknown, type: ColumnType, dialect: DialectName, what: string): string {
  if (value === null) return "NULL";
  const written = ofType(value, type, dialect, what);
  if (written !== undefined) return written;
  throw new LimpidError("LMP_ORM_VALUE_INVALID", `The default of ${what} is not of the column's type.`, {
    expected: `a value of ${type.kind}`,
    found: typeof value,
    fix: "Give a constant of the type, SQL with sql`…`, or a function.",
  });
}

/** A text between quotes. A backslash is one everywhere: connections to MySQL have NO_BACKSLASH_ESCAPES. */
export function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function ofType(value: unknown, type: ColumnType, dialect: DialectName, what: string): string | undefined {
  switch (type.kind) {
    case "integer":
    case "bigint":
      return typeof value === "bigint" || Number.isInteger(value) ? String(value) : undefined;
    case "real":
      return Number.isFinite(value) ? String(value) : undefined;
    case "numeric":
      return numericLiteral(value, type, dialect);
    case "boolean":
      if (typeof value !== "boolean") return undefined;
      return dialect === "postgresql" ? String(value) : String(Number(value));
    case "timestamp":
      return value instanceof Date && !Number.isNaN(value.getTime())
        ? momentLiteral(value, dialect)
        : undefined;
    case "bytes":
      return value instanceof Uint8Array ? bytesLiteral(value, dialect) : undefined;
    case "json":
      return jsonLiteral(value);
    case "array":
      return Array.isArray(value) ? arrayLiteral(value, type.element, dialect, what) : undefined;
    case "custom":
      return encodedLiteral(type.encode(value), dialect);
    default:
      return typeof value === "string" && !value.includes("\0") ? textLiteral(value) : undefined;
  }
}

function numericLiteral(
  value: unknown,
  type: ColumnType & { kind: "numeric" },
  dialect: DialectName,
): string | undefined {
  const text = typeof value === "number" || typeof value === "bigint" ? String(value) : value;
  const match = typeof text === "string" ? /^-?[0-9]+(?:\.([0-9]+))?$/.exec(text) : null;
  if (match === null || (match[1] ?? "").length > type.scale) return undefined;
  if (dialect !== "sqlite" || type.as === "number") return match[0];
  const missing = type.scale - (match[1] ?? "").length;
  const point = type.scale > 0 && match[1] === undefined ? "." : "";
  return textLiteral(match[0] + point + "0".repeat(missing));
}

function momentLiteral(value: Date, dialect: DialectName): string {
  if (dialect === "sqlite") return String(value.getTime());
  const text = value.toISOString().replace("T", " ").replace("Z", "");
  return dialect === "postgresql" ? `'${text}+00'` : `'${text}'`;
}

function bytesLiteral(value: Uint8Array, dialect: DialectName): string {
  const hex = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex");
  return dialect === "postgresql" ? `'\\x${hex}'` : `x'${hex}'`;
}

function jsonLiteral(value: unknown): string | undefined {
  const text = JSON.stringify(value);
  return text === undefined ? undefined : textLiteral(text);
}

function arrayLiteral(
  values: readonly unknown[],
  element: ColumnType,
  dialect: DialectName,
  what: string,
): string {
  const items = values.map((value) => literal(value, element, dialect, what));
  return items.length === 0 ? "'{}'" : `ARRAY[${items.join(", ")}]`;
}

function encodedLiteral(value: unknown, dialect: DialectName): string | undefined {
  if (typeof value === "string") return textLiteral(value);
  if (typeof value === "bigint" || Number.isFinite(value)) return String(value);
  if (typeof value === "boolean") return dialect === "postgresql" ? String(value) : String(Number(value));
  return value instanceof Uint8Array ? bytesLiteral(value, dialect) : undefined;
}
