/** How a flush reaches the database. */
import type { DriverConnection } from "../../driver/driver.ts";
import type { TableDefinition } from "../../model/definition.ts";
import type { Statements } from "../../query/statements.ts";

/** How the flush reaches the database: a connection in a transaction, and how errors are told. */
export interface FlushTarget {
  readonly statements: Statements;
  /** Runs `work` on the connection; errors of the driver become those of Limpid, speaking of `table`. */
  run<Result>(
    table: TableDefinition,
    work: (connection: DriverConnection) => Result | Promise<Result>,
  ): Result | Promise<Result>;
  /** Remembers how to take back, in memory, what a rollback takes back in the database. */
  onRollback(undo: () => void): void;
}
