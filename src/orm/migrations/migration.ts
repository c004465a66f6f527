/** What a migration is, read from its file: what it builds upon, what it touches, and its steps. */
import type { DialectName } from "../model/column-type.ts";
import type { Sql } from "../query/sql.ts";
import type { Loss } from "../schema/migration-step.ts";
import type { Schema } from "../schema/schema.ts";

/** One statement of a migration. */
export interface MigrationStatement {
  /** Without a semicolon at its end. */
  readonly sql: string;
  /** Where it stands in the file, from 1. */
  readonly line: number;
  /** The statement is a query that must give no row; where it gives one, the migration fails with this sentence. */
  readonly guard: string | undefined;
  /** SQLite: the statement begins or ends the rebuild of a table. */
  readonly rebuild: { readonly table: string; readonly stage: "begin" | "end" } | undefined;
}

/** One way of a migration in one dialect. */
export interface MigrationSection {
  readonly statements: readonly MigrationStatement[];
  /** False where the file says `-- no transaction`. */
  readonly transaction: boolean;
  /** What it is declared to destroy. */
  readonly loses: readonly Destroyed[];
}

/** A table, a column, or some of a table's rows. */
export interface Destroyed extends Loss {
  /** Some rows of the table, which itself stays. */
  readonly rows?: boolean;
}

export type Direction = "up" | "down";

/** The schema after a migration as the models declared it, by database. */
export type Snapshot = Readonly<Partial<Record<DialectName, Schema>>>;

interface MigrationBase {
  /** The file's name without its extension: `20261121-1530-add-posts`. */
  readonly name: string;
  /** The file's path. */
  readonly file: string;
  /** Its identity: made of its parents and of what it does, not of its name or its comments. */
  readonly hash: string;
  /** The hashes of the migrations that it builds upon. */
  readonly parents: readonly string[];
  /** `undefined` where the file does not say: it counts as touching everything. */
  readonly touches: readonly string[] | undefined;
  readonly snapshot: Snapshot | undefined;
}

/** A migration in SQL. A database for which it has no section is left alone by it. */
export interface SqlMigration extends MigrationBase {
  readonly kind: "sql";
  readonly sections: Readonly<Record<Direction, ReadonlyMap<DialectName, MigrationSection>>>;
}

/**
 * What a migration in TypeScript is given. Values are always bound: those in the braces of `` sql`…` ``, which every
 * database takes, and those behind a text with placeholders of the dialect.
 */
export interface MigrationDatabase {
  readonly dialect: DialectName;
  /** Runs a statement and resolves to the number of rows it changed. */
  execute(sql: Sql): Promise<number>;
  execute(sql: string, values?: readonly MigrationValue[]): Promise<number>;
  /** Runs a query and resolves to its rows, the values as the driver gives them: PostgreSQL as text. */
  rows(sql: Sql): Promise<unknown[][]>;
  rows(sql: string, values?: readonly MigrationValue[]): Promise<unknown[][]>;
}

/** What is bound to a placeholder: `?` on SQLite and MySQL, `$1` on PostgreSQL. */
export type MigrationValue = string | number | bigint | boolean | Uint8Array | null;

export type MigrationFunction = (db: MigrationDatabase) => Promise<void> | void;

/** A migration in TypeScript, for data. */
export interface ModuleMigration extends MigrationBase {
  readonly kind: "module";
  readonly loses: readonly Destroyed[];
  readonly up: MigrationFunction;
  readonly down: MigrationFunction | undefined;
}

export type Migration = SqlMigration | ModuleMigration;
