/** A session: reads entities, keeps one for each row, and writes what changed of them when it is told to. */
import { LimpidError, NotFoundError } from "../../errors/index.ts";
import type { DriverValue } from "../dialects/dialect.ts";
import type {
  ConnectionSource,
  DriverConnection,
  DriverRow,
  Intent,
  TransactionOptions,
} from "../driver/driver.ts";
import type { TableDefinition } from "../model/definition.ts";
import { EntityRecord } from "../model/entity-record.ts";
import type { AnyModel, ColumnsOf, Entity, ValueOf } from "../model/model-types.ts";
import { definitionOf, definitionOfEntity, type ModelDefinition } from "../model/registry.ts";
import type { Delete } from "../query/change.ts";
import { lend, lendStream, tableOf } from "../query/lending.ts";
import type { StatementNode } from "../query/nodes.ts";
import { Queries } from "../query/queries.ts";
import type { Parameters, Plan, Statements } from "../query/statements.ts";
import { gather } from "../relations/distribute.ts";
import { type FlushPlan, flush, planFlush, statementsOf } from "./flush/flush.ts";
import type { FlushTarget } from "./flush/target.ts";
import { overwrite } from "./identity-map.ts";
import { keyCondition } from "./key-condition.ts";
import { bringOver } from "./merge.ts";
import { checkWork, Transaction } from "./transaction.ts";
import { UnitOfWork } from "./unit-of-work.ts";

/** The key of a model's rows: a value, or an object for a key of several columns. */
export type KeyOf<M extends AnyModel> =
  | string
  | number
  | bigint
  | { readonly [Key in keyof ColumnsOf<M>]?: ValueOf<ColumnsOf<M>[Key]> };

/**
 * A unit of work. Entities that it reads or is given are written by `commit()`: new ones, those whose columns changed,
 * those that are to go. Nothing is written before, and what was not committed at the end of the session is lost.
 */
export class Session extends Queries {
  readonly changes: UnitOfWork;
  readonly #source: ConnectionSource;
  #transaction: Transaction | undefined;
  #beginning: Promise<Transaction> | undefined;
  /** How many `transaction(…)` calls are running; they end the transaction, not `commit()`. */
  #scopes = 0;
  #state: "open" | "reading" | "closed" = "open";

  constructor(source: ConnectionSource, statements: Statements) {
    super(statements, 0);
    this.#source = source;
    this.changes = new UnitOfWork(source.dialect, this);
  }

  /** Has new entities written at the next flush. What was added to their relations comes along. */
  add(...entities: readonly object[]): void {
    this.#assertOpen();
    for (const entity of entities) {
      this.changes.add(recordOf(entity));
    }
  }

  /** Has entities deleted at the next flush. */
  override delete<M extends AnyModel>(model: M): Delete<M>;
  override delete(...entities: readonly object[]): void;
  override delete(...entities: readonly object[]): Delete<AnyModel> | undefined {
    const [first] = entities;
    if (entities.length === 1 && typeof first === "function") return super.delete(first as AnyModel);
    this.#assertOpen();
    for (const entity of entities) this.changes.delete(recordOf(entity));
    return undefined;
  }

  /** The row with this key, from the session where it has it; `undefined` where there is none. */
  async get<M extends AnyModel>(model: M, key: KeyOf<M>): Promise<Entity<M> | undefined> {
    const definition = definitionOf(model);
    const known = typeof key === "object" ? undefined : this.changes.find(definition, key);
    if (known !== undefined) return known as object as Entity<M>;
    return this.query(model).filter(keyCondition(definition, key)).first();
  }

  /** Reads an entity anew; changes of it that have not been written are lost. Throws `LMP_ORM_NOT_FOUND` (404). */
  async refresh<E extends object>(entity: E): Promise<E> {
    const record = recordOf(entity);
    const definition = definitionOfEntity(record);
    const condition = keyCondition(definition, entity as Readonly<Record<string, unknown>>);
    const { node } = this.query(definition.entity as unknown as AnyModel).filter(condition);
    const parameters: Parameters = [];
    const plan = this.statements.plan(node, parameters);
    const row = await this.row(node, plan, this.statements.bind(plan, parameters));
    if (row === undefined) throw rowGone(definition.table);
    overwrite(record, definition.table, row, plan.decoders);
    this.changes.unlinkAll(record);
    EntityRecord.forgetRelated(record);
    return entity;
  }

