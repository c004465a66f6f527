/** A database: the way in. Sessions, transactions, and plain queries without either. */
import { LimpidError } from "../errors/index.ts";
import { checkRows, copyRows, insertRows } from "./copy.ts";
import type { Decode, DriverValue } from "./dialects/dialect.ts";
import { connectionTo } from "./driver/connect.ts";
import type {
  ConnectionSource,
  ConnectOptions,
  DriverConnection,
  DriverRow,
  Intent,
  PoolStatus,
  TransactionOptions,
} from "./driver/driver.ts";
import type { DialectName } from "./model/column-type.ts";
import type { Company, EntityRecord } from "./model/entity-record.ts";
import type { AnyModel, Insert as InsertValues } from "./model/model-types.ts";
import { definitionOf, type ModelDefinition } from "./model/registry.ts";
import { guarded, lend, lendStream, tableOf } from "./query/lending.ts";
import type { StatementNode } from "./query/nodes.ts";
import { Queries } from "./query/queries.ts";
import { type Plan, Statements } from "./query/statements.ts";
import { Session } from "./session/session.ts";
import { checkWork, Transaction } from "./session/transaction.ts";

/** Options of `db.transaction`. */
export interface RetryOptions extends TransactionOptions {
  /** How often the work is run again where it lost against another transaction. Default: 0. */
  readonly retries?: number | undefined;
}

/**
 * A database and its connections. Queries made on it directly stand for themselves: each statement is a transaction,
 * and entities they give are not watched. `session` and `transaction` give a unit of work.
 *
 * @example
 * ```ts
 * import { Database, integer, model, sql, varchar } from "limpid/orm";
 *
 * const User = model("users", { id: integer().primaryKey(), name: varchar(50) });
 *
 * const db = await Database.connect("sqlite::memory:");
 * await db.execute(sql`create table users (id integer primary key, name text not null) strict`);
 * await db.session(async (session) => {
 *   session.add(new User({ name: "Ada" }));
 *   await session.commit();
 * });
 * console.log((await db.query(User).first())?.name); // Ada
 * await db.close();
 * ```
 */
export class Database extends Queries {
  readonly changes = undefined;
  readonly #source: ConnectionSource;

  constructor(source: ConnectionSource) {
    super(new Statements(source.dialect), 100);
    this.#source = source;
  }

  /**
   * Opens a database: `"sqlite:blog.db"`, `"sqlite::memory:"`, `"postgres://user@host/name"`, `"mysql://…"`.
   * Throws `LMP_ORM_URL_INVALID`, `LMP_ORM_DRIVER_MISSING`, `LMP_ORM_CONNECT_FAILED`, `LMP_ORM_OPTION_INVALID`.
   */
  static async connect(url: string, options: ConnectOptions = {}): Promise<Database> {
    return new Database(await connectionTo(url, options));
  }

  /** `"sqlite"`, `"postgresql"` or `"mysql"`. */
  get dialect(): DialectName {
    return this.#source.dialect.name;
  }

  /** The connections, for what stands beside queries: migrations. */
  get source(): ConnectionSource {
    return this.#source;
  }

  /** Runs `work` with a session of its own, which ends with it. What was not committed by then is lost. */
  async session<Result>(work: (session: Session) => Result | Promise<Result>): Promise<Result> {
    checkWork(work);
    const session = this.openSession();
    let failed = true;
    try {
      const result = await work(session);
      failed = false;
      return result;
    } finally {
      await session.close({ failed });
    }
  }

  /** A session that has to be closed by whoever opens it. */
  openSession(): Session {
    return new Session(this.#source, this.statements);
  }

  /**
   * Runs `work` in a transaction with a session of its own: commits where it ends well, rolls back where it throws.
   * With `retries`, runs it again where it lost against another transaction; then `work` may run several times.
   */
  async transaction<Result>(
    work: (session: Session) => Result | Promise<Result>,
    options: RetryOptions = {},
  ): Promise<Result> {
    const { retries = 0, ...rest } = options;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.session((session) => session.transaction(work, rest));
      } catch (error) {
        if (attempt >= retries || !isLost(error)) throw error;
        await pause(attempt);
      }
    }
  }

  /** Writes many rows by the quickest way the database has (COPY on PostgreSQL), all or none. Gives their number. */
  async copy<M extends AnyModel>(
    model: M,
    rows: Iterable<InsertValues<M>> | AsyncIterable<InsertValues<M>>,
  ): Promise<number> {
    const definition = definitionOf(model);
    checkRows(rows);
    const { copy } = this.#source;
    if (copy !== undefined) return copyRows(this.#source, copy, definition, rows);
    return this.transaction((session) => insertRows(session, definition, rows));
  }

  /** PostgreSQL: calls `receive` for every NOTIFY on the channel, until the returned function is called. */
  async listen(channel: string, receive: (payload: string) => void): Promise<() => Promise<void>> {
    if (this.#source.listen === undefined) {
      throw new LimpidError("LMP_ORM_UNSUPPORTED", "Only PostgreSQL has LISTEN and NOTIFY.", {
        expected: "a database of PostgreSQL",
        found: this.dialect,
        fix: "Use PostgreSQL, or another way to tell processes about changes.",
      });
    }
    return this.#source.listen(channel, receive);
  }

  /** How many connections there are and what they do. */
  status(): PoolStatus {
    return this.#source.status();
  }

  /** Whether the database answers: for `/readyz`. */
  async ping(): Promise<void> {
    await this.run("read", undefined, (connection) =>
      connection.rows({ id: 0, sql: "SELECT 1", givesRows: true, bigInts: false, prepare: false }, []),
    );
  }

  /** Waits for what is running, up to `grace` milliseconds (default 10,000), and closes all connections. */
  async close(grace: number = 10_000): Promise<void> {
    await this.#source.close(grace);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  override run<Result>(
    intent: Intent,
    statement: StatementNode | undefined,
    work: (connection: DriverConnection) => Result | Promise<Result>,
  ): Result | Promise<Result> {
    return lend(this.#source, intent, statement, work);
  }

  override async atomically<Result>(
    statement: StatementNode | undefined,
    work: (connection: DriverConnection) => Promise<Result>,
  ): Promise<Result> {
    const transaction = await Transaction.begin(this.#source, {});
    let result: Result;
    try {
      result = await guarded(this.#source, transaction.connection, tableOf(statement), work);
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
    await transaction.commit();
    return result;
  }

  override stream(
    statement: StatementNode,
    plan: Plan,
    values: DriverValue[],
    size: number,
  ): AsyncGenerator<DriverRow[]> {
    return lendStream(this.#source, undefined, statement, (connection) =>
      connection.stream(plan.statement, values, size),
    );
  }

  override entities(definition: ModelDefinition, rows: readonly DriverRow[], plan: Plan): EntityRecord[] {
    const { entity: Entity } = definition;
    const decoders: readonly (Decode | undefined)[] = plan.decoders;
    const members: EntityRecord[] = new Array(rows.length);
    const company: Company = { reader: this, members };
    for (let index = 0; index < rows.length; index++)
      members[index] = new Entity(undefined, rows[index] as DriverRow, company, decoders);
    return members;
  }
}

function isLost(error: unknown): boolean {
  return error instanceof LimpidError && error.code === "LMP_ORM_SERIALIZATION_FAILED";
}

/** A little longer each time, and never the same, so that two that collided do not collide again. */
function pause(attempt: number): Promise<void> {
  const milliseconds = Math.min(1000, 10 * 2 ** attempt) * (0.5 + Math.random());
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
