/** A connection as a borrower holds it: it waits for locks without blocking, and is worth nothing once given back. */
import { LimpidError } from "../../../errors/index.ts";
import type { DriverValue } from "../../dialects/dialect.ts";
import type { DriverConnection, DriverRow, DriverStatement, WriteResult } from "../driver.ts";
import { retryWhileBusy } from "./busy-retry.ts";
import { isBusy } from "./open-database.ts";
import type { SqliteEngine } from "./sqlite-engine.ts";

/** What a lease needs of the source that lent it. */
export interface Lender {
  readonly busyTimeout: number;
  /** Whether a read that stands alone has to wait for a transaction: in memory, where all have one connection. */
  gate?(lease: SqliteLease): void | Promise<void>;
  /** A reader of one's own for a stream; `undefined` where there is none beside the only connection. */
  takeReader(): SqliteEngine | undefined | Promise<SqliteEngine | undefined>;
  giveReader(engine: SqliteEngine): void;
  /** Called when a transaction of the lease may have ended. */
  settled(lease: SqliteLease): void;
}

export class SqliteLease implements DriverConnection {
  readonly #lender: Lender;
  #engine: SqliteEngine | undefined;
  /** Whether others use the engine too. */
  #shared: boolean;
  /** Whether its transaction must not write, on a connection that could. */
  readOnly = false;
  /** Whether its statements may take as long as they like. */
  unlimited = false;

  constructor(lender: Lender, engine: SqliteEngine | undefined, shared: boolean) {
    this.#lender = lender;
    this.#engine = engine;
    this.#shared = shared;
  }

  get usable(): boolean {
    return this.#engine?.usable === true;
  }

  /** Whether a transaction of this lease is open. */
  get inTransaction(): boolean {
    return !this.#shared && this.#engine?.inTransaction === true;
  }

  get shared(): boolean {
    return this.#shared;
  }

  /** Gives the lease an engine of its own. */
  attach(engine: SqliteEngine): void {
    this.#engine = engine;
    this.#shared = false;
    engine.setUnlimited?.(this.unlimited);
  }

  /** Ends the lease and gives its engine back; `undefined` where it has ended before. */
  end(): SqliteEngine | undefined {
    const engine = this.#engine;
    this.#engine = undefined;
    return engine;
  }

  rows(statement: DriverStatement, values: DriverValue[]): DriverRow[] | Promise<DriverRow[]> {
    const engine = this.#open();
    const wait = this.#gated();
    if (wait !== undefined) return wait.then(() => this.rows(statement, values));
    try {
      return engine.rows(statement, values);
    } catch (error) {
      return this.#again(error, engine, () => engine.rows(statement, values));
    }
  }

  row(
    statement: DriverStatement,
    values: DriverValue[],
  ): DriverRow | undefined | Promise<DriverRow | undefined> {
    const engine = this.#open();
    const wait = this.#gated();
    if (wait !== undefined) return wait.then(() => this.row(statement, values));
    try {
      return engine.row(statement, values);
    } catch (error) {
      return this.#again(error, engine, () => engine.row(statement, values));
    }
  }

  write(statement: DriverStatement, values: DriverValue[]): WriteResult | Promise<WriteResult> {
    const engine = this.#open();
    try {
      return engine.write(statement, values);
    } catch (error) {
      return this.#again(error, engine, () => engine.write(statement, values));
    }
  }

  script(sql: string): void | Promise<void> {
    const engine = this.#open();
    try {
      const done = engine.script(sql);
      if (done === undefined) return this.#lender.settled(this);
      return done.finally(() => this.#lender.settled(this));
    } catch (error) {
      this.#lender.settled(this);
      return this.#again(error, engine, () => engine.script(sql));
    }
  }

  async *stream(
    statement: DriverStatement,
    values: DriverValue[],
    size: number,
  ): AsyncGenerator<DriverRow[]> {
    const engine = this.#open();
    if (!this.#shared) return yield* this.#whileLent(engine.portions(statement, values, size));
    const own = await this.#lender.takeReader();
    if (own === undefined) return yield* cut(await this.rows(statement, values), size);
    try {
      yield* own.portions(statement, values, size);
    } finally {
      this.#lender.giveReader(own);
    }
  }

  /** Another borrower would find the connection in the middle of the iteration. */
  async *#whileLent(
    portions: Iterable<DriverRow[]> | AsyncIterable<DriverRow[]>,
  ): AsyncGenerator<DriverRow[]> {
    for await (const portion of portions) {
      yield portion;
      this.#open();
    }
  }

  #open(): SqliteEngine {
    if (this.#engine !== undefined) return this.#engine;
    throw new LimpidError("LMP_ORM_SESSION_CLOSED", "A connection was used after it had been given back.", {
      expected: "a connection that is lent",
      found: "one that was given back",
      fix: "Await every query before the session or the request ends.",
    });
  }

  #gated(): void | Promise<void> {
    return this.#shared ? this.#lender.gate?.(this) : undefined;
  }

  /** Within a transaction the lock is held already: there, waiting would wait for oneself. */
  #again<Result>(error: unknown, engine: SqliteEngine, run: () => Result): Promise<Awaited<Result>> {
    if (!isBusy(error) || engine.inTransaction) throw error;
    return retryWhileBusy(run, this.#lender.busyTimeout) as Promise<Awaited<Result>>;
  }
}

function* cut(rows: DriverRow[], size: number): Generator<DriverRow[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}
