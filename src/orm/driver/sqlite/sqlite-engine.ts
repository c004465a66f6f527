/** What runs statements: a connection in this thread, one in a worker, or several workers that take turns. */
import type { DriverValue } from "../../dialects/dialect.ts";
import type { DriverRow, DriverStatement, WriteResult } from "../driver.ts";

/** One SQLite connection, or what behaves like one. Leases hand its answers on. */
export interface SqliteEngine {
  rows(statement: DriverStatement, values: DriverValue[]): DriverRow[] | Promise<DriverRow[]>;
  row(
    statement: DriverStatement,
    values: DriverValue[],
  ): DriverRow | undefined | Promise<DriverRow | undefined>;
  write(statement: DriverStatement, values: DriverValue[]): WriteResult | Promise<WriteResult>;
  script(sql: string): void | Promise<void>;
  /** Portions of rows, of a statement of its own that is given up at the end. */
  portions(
    statement: DriverStatement,
    values: DriverValue[],
    size: number,
  ): Iterable<DriverRow[]> | AsyncIterable<DriverRow[]>;
  /** Whether statements may take as long as they like; for engines that end them otherwise. Said at each loan. */
  setUnlimited?(unlimited: boolean): void;
  /** Whether a transaction is open, as SQLite itself says. */
  readonly inTransaction: boolean;
  readonly usable: boolean;
  close(): void | Promise<void>;
}

/** How a source comes by its engines. */
export interface SqliteEngines {
  /** Whether reader and writer must be one, because the database lives in the connection. */
  readonly single: boolean;
  readonly maximum: number;
  openWriter(): SqliteEngine | Promise<SqliteEngine>;
  /** For reads that stand alone, of everybody. */
  sharedReader(): SqliteEngine;
  /** For a stream or a transaction of one borrower. */
  takeReader(): SqliteEngine | Promise<SqliteEngine>;
  giveReader(engine: SqliteEngine): void;
  /** Open, idle and waiting, the writer not counted. */
  status(): { readonly open: number; readonly idle: number; readonly waiting: number };
  close(): void | Promise<void>;
}
