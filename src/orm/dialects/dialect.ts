/** What a database's dialect knows: how the tree is written, and how values go to and fro. One object a dialect. */
import type { LimpidError } from "../../errors/index.ts";
import type { CompiledStatement } from "../compiler/compiled.ts";
import type { ListShape } from "../compiler/list-shape.ts";
import type { ColumnType, DialectName } from "../model/column-type.ts";
import type { ColumnDefinition, TableDefinition } from "../model/definition.ts";
import type { StatementNode } from "../query/nodes.ts";

/** What a driver takes as the value of a placeholder. */
export type DriverValue = string | number | bigint | boolean | Uint8Array | null | DriverValue[];

/** Turns a value of TypeScript into one for the driver. Never called for null. Throws `LMP_ORM_VALUE_INVALID`. */
export type Encode = (value: unknown) => DriverValue;

/** Turns what the driver gives into a value of TypeScript. Never called for null. */
export type Decode = (value: unknown) => unknown;

/** What a database can do that another cannot. */
export interface DialectFeatures {
  /** `RETURNING` on insert, update and delete. MariaDB: insert and delete only; MySQL: none. */
  readonly returning: "all" | "insert and delete" | "none";
  /** Whether DDL takes part in transactions. */
  readonly transactionalDdl: boolean;
  readonly arrays: boolean;
  /** Whether `FOR UPDATE` locks rows. */
  readonly rowLocks: boolean;
  /** How many values a statement takes. */
  readonly maxPlaceholders: number;
}

/** How a constraint was broken, as far as the database's message tells. */
export interface BrokenConstraint {
  readonly kind: "unique" | "foreign key" | "not null" | "check";
  /** Names in SQL, where the message has them. */
  readonly table: string | undefined;
  readonly columns: readonly string[];
  readonly constraint: string | undefined;
}

/** What kind of failure a driver's error is. Everything but `other` has a class or a code of its own. */
export type Failure =
  | { readonly kind: "constraint"; readonly broken: BrokenConstraint }
  /** A deadlock, or a transaction that cannot be serialized: it may be run again. */
  | { readonly kind: "serialization" }
  /** A row or the database is locked for longer than one may wait. */
  | { readonly kind: "lock" }
  | { readonly kind: "statement timeout" }
  /** The connection is gone or in an unknown state. */
  | { readonly kind: "connection" }
  | { readonly kind: "too many connections" }
  | { readonly kind: "disk full" }
  | { readonly kind: "read only" }
  /** The SQL is wrong, or names what does not exist. */
  | { readonly kind: "syntax" }
  | { readonly kind: "other" };

export interface Dialect {
  readonly name: DialectName;
  readonly features: DialectFeatures;
  /** `"name"`, or `` `name` ``. Throws `LMP_ORM_IDENTIFIER_INVALID` for one with NUL, an empty or too long one. */
  quote(identifier: string): string;
  /** Writes a statement. Throws `LMP_ORM_UNSUPPORTED` for what the database cannot do, with the way around. */
  compile(statement: StatementNode): CompiledStatement;
  /** How lists are written; for `fingerprint`, so that only lengths that matter to the SQL are part of the shape. */
  readonly listShape: ListShape;
  /** Whether a statement that was prepared is right when it runs again. Absent: always. */
  runsAgain?(sql: string): boolean;
  /**
   * Inserts any number of rows by a statement that takes an array for each column, in order; `undefined` where a
   * column cannot be an array's item. Only where the database has such a statement.
   */
  insertMany?(
    table: TableDefinition,
    columns: readonly ColumnDefinition[],
    returning: readonly ColumnDefinition[],
  ): string | undefined;
  /** How values of a type are bound; `undefined` for a placeholder without a type: by its JavaScript type. */
  encoder(type: ColumnType | undefined): Encode;
  /** How values of a type are read; `undefined` where the driver's value is right as it is. */
  decoder(type: ColumnType | undefined): Decode | undefined;
  /** Whether a result with a column of this type has to be read with 64-bit integers. */
  needsBigInts(type: ColumnType | undefined): boolean;
  /** Says what a driver's error means. */
  classify(error: unknown): Failure;
}

/** Thrown by dialects for what a value must not be. */
export type ValueError = LimpidError;
