/** What queries, relations and writes run on: a session, or a database without one. */
import type { DriverValue } from "../dialects/dialect.ts";
import type { DriverConnection, DriverRow, Intent, WriteResult } from "../driver/driver.ts";
import type { EntityRecord } from "../model/entity-record.ts";
import type { ModelDefinition } from "../model/registry.ts";
import type { ExpressionNode, StatementNode } from "./nodes.ts";
import type { Plan, Statements } from "./statements.ts";

/** Runs statements and makes entities of rows. What can be answered at once is not a promise. */
export interface Executor {
  readonly statements: Statements;
  /**
   * Lends a connection to `work`: that of the open transaction, or any. Errors of the driver leave it as errors of
   * Limpid; `statement` says which tables and columns they speak of.
   */
  run<Result>(
    intent: Intent,
    statement: StatementNode | undefined,
    work: (connection: DriverConnection) => Result | Promise<Result>,
  ): Result | Promise<Result>;
  /** The rows of a statement, as the driver gives them. */
  rows(statement: StatementNode, plan: Plan, values: DriverValue[]): DriverRow[] | Promise<DriverRow[]>;
  /** The first row. */
  row(
    statement: StatementNode,
    plan: Plan,
    values: DriverValue[],
  ): DriverRow | undefined | Promise<DriverRow | undefined>;
  /** The rows in portions of `size`; holds a connection until the iteration ends. */
  stream(
    statement: StatementNode,
    plan: Plan,
    values: DriverValue[],
    size: number,
  ): AsyncIterable<DriverRow[]>;
  /** Runs several statements on one connection, all or none of them. */
  atomically<Result>(
    statement: StatementNode | undefined,
    work: (connection: DriverConnection) => Promise<Result>,
  ): Promise<Result>;
  /** Runs a statement that gives no rows. */
  write(statement: StatementNode, plan: Plan, values: DriverValue[]): WriteResult | Promise<WriteResult>;
  /**
   * The entities of rows that hold all columns of a model, in order. A session gives the entity it has already for a
   * key; those that are new to it form a company, for which relations are loaded together.
   */
  entities(definition: ModelDefinition, rows: readonly DriverRow[], plan: Plan): EntityRecord[];
  /** Where changes made through relations are gathered; `undefined` without a session. */
  readonly changes: Changes | undefined;
}

/** The part of a session that relations write through. */
export interface Changes {
  /** Has the entity written at the next flush. Does nothing for one that is in the session already. */
  add(entity: EntityRecord): void;
  delete(entity: EntityRecord): void;
  /** At the next flush, once `parent` has its key, `child[property]` becomes `parent[parentProperty]`. */
  link(child: EntityRecord, property: string, parent: EntityRecord, parentProperty: string): void;
  /** Takes back a link of that column which has not been settled; does nothing where there is none. */
  unlink(child: EntityRecord, property: string): void;
  /** At the next flush, before anything is inserted, the rows of the model for which the condition holds are deleted. */
  deleteWhere(definition: ModelDefinition, where: ExpressionNode): void;
  /** Counts the flushes, commits and rollbacks; what was loaded along a relation before the last commit is asked for anew. */
  readonly epoch: number;
  /** The entity with this key, where the session has it. */
  find(definition: ModelDefinition, key: unknown): EntityRecord | undefined;
}
