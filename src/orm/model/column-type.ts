/** What a column holds, as data: dialects read it to name the type in SQL and to turn values to and fro. */

/** The databases a model can live in. MariaDB is `"mysql"`. */
export type DialectName = "sqlite" | "postgresql" | "mysql";

/** The type of a column. `docs/orm/values.md` has what each becomes in every database. */
export type ColumnType =
  | { readonly kind: "integer" | "bigint" | "real" }
  | {
      readonly kind: "numeric";
      readonly precision: number;
      readonly scale: number;
      readonly as: "string" | "number";
    }
  | { readonly kind: "varchar"; readonly length: number }
  | { readonly kind: "text" | "boolean" | "timestamp" | "date" | "time" | "json" | "uuid" | "bytes" }
  | { readonly kind: "enumeration"; readonly values: readonly string[] }
  | { readonly kind: "array"; readonly element: ColumnType }
  | CustomColumnType;

/** A type of the application's own: how the database calls it, and how its values go to and fro. */
export interface CustomColumnType {
  readonly kind: "custom";
  readonly name: string;
  /** The type in SQL, by database: `{ postgresql: "vector(3)", sqlite: "TEXT" }`. */
  readonly sql: Readonly<Partial<Record<DialectName, string>>>;
  /** To what the driver takes: a string, number, bigint, boolean or bytes. Not called for null. */
  readonly encode: (value: unknown) => string | number | bigint | boolean | Uint8Array;
  /** From what the driver gives. Not called for null. */
  readonly decode: (value: unknown) => unknown;
}
