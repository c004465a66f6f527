/** A connection of node:sqlite in this thread, with the statements it has prepared. */
import type { DatabaseSync } from "node:sqlite";
import type { DriverValue } from "../../dialects/dialect.ts";
import type { DriverRow, DriverStatement, WriteResult } from "../driver.ts";
import type { SqliteEngine } from "./sqlite-engine.ts";
import { StatementCache } from "./statement-cache.ts";

const maxStatements = 1_000;

/** A statement that gives rows as arrays; node:sqlite's types know those as objects alone. */
interface ArrayStatement {
  all(...values: DriverValue[]): DriverRow[];
  get(...values: DriverValue[]): DriverRow | undefined;
  run(...values: DriverValue[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  iterate(...values: DriverValue[]): IterableIterator<DriverRow>;
  /** Frees it now; older versions of Node free it with the garbage. */
  close?(): void;
}

/** Answers at once, and throws the errors of node:sqlite. */
export class SqliteConnection implements SqliteEngine {
  readonly #database: DatabaseSync;
  readonly #statements = new StatementCache<ArrayStatement>(maxStatements, finalize);

  /** Asked at every return of a connection; the database's own answer would cross into SQLite. */
  #open = true;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  get inTransaction(): boolean {
    return this.#open && this.#database.isTransaction;
  }

  get usable(): boolean {
    return this.#open;
  }

  rows(statement: DriverStatement, values: DriverValue[]): DriverRow[] {
    const prepared = this.#prepared(statement);
    // Spreading costs as much as a twentieth of a look-up by key.
    const rows = values.length === 1 ? prepared.all(values[0] ?? null) : prepared.all(...values);
    if (!statement.prepare) finalize(prepared);
    return rows;
  }

  row(statement: DriverStatement, values: DriverValue[]): DriverRow | undefined {
    const prepared = this.#prepared(statement);
    const row = values.length === 1 ? prepared.get(values[0] ?? null) : prepared.get(...values);
    if (!statement.prepare) finalize(prepared);
    return row;
  }

  write(statement: DriverStatement, values: DriverValue[]): WriteResult {
    const prepared = this.#prepared(statement);
    const { changes, lastInsertRowid } = prepared.run(...values);
    if (!statement.prepare) finalize(prepared);
    // SQLite tells the key of the last row; of one row that is the first.
    return {
      changes: Number(changes),
      firstId: changes === 1 || changes === 1n ? lastInsertRowid : undefined,
    };
  }

  script(sql: string): void {
    this.#database.exec(sql);
  }

  /**
   * The statement is never one that is kept: what is run anew while it is iterated would be run by the iteration too
   * (CVE-2026-58041).
   */
  *portions(statement: DriverStatement, values: DriverValue[], size: number): Generator<DriverRow[], void> {
    const prepared = this.#prepare(statement);
    const iterator = prepared.iterate(...values);
    try {
      for (;;) {
        const portion: DriverRow[] = [];
        for (let next = iterator.next(); ; next = iterator.next()) {
          if (next.done === true) {
            if (portion.length > 0) yield portion;
            return;
          }
          portion.push(next.value);
          if (portion.length === size) break;
        }
        yield portion;
      }
    } finally {
      if (this.#open) iterator.return?.();
      finalize(prepared);
    }
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#database.close();
  }

  #prepared(statement: DriverStatement): ArrayStatement {
    return this.#statements.get(statement.id) ?? this.#prepareAndKeep(statement);
  }

  #prepareAndKeep(statement: DriverStatement): ArrayStatement {
    const prepared = this.#prepare(statement);
    if (statement.prepare) this.#statements.set(statement.id, prepared);
    return prepared;
  }

  #prepare({ sql, bigInts }: DriverStatement): ArrayStatement {
    const prepared = this.#database.prepare(sql);
    prepared.setReturnArrays(true);
    if (bigInts) prepared.setReadBigInts(true);
    return prepared as unknown as ArrayStatement;
  }
}

function finalize(statement: ArrayStatement): void {
  statement.close?.();
}
