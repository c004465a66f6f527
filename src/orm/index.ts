/** Models, queries, unit of work, dialects, migrations. */
export { createTables } from "./create-tables.ts";
export { Database, type RetryOptions } from "./database.ts";
export { database } from "./database-middleware.ts";
export { connectForMigrations } from "./driver/connect.ts";
export { dialectOfUrl, maskedUrl } from "./driver/database-url.ts";
export type {
  ConnectionSource,
  ConnectOptions,
  DriverConnection,
  PoolOptions,
  PoolStatus,
  TlsOptions,
  TransactionOptions,
} from "./driver/driver.ts";
export {
  type Factory,
  type FactoryContext,
  type FactoryRelated,
  type FactoryValues,
  factory,
} from "./factory.ts";
export {
  CheckViolation,
  ConstraintViolation,
  ForeignKeyViolation,
  NotNullViolation,
  UniqueViolation,
} from "./failure/violations.ts";
export { type BaselineOptions, type BaselineResult, baseline } from "./migrations/baseline.ts";
export {
  type MigrateOptions,
  type MigrateResult,
  type MigrationDone,
  migrate,
} from "./migrations/migrate.ts";
export type { MigrationDatabase, MigrationFunction, MigrationValue } from "./migrations/migration.ts";
export type { MigrationEvent } from "./migrations/migration-run.ts";
export {
  type MigrationStanding,
  type MigrationStatus,
  type MigrationStatusOptions,
  migrationStatus,
} from "./migrations/migration-status.ts";
export type { RunOptions } from "./migrations/open-run.ts";
export {
  type PlannedMigration,
  type PlanOptions,
  planMigrations,
  planRollback,
} from "./migrations/plan-migrations.ts";
export { resetDatabase } from "./migrations/reset-database.ts";
export { type RollbackOptions, rollback } from "./migrations/rollback.ts";
export {
  databaseDrift,
  declaredSchemas,
  inWordsOf,
  schemaOfDatabase,
  snapshotDialects,
  tablesOfModule,
} from "./migrations/schemas-of.ts";
export { dialectNames } from "./migrations/snapshot.ts";
export {
  type DraftOptions,
  draftMigration,
  type MigrationDraft,
  tablesLeftAlone,
  type WrittenMigration,
  writeMigration,
} from "./migrations/write-migration.ts";
export {
  array,
  bigint,
  boolean,
  bytes,
  Column,
  CountedColumn,
  customType,
  date,
  enumeration,
  integer,
  json,
  NumericColumn,
  numeric,
  type Presence,
  type ReferenceOptions,
  real,
  text,
  time,
  timestamp,
  uuid,
  varchar,
  version,
} from "./model/column.ts";
export type { ColumnType, CustomColumnType, DialectName } from "./model/column-type.ts";
export type { ReferenceAction, TableDefinition } from "./model/definition.ts";
export { alias, model, withMethods } from "./model/model.ts";
export type {
  AnyModel,
  BelongsTo,
  ColumnName,
  Entity,
  HasMany,
  HasOne,
  Insert,
  ManyToMany,
  Model,
  Patch,
  RelatedMany,
  RelatedOne,
  RelatedThrough,
} from "./model/model-types.ts";
export type { NamingStrategy } from "./model/naming.ts";
export { ColumnReference } from "./model/registry.ts";
export type { IndexOptions, TableOptions } from "./model/table.ts";
export {
  queryRepeated,
  type RepeatedQuery,
  type StatementRun,
  statementEnd,
  statementFailed,
} from "./moments.ts";
export type { Delete, Update } from "./query/change.ts";
export { cte, recursive } from "./query/common-table.ts";
export { and, exists, not, or } from "./query/conditions.ts";
export { type Comparand, type Condition, Expression, type Operand, Order } from "./query/expression.ts";
export {
  abs,
  avg,
  type Call,
  cast,
  choose,
  coalesce,
  concat,
  count,
  denseRank,
  firstValue,
  lag,
  lastValue,
  lead,
  length,
  lower,
  max,
  min,
  now,
  rank,
  round,
  rowNumber,
  substring,
  sum,
  trim,
  upper,
  type Window,
} from "./query/functions.ts";
export type { Insert as InsertStatement, InsertedRow } from "./query/insert.ts";
export type { Query } from "./query/query.ts";
export type { Page, PageOptions, SqlText } from "./query/results.ts";
export type { Derived } from "./query/source.ts";
export { type Sql, SqlIdentifier, sql } from "./query/sql.ts";
export type { RowsOf, Subquery } from "./query/subquery.ts";
export { excluded } from "./query/upsert.ts";
export { belongsTo, hasMany, hasOne, manyToMany, type RelationOptions } from "./relations/declare.ts";
export type { Finding } from "./schema/lint.ts";
export { parseRename } from "./schema/renames.ts";
export type { Schema } from "./schema/schema.ts";
export type { KeyOf, Session } from "./session/session.ts";
