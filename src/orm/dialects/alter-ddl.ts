/** Operations in the SQL of databases that change every part of a table in place: MySQL, MariaDB and PostgreSQL. */
import type { DialectName } from "../model/column-type.ts";
import { duplicatesGuard } from "../schema/guards.ts";
import type { MigrationStep } from "../schema/migration-step.ts";
import type { AddColumn, Operation, OperationOf } from "../schema/operations.ts";
import type { ColumnSchema, Schema, TableSchema } from "../schema/schema.ts";
import { columnNamed, tableNamed } from "../schema/schema-lookup.ts";
import { checkSql, foreignKeySql, uniqueSql } from "../schema/table-sql.ts";
import { addIndex, alterTable, dropColumn, dropTable } from "./ddl-steps.ts";

/** What each of these databases has its own words for. */
export interface AlterDdl {
  readonly dialect: DialectName;
  createTable(table: TableSchema): MigrationStep[];
  renameTable(before: TableSchema, after: TableSchema): MigrationStep[];
  renameColumn(
    operation: OperationOf<"renameColumn">,
    before: TableSchema,
    after: TableSchema,
  ): MigrationStep[];
  addColumn(operation: AddColumn): MigrationStep[];
  alterColumn(table: string, from: ColumnSchema, to: ColumnSchema): MigrationStep[];
  changePrimaryKey(table: TableSchema, columns: readonly string[]): MigrationStep[];
  dropConstraint(
    operation: OperationOf<"dropIndex" | "dropUnique" | "dropForeignKey" | "dropCheck">,
  ): MigrationStep;
}

/** The statements of one operation, between the schemas before and after it. */
export function renderAlter(
  ddl: AlterDdl,
  operation: Operation,
  before: Schema,
  after: Schema,
): MigrationStep[] {
  const { dialect } = ddl;
  switch (operation.kind) {
    case "createTable":
      return ddl.createTable(operation.table);
    case "dropTable":
      return [dropTable(operation, dialect)];
    case "renameTable":
      return ddl.renameTable(tableNamed(before, operation.from), tableNamed(after, operation.to));
    case "renameColumn": {
      const { table } = operation;
      return ddl.renameColumn(operation, tableNamed(before, table), tableNamed(after, table));
    }
    case "addColumn":
      return ddl.addColumn(operation);
    case "dropColumn":
      return [dropColumn(operation, tableNamed(before, operation.table), dialect)];
    case "alterColumn": {
      const { table, to } = operation;
      return ddl.alterColumn(table, columnNamed(tableNamed(before, table), to.name), to);
    }
    case "changePrimaryKey":
      return ddl.changePrimaryKey(tableNamed(before, operation.table), operation.columns);
    case "addIndex":
      return addIndex(operation, dialect);
    case "addUnique": {
      const { table, unique } = operation;
      const add = alterTable(table, `ADD ${uniqueSql(unique, dialect)}`, dialect);
      return [duplicatesGuard(table, unique, dialect), add];
    }
    case "addForeignKey":
      return [alterTable(operation.table, `ADD ${foreignKeySql(operation.foreignKey, dialect)}`, dialect)];
    case "addCheck":
      return [alterTable(operation.table, `ADD ${checkSql(operation.check, dialect)}`, dialect)];
    default:
      return [ddl.dropConstraint(operation)];
  }
}

/** The names of constraints or indexes that are others after something was renamed. */
export function renamed(
  before: readonly { readonly name: string }[],
  after: readonly { readonly name: string }[],
): { from: string; to: string }[] {
  return before.flatMap(({ name: from }, at) => {
    const to = after[at]?.name ?? from;
    return to === from ? [] : [{ from, to }];
  });
}
