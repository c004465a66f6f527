/** An open transaction of a session: its connection, its savepoints, and what a rollback takes back in memory. */
import { LimpidError } from "../../errors/index.ts";
import type { ConnectionSource, DriverConnection, TransactionOptions } from "../driver/driver.ts";
import { failureOf } from "../failure/failure.ts";
import type { TableDefinition } from "../model/definition.ts";
import { guarded } from "../query/lending.ts";
import { traced } from "../query/traced-connection.ts";

/** Why the database takes nothing more in the transaction. */
interface Failed {
  readonly error: Error;
  /** It is rolled back already; else a savepoint can be gone back to. */
  readonly wholly: boolean;
}

/** Errors after which the database has rolled back by itself, or may have. */
const lostCodes: ReadonlySet<string> = new Set(["LMP_ORM_SERIALIZATION_FAILED", "LMP_ORM_DISK_FULL"]);

/** They become part of a statement, so no other text may. */
const LEVELS: readonly unknown[] = ["read committed", "repeatable read", "serializable"];

export class Transaction {
  readonly connection: DriverConnection;
  readonly #source: ConnectionSource;
  #failed: Failed | undefined;
  #undo: (() => void)[] = [];
  #savepoints = 0;

  private constructor(source: ConnectionSource, connection: DriverConnection) {
    this.#source = source;
    this.connection = connection;
  }

  /** Borrows a connection and begins. */
  static async begin(source: ConnectionSource, options: TransactionOptions): Promise<Transaction> {
    const { isolation } = options;
    if (isolation !== undefined && !LEVELS.includes(isolation)) throw unknownLevel(isolation);
    const connection = await source.acquire(options.readOnly === true ? "read" : "write");
    try {
      await guarded(source, connection, undefined, () => source.begin(connection, options));
    } catch (error) {
      source.release(connection, !connection.usable);
      throw error;
    }
    return new Transaction(source, connection);
  }

  /** Whether the database takes nothing more in it. */
  get isFailed(): boolean {
    return this.#failed !== undefined;
  }

  onRollback(undo: () => void): void {
    this.#undo.push(undo);
  }

  /**
   * Runs `work` on the connection; errors of the driver become those of Limpid, speaking of `table`. After an error that
   * ended the transaction in the database, `LMP_ORM_TRANSACTION_INVALID`: what came next would stand outside of it.
   */
  run<Result>(
    table: TableDefinition | undefined,
    work: (connection: DriverConnection) => Result | Promise<Result>,
  ): Result | Promise<Result> {
    if (this.#failed !== undefined) throw transactionFailed(this.#failed.error);
    try {
      const result = work(traced(this.connection, this.#source.dialect));
      if (!(result instanceof Promise)) return result;
      return result.catch((error: unknown) => {
        throw this.#noted(error, table);
      });
    } catch (error) {
      throw this.#noted(error, table);
    }
  }

  async commit(): Promise<void> {
    if (this.#failed !== undefined) {
      const { error } = this.#failed;
      await this.rollback();
      throw transactionFailed(error);
    }
    try {
      await guarded(this.#source, this.connection, undefined, (connection) => connection.script("COMMIT"));
    } catch (error) {
      await this.rollback();
      throw error;
    }
    this.#source.release(this.connection);
  }

  /** Never throws: a connection that cannot roll back is closed, which rolls back. */
  async rollback(): Promise<void> {
    let broken = !this.connection.usable;
    if (!broken) {
      try {
        await this.connection.script("ROLLBACK");
      } catch {
        // A database that is full or was interrupted has rolled back already and says that nothing is open.
        broken = true;
      }
    }
    this.#takeBack(0);
    this.#source.release(this.connection, broken);
  }

  /** Runs `work` so that what it wrote is taken back where it throws, and nothing else. */
  async savepoint<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#savepoints += 1;
    const name = `limpid_${this.#savepoints}`;
    const before = this.#undo.length;
    await this.#script(`SAVEPOINT ${name}`);
    try {
      const result = await work();
      await this.#script(`RELEASE SAVEPOINT ${name}`);
      return result;
    } catch (error) {
      if (this.connection.usable && this.#failed?.wholly !== true) await this.#backTo(name);
      this.#takeBack(before);
      throw error;
    }
  }

  async #backTo(savepoint: string): Promise<void> {
    try {
      await this.#script(`ROLLBACK TO SAVEPOINT ${savepoint}`);
      await this.#script(`RELEASE SAVEPOINT ${savepoint}`);
      this.#failed = undefined;
    } catch (error) {
      this.#failed = { error: error as Error, wholly: true };
    }
  }

  #noted(error: unknown, table: TableDefinition | undefined): Error {
    const { dialect } = this.#source;
    const failure = failureOf(error, dialect, table, undefined);
    if (failure === error) return failure;
    const code = failure instanceof LimpidError ? failure.code : "";
    // SQLite rolls back a whole transaction of which a write was interrupted: https://www.sqlite.org/c3ref/interrupt.html
    const wholly = lostCodes.has(code) || (dialect.name === "sqlite" && code === "LMP_ORM_STATEMENT_TIMEOUT");
    // PostgreSQL refuses everything after an error, and answers COMMIT by rolling back.
    if (wholly || dialect.name === "postgresql") this.#failed ??= { error: failure, wholly };
    return failure;
  }

  #script(sql: string): void | Promise<void> {
    return guarded(this.#source, this.connection, undefined, (connection) => connection.script(sql));
  }

  #takeBack(length: number): void {
    for (const undo of this.#undo.splice(length).toReversed()) undo();
  }
}

function unknownLevel(found: unknown): LimpidError {
  return new LimpidError("LMP_ORM_OPTION_INVALID", "There is no such isolation level.", {
    expected: LEVELS.join(", "),
    found: typeof found === "string" ? JSON.stringify(found.slice(0, 80)) : typeof found,
    fix: 'Name one of the levels: db.transaction(work, { isolation: "serializable" }).',
  });
}

function transactionFailed(cause: Error): LimpidError {
  return new LimpidError(
    "LMP_ORM_TRANSACTION_INVALID",
    "A statement of the transaction has failed, and with it the transaction.",
    {
      expected: "the end of the transaction, or of the nested one in which it failed",
      found: cause.message,
      fix: "Let the error pass, or run what may fail in a nested transaction(…), which is taken back alone.",
      cause,
    },
  );
}

/** Throws `LMP_ORM_QUERY_INVALID` for what cannot be run in a session. */
export function checkWork(work: unknown): void {
  if (typeof work === "function") return;
  throw new LimpidError("LMP_ORM_QUERY_INVALID", "A session is given to a function.", {
    expected: "async (session) => { … }",
    found: work === null ? "null" : typeof work,
    fix: "Pass a function, or take db.openSession() and close it yourself.",
  });
}