  /**
   * Brings the values of an entity from elsewhere into this session: into the row with its key, or into a new one.
   * Gives the entity of this session.
   */
  async merge<E extends object>(entity: E): Promise<E> {
    const record = recordOf(entity);
    const definition = definitionOfEntity(record);
    const values = entity as Record<string, unknown>;
    const keyed = definition.table.primaryKey.every(({ property }) => values[property] != null);
    const model = definition.entity as unknown as AnyModel;
    const found = keyed
      ? await this.query(model).filter(keyCondition(definition, values)).first()
      : undefined;
    const own = found === undefined ? new definition.entity({}) : recordOf(found);
    bringOver(record, definition, own, found !== undefined);
    if (found === undefined) this.add(own);
    return own as object as E;
  }

  /**
   * Writes what changed, inside the session's transaction, which stays open until `commit()` or `rollback()`. Where that
   * fails nothing of it is written; what the transaction wrote before stays.
   */
  async flush(): Promise<void> {
    this.#assertOpen();
    const running = this.#transaction;
    if (running === undefined) return this.#write();
    const plan = planFlush(this.changes);
    if (statementsOf(plan) === 0) return;
    await running.savepoint(() => flush(this.changes, plan, this.#targetOf(running)));
  }

  /** Writes what changed; where that fails, the transaction ends and takes all it wrote with it. */
  async #write(): Promise<void> {
    const plan = planFlush(this.changes);
    if (statementsOf(plan) === 0) return;
    const transaction = await this.#begin({});
    try {
      await flush(this.changes, plan, this.#targetOf(transaction));
      this.changes.forgetRelated();
    } catch (error) {
      await this.#abandon();
      throw error;
    }
  }

  /** Writes what changed and makes it last. Where that fails nothing is written, and the entities stay as they are. */
  async commit(): Promise<void> {
    this.#assertOpen();
    if (this.#scopes > 0) throw endsByItself("commit");
    if (this.#transaction === undefined) {
      const plan = planFlush(this.changes);
      const statements = statementsOf(plan);
      // One statement is a transaction by itself.
      if (statements === 1) await this.#autocommit(plan);
      if (statements <= 1) return this.changes.forgetRelated();
    }
    await this.#write();
    const transaction = this.#transaction;
    this.#transaction = undefined;
    await transaction?.commit();
    this.changes.forgetRelated();
  }

  /** Takes back everything since the last commit, in the database and in the entities. */
  async rollback(): Promise<void> {
    this.#assertOpen();
    if (this.#scopes > 0) throw endsByItself("rollback");
    await this.#abandon();
    this.changes.discard();
  }

  /**
   * Runs `work` in a transaction: commits where it ends well, rolls back where it throws. Inside of another it is a
   * savepoint. Options are those of the outermost.
   */
  async transaction<Result>(
    work: (session: this) => Result | Promise<Result>,
    options: TransactionOptions = {},
  ): Promise<Result> {
    this.#assertOpen();
    checkWork(work);
    if (this.#scopes > 0 && this.#transaction !== undefined) return this.#nested(this.#transaction, work);
    await this.#begin(options);
    let result: Result;
    this.#scopes += 1;
    try {
      result = await work(this);
      await this.#write();
    } catch (error) {
      this.#scopes -= 1;
      await this.#abandon();
      this.changes.discard();
      throw error;
    }
    this.#scopes -= 1;
    await this.commit();
    return result;
  }

  /**
   * Ends the session; what has not been committed is rolled back. With `stillReads`, it goes on answering queries, for
   * a response that is streamed after its handler has returned; it writes nothing any more. In development a warning
   * tells of what is lost, unless the session ends because something `failed`.
   */
  async close(
    options: { readonly stillReads?: boolean | undefined; readonly failed?: boolean | undefined } = {},
  ): Promise<void> {
    if (this.#state !== "open") return;
    const lost = options.failed !== true && process.env.NODE_ENV !== "production" && this.#isUncommitted;
    this.#state = options.stillReads === true ? "reading" : "closed";
    await this.#transaction?.rollback();
    this.#transaction = undefined;
    if (lost) {
      process.emitWarning("A session ended with changes that were never committed; they are lost.", {
        type: "LimpidLostChanges",
        detail: "Call await session.commit() before it ends.",
      });
    }
  }

  get #isUncommitted(): boolean {
    const isWritten = this.#transaction !== undefined && !this.#transaction.isFailed;
    return this.#scopes === 0 && (this.changes.isPending || isWritten);
  }

  override run<Result>(
    intent: Intent,
    statement: StatementNode | undefined,
    work: (connection: DriverConnection) => Result | Promise<Result>,
  ): Result | Promise<Result> {
    this.#assertOpen(intent);
    const table = tableOf(statement);
    if (this.#transaction !== undefined) return this.#transaction.run(table, work);
    if (intent === "read") return lend(this.#source, intent, statement, work);
    return this.#begin({}).then((transaction) => transaction.run(table, work));
  }

  /** In the session's transaction, which stays open; what fails half-way is taken back alone. */
  override async atomically<Result>(
    statement: StatementNode | undefined,
    work: (connection: DriverConnection) => Promise<Result>,
  ): Promise<Result> {
    this.#assertOpen();
    const transaction = await this.#begin({});
    return transaction.savepoint(async () => transaction.run(tableOf(statement), work));
  }

  override stream(
    statement: StatementNode,
    plan: Plan,
    values: DriverValue[],
    size: number,
  ): AsyncGenerator<DriverRow[]> {
    this.#assertOpen("read");
    return lendStream(this.#source, this.#transaction?.connection, statement, (connection) =>
      connection.stream(plan.statement, values, size),
    );
  }

  override entities(definition: ModelDefinition, rows: readonly DriverRow[], plan: Plan): EntityRecord[] {
    const entities = this.changes.entities(definition, rows, plan.decoders);
    gather(this, entities);
    return entities;
  }

  async #nested<Result>(
    transaction: Transaction,
    work: (session: this) => Result | Promise<Result>,
  ): Promise<Result> {
    await this.flush();
    this.#scopes += 1;
    try {
      return await transaction.savepoint(async () => {
        const result = await work(this);
        await flush(this.changes, planFlush(this.changes), this.#targetOf(transaction));
        return result;
      });
    } catch (error) {
      this.changes.discard();
      throw error;
    } finally {
      this.#scopes -= 1;
    }
  }

  /** The session's transaction, begun where there is none; at once for all who ask for it at the same time. */
  async #begin(options: TransactionOptions): Promise<Transaction> {
    if (this.#transaction !== undefined) return this.#transaction;
    this.#beginning ??= Transaction.begin(this.#source, options);
    try {
      this.#transaction = await this.#beginning;
    } finally {
      this.#beginning = undefined;
    }
    return this.#transaction;
  }

  async #abandon(): Promise<void> {
    const transaction = this.#transaction;
    this.#transaction = undefined;
    await transaction?.rollback();
  }

  #targetOf(transaction: Transaction): FlushTarget {
    return {
      statements: this.statements,
      run: (table: TableDefinition, work) => transaction.run(table, work),
      onRollback: (undo) => transaction.onRollback(undo),
    };
  }

  async #autocommit(plan: FlushPlan): Promise<void> {
    const undo: (() => void)[] = [];
    try {
      await flush(this.changes, plan, {
        statements: this.statements,
        run: (table, work) =>
          lend(this.#source, "write", { kind: "delete", table, where: undefined, returning: [] }, work),
        onRollback: (one) => undo.push(one),
      });
    } catch (error) {
      for (const one of undo.toReversed()) one();
      throw error;
    }
  }

  #assertOpen(intent: Intent = "write"): void {
    if (this.#state === "open" || (this.#state === "reading" && intent === "read")) return;
    throw new LimpidError("LMP_ORM_SESSION_CLOSED", "The session has ended.", {
      expected: "use while the function of db.session(…), or the request, is running",
      found: "a session that was closed",
      fix: "Await everything that uses the session before its function returns.",
    });
  }
}

function recordOf(entity: unknown): EntityRecord {
  definitionOfEntity(entity);
  return entity as EntityRecord;
}

function rowGone(table: TableDefinition): NotFoundError {
  return new NotFoundError("The row is not there any more.", {
    code: "LMP_ORM_NOT_FOUND",
    expected: `a row of "${table.name}" with the entity's key`,
    found: "none",
    fix: "Somebody has deleted it; do not use the entity any further.",
  });
}

function endsByItself(what: string): LimpidError {
  return new LimpidError(
    "LMP_ORM_TRANSACTION_INVALID",
    `A transaction of transaction(…) does not take ${what}().`,
    {
      expected: "the end of its function, or an error that it throws",
      found: `${what}() inside of it`,
      fix: "Return to commit, throw to roll back; use flush() to write before the end.",
    },
  );
}
