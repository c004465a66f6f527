/** Operations in the SQL of MySQL and MariaDB. */
import { mentions } from "../../schema/expression-names.ts";
import { duplicatesGuard, lossGuard, newColumnGuard, nullsGuard } from "../../schema/guards.ts";
import { quoted } from "../../schema/identifier.ts";
import type { MigrationStep } from "../../schema/migration-step.ts";
import type { AddColumn, Operation, OperationOf } from "../../schema/operations.ts";
import type { ColumnSchema, Schema, TableSchema } from "../../schema/schema.ts";
import { oneNamed } from "../../schema/schema-lookup.ts";
import {
  checkSql,
  constraintLines,
  createTableSql,
  foreignKeySql,
  isConstant,
  primaryKeySql,
} from "../../schema/table-sql.ts";
import { type AlterDdl, renamed, renderAlter } from "../alter-ddl.ts";
import { alterTable } from "../ddl-steps.ts";
import { cutValuesSql } from "./type-change.ts";

/** A counted column must begin a key from its first moment; this one serves until the primary key is there. */
const countedKey = "limpid_counted";

const q = (name: string) => quoted(name, "mysql");
const alter = (table: string, action: string) => alterTable(table, action, "mysql");

/** The statements of one operation, between the schemas before and after it. */
export function renderMysql(operation: Operation, before: Schema, after: Schema): MigrationStep[] {
  return renderAlter(ddl, operation, before, after);
}

const ddl: AlterDdl = {
  dialect: "mysql",
  createTable,
  renameTable: (before, after) => [
    { sql: `RENAME TABLE ${q(before.name)} TO ${q(after.name)}` },
    ...renamedConstraints(before, after),
  ],
  renameColumn,
  addColumn,
  alterColumn,
  changePrimaryKey,
  dropConstraint: ({ kind, table, name }) => alter(table, `DROP ${constraintWords[kind]} ${q(name)}`),
};

const constraintWords = {
  dropIndex: "INDEX",
  dropUnique: "INDEX",
  dropForeignKey: "FOREIGN KEY",
  dropCheck: "CONSTRAINT",
};

/** Comparisons are as exact as in the other databases: `utf8mb4_bin`. */
function createTable(table: TableSchema): MigrationStep[] {
  const lines = table.columns.map(columnSql);
  if (table.primaryKey.length > 0) lines.push(primaryKeySql(table.name, table.primaryKey, "mysql"));
  // In the table itself, so that foreign keys find their indexes.
  for (const index of table.indexes) {
    const columns = index.columns.map(({ name, descending }) => q(name) + (descending ? " DESC" : ""));
    lines.push(`${index.unique ? "UNIQUE " : ""}INDEX ${q(index.name)} (${columns.join(", ")})`);
  }
  lines.push(...constraintLines(table, "mysql"));
  const tail = " ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
  return [{ sql: createTableSql(table.name, lines, "mysql", tail) }];
}

/** A column as CREATE TABLE, ADD and MODIFY write it. */
function columnSql(column: ColumnSchema): string {
  const parts = [q(column.name), typeSql(column.type)];
  if (column.generated !== undefined) {
    parts.push(
      `GENERATED ALWAYS AS (${column.generated.sql}) ${column.generated.stored ? "STORED" : "VIRTUAL"}`,
    );
    return parts.join(" ");
  }
  parts.push(column.nullable ? "NULL" : "NOT NULL");
  if (column.default !== undefined) parts.push(`DEFAULT ${defaultSql(column.type, column.default)}`);
  if (column.identity) parts.push("AUTO_INCREMENT");
  return parts.join(" ");
}

/** The table may have another collation, where it was not made from a model. */
function typeSql(type: string): string {
  const isText = /^(?:varchar|char|text|longtext|mediumtext|tinytext)/.test(type);
  return isText && !type.includes("character set")
    ? `${type} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`
    : type;
}

/** Expressions stand in parentheses, and so does every default of a type without a length. */
function defaultSql(type: string, sql: string): string {
  return isConstant(sql, "mysql") && !/^(?:longtext|longblob|text|blob|json)/.test(type) ? sql : `(${sql})`;
}

