/** A table and its columns as a model declares them, for everyone who reads models at run time. */
import type { RawSql } from "../query/raw-sql.ts";
import type { ColumnType } from "./column-type.ts";

/** What happens to a row when the row it refers to is deleted or its key changes. */
export type ReferenceAction = "no action" | "restrict" | "cascade" | "set null" | "set default";

/** Where a column points to. */
export interface Reference {
  /** Gives the column of another model, `User.id`; called when the models are complete. */
  readonly target: () => unknown;
  readonly onDelete: ReferenceAction;
  readonly onUpdate: ReferenceAction;
}

/** What a column holds in a row that says nothing about it. */
export type ColumnDefault =
  | { readonly from: "value"; readonly value: unknown }
  /** Computed by the database. */
  | { readonly from: "sql"; readonly sql: RawSql }
  /** Computed here, for each row. */
  | { readonly from: "function"; readonly make: () => unknown };

/** One column of one model. */
export interface ColumnDefinition {
  /** Unique in the process; part of the fingerprint of a query. */
  readonly id: number;
  /** Its name in TypeScript: `createdAt`. */
  readonly property: string;
  /** Its name in SQL: `created_at`. */
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly primaryKey: boolean;
  /** An integer or bigint that is the whole primary key and has no default: the database counts it. */
  readonly identity: boolean;
  readonly unique: boolean;
  readonly index: boolean;
  readonly default: ColumnDefault | undefined;
  /** The value at each update that does not set the column. */
  readonly onUpdate: (() => unknown) | undefined;
  readonly references: Reference | undefined;
  readonly check: RawSql | undefined;
  /** Computed by the database from other columns of the row; never written. */
  readonly generated: { readonly sql: RawSql; readonly stored: boolean } | undefined;
  /** Cannot be set with others at once, only by name. */
  readonly guarded: boolean;
  /** Counts the updates of a row, for optimistic locking. */
  readonly version: boolean;
}

/** An index over several columns, or over some of the rows. */
export interface IndexDefinition {
  /** Default: made from table and columns. */
  readonly name: string | undefined;
  readonly columns: readonly { readonly column: ColumnDefinition; readonly descending: boolean }[];
  readonly unique: boolean;
  /** Only the rows for which this holds. */
  readonly where: RawSql | undefined;
}

/** A model's table. */
export interface TableDefinition {
  /** Its name in SQL. */
  readonly name: string;
  readonly columns: readonly ColumnDefinition[];
  readonly columnsByProperty: ReadonlyMap<string, ColumnDefinition>;
  readonly primaryKey: readonly ColumnDefinition[];
  /** Those declared for the table; those of single columns stand at the columns. */
  readonly indexes: readonly IndexDefinition[];
  readonly checks: readonly { readonly name: string; readonly sql: RawSql }[];
}