function addColumn(operation: AddColumn): MigrationStep[] {
  const { table, column, fill } = operation;
  const filled = fill === undefined ? column : { ...column, default: fill };
  const key = column.identity ? `, ADD UNIQUE INDEX ${q(countedKey)} (${q(column.name)})` : "";
  const steps = [
    ...newColumnGuard(operation, "mysql"),
    alter(table, `ADD COLUMN ${columnSql(filled)}${key}`),
  ];
  if (fill !== undefined) steps.push(alter(table, `ALTER COLUMN ${q(column.name)} DROP DEFAULT`));
  return steps;
}

function alterColumn(table: string, from: ColumnSchema, to: ColumnSchema): MigrationStep[] {
  const steps: MigrationStep[] = [];
  const cut = from.type === to.type ? undefined : cutValuesSql(q(to.name), from.type, to.type);
  if (cut !== undefined) steps.push(lossGuard(table, to.name, to.type, cut, "mysql"));
  if (from.nullable && !to.nullable) steps.push(nullsGuard(table, to.name, "mysql"));
  steps.push(alter(table, `MODIFY COLUMN ${columnSql(to)}`));
  return steps;
}

function changePrimaryKey(table: TableSchema, columns: readonly string[]): MigrationStep[] {
  const actions: string[] = [];
  if (table.primaryKey.length > 0) actions.push("DROP PRIMARY KEY");
  if (columns.length > 0) actions.push(`ADD ${primaryKeySql(table.name, columns, "mysql")}`);
  const counted = table.columns.find((column) => column.identity);
  if (counted !== undefined && columns[0] === counted.name) actions.push(`DROP INDEX ${q(countedKey)}`);
  const guards = columns.length > 0 ? [duplicatesGuard(table.name, { columns }, "mysql")] : [];
  return actions.length === 0 ? [] : [...guards, alter(table.name, actions.join(", "))];
}

/** MySQL renames no column that a check mentions; MariaDB does, and takes it the other way too. */
function renameColumn(
  { table, from, to }: OperationOf<"renameColumn">,
  before: TableSchema,
  after: TableSchema,
): MigrationStep[] {
  const affected = before.checks
    .filter((check) => mentions(check.sql, from, "mysql"))
    .map((check) => check.name);
  const drops = affected.map((name) => alter(table, `DROP CONSTRAINT ${q(name)}`));
  const adds = before.checks.flatMap((check, at) => {
    const renamed = after.checks[at];
    return affected.includes(check.name) && renamed !== undefined
      ? [alter(table, `ADD ${checkSql(renamed, "mysql")}`)]
      : [];
  });
  const rest = {
    before: { ...before, checks: before.checks.filter((check) => !affected.includes(check.name)) },
    after: {
      ...after,
      checks: after.checks.filter((_, at) => !affected.includes(before.checks[at]?.name ?? "")),
    },
  };
  const rename = alter(table, `RENAME COLUMN ${q(from)} TO ${q(to)}`);
  return [...drops, rename, ...adds, ...renamedConstraints(rest.before, rest.after)];
}

/** Constraints and indexes whose names are made from what was renamed get theirs anew. */
function renamedConstraints(before: TableSchema, after: TableSchema): MigrationStep[] {
  const { name: table } = after;
  const steps: MigrationStep[] = [];
  const keys = renamed(before.foreignKeys, after.foreignKeys);
  for (const { from } of keys) steps.push(alter(table, `DROP FOREIGN KEY ${q(from)}`));
  const indexes = [...renamed(before.uniques, after.uniques), ...renamed(before.indexes, after.indexes)];
  for (const { from, to } of indexes) steps.push(alter(table, `RENAME INDEX ${q(from)} TO ${q(to)}`));
  for (const { to } of keys) {
    steps.push(alter(table, `ADD ${foreignKeySql(oneNamed(after.foreignKeys, to), "mysql")}`));
  }
  for (const { from, to } of renamed(before.checks, after.checks)) {
    const check = checkSql(oneNamed(after.checks, to), "mysql");
    steps.push(alter(table, `DROP CONSTRAINT ${q(from)}`), alter(table, `ADD ${check}`));
  }
  return steps;
}
