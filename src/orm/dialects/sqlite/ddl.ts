/** Operations in the SQL of SQLite: what ALTER TABLE can, and one rebuild for each table that needs more. */
import { applyOperations } from "../../schema/apply.ts";
import { duplicatesGuard } from "../../schema/guards.ts";
import type { MigrationStep } from "../../schema/migration-step.ts";
import type { AddColumn, Operation, OperationOf } from "../../schema/operations.ts";
import type { Schema } from "../../schema/schema.ts";
import { columnNamed, tableNamed } from "../../schema/schema-lookup.ts";
import { checkSql, createIndexSql, referencesSql } from "../../schema/table-sql.ts";
import { addIndex, alterTable, dropColumn, dropTable } from "../ddl-steps.ts";
import { type Inline, inlineOf, needsRebuild } from "./alter-table.ts";
import { columnSql, indexSteps, q, tableSql, uniqueIndexSql } from "./create-table.ts";
import { rebuildSteps } from "./rebuild.ts";

const alter = (table: string, action: string) => alterTable(table, action, "sqlite");

export function renderSqlite(operations: readonly Operation[], from: Schema): MigrationStep[] {
  return new Rendering(operations, from).steps();
}

type LateOperation = Exclude<Operation, { readonly kind: "createTable" | "dropTable" | "renameTable" }>;

/** New columns of a table that is rebuilt, and old ones that go. */
interface Columns {
  fresh: Map<string, string | undefined>;
  lost: string[];
}

class Rendering {
  readonly #operations: readonly Operation[];
  /** What the operations so far should have made. */
  #wanted: Schema;
  /** What the statements so far have made: tables that will be rebuilt lag behind. */
  #actual: Schema;
  /** By their present names. */
  readonly #rebuilt = new Map<string, Columns>();
  readonly #inline = new Map<Operation, readonly Inline[]>();

  constructor(operations: readonly Operation[], from: Schema) {
    this.#operations = operations;
    this.#wanted = from;
    this.#actual = from;
    for (const table of this.#findRebuilt(from)) this.#rebuilt.set(table, { fresh: new Map(), lost: [] });
  }

  steps(): MigrationStep[] {
    const steps: MigrationStep[] = [];
    const written = new Set<Operation>();
    for (const own of this.#inline.values()) for (const one of own) written.add(one);
    for (const [at, operation] of this.#operations.entries()) {
      const after = applyOperations(this.#wanted, [operation]);
      if (this.#isLate(operation)) {
        steps.push(...this.#postpone(operation, at));
      } else {
        if (!written.has(operation)) steps.push(...this.#write(operation, after));
        this.#follow(operation);
      }
      this.#wanted = after;
    }
    for (const [name, columns] of this.#rebuilt) {
      const before = tableNamed(this.#actual, name);
      steps.push(...rebuildSteps({ before, after: tableNamed(this.#wanted, name), ...columns }));
    }
    return steps;
  }

  /** The first names of tables for which one of the operations needs a rebuild. */
  #findRebuilt(from: Schema): Set<string> {
    const firstNames = new Map(from.tables.map((table) => [table.name, table.name]));
    const rebuilt = new Set<string>();
    const inline = new Set<Operation>();
    let schema = from;
    for (const [at, operation] of this.#operations.entries()) {
      const after = applyOperations(schema, [operation]);
      if (operation.kind === "addColumn") {
        const table = tableNamed(after, operation.table);
        const own = inlineOf(operation, this.#operations.slice(at + 1), table) ?? [];
        this.#inline.set(operation, own);
        for (const one of own) inline.add(one);
      }
      const name = operation.kind === "createTable" ? operation.table.name : nameOf(operation);
      if (operation.kind === "createTable") firstNames.set(name, name);
      if (!inline.has(operation) && needsRebuild(operation, schema, after))
        rebuilt.add(firstNames.get(name) ?? name);
      if (operation.kind === "renameTable") {
        firstNames.set(operation.to, firstNames.get(operation.from) ?? operation.from);
        firstNames.delete(operation.from);
      }
      schema = after;
    }
    return rebuilt;
  }

  /** Whether the rebuild of its table does it. A column that was there before is renamed at once, for whom it concerns. */
  #isLate(operation: Operation): operation is LateOperation {
    if (
      operation.kind === "createTable" ||
      operation.kind === "dropTable" ||
      operation.kind === "renameTable"
    ) {
      return false;
    }
    const columns = this.#rebuilt.get(operation.table);
    return columns !== undefined && (operation.kind !== "renameColumn" || columns.fresh.has(operation.from));
  }

  /** What a rebuild at the end does, but for what has to happen at once. */
  #postpone(operation: LateOperation, at: number): MigrationStep[] {
    const columns = this.#rebuilt.get(operation.table);
    if (columns === undefined) return [];
    switch (operation.kind) {
      case "addColumn":
        columns.fresh.set(operation.column.name, operation.fill);
        return [];
      case "renameColumn":
        columns.fresh.set(operation.to, columns.fresh.get(operation.from));
        columns.fresh.delete(operation.from);
        return [];
      case "dropColumn":
        return this.#postponeDrop(operation, columns, at);
      case "dropIndex":
      case "dropUnique":
        // Or whoever restores what the schema does not know would bring it back.
        this.#follow(operation);
        return [{ sql: `DROP INDEX IF EXISTS ${q(operation.name)}` }];
      default:
        return [];
    }
  }

  #postponeDrop({ table, column }: OperationOf<"dropColumn">, columns: Columns, at: number): MigrationStep[] {
    if (columns.fresh.delete(column)) return [];
    const { generated } = columnNamed(tableNamed(this.#wanted, table), column);
    if (generated === undefined) columns.lost.push(column);
    const isTaken = this.#operations
      .slice(at)
      .some((other) => other.kind === "renameColumn" && other.table === table && other.to === column);
    if (!isTaken) return [];
    const aside: Operation = { kind: "renameColumn", table, from: column, to: `limpid_dropped_${column}` };
    this.#follow(aside);
    return [alter(table, `RENAME COLUMN ${q(column)} TO ${q(aside.to)}`)];
  }

  #follow(operation: Operation): void {
    this.#actual = applyOperations(this.#actual, [operation]);
  }

  /** What is done at once. */
  #write(operation: Operation, after: Schema): MigrationStep[] {
    switch (operation.kind) {
      case "createTable":
        return [{ sql: tableSql(operation.table, operation.table.name) }, ...indexSteps(operation.table)];
      case "dropTable":
        this.#rebuilt.delete(operation.table);
        return [dropTable(operation, "sqlite")];
      case "renameTable":
        return this.#renameTable(operation, after);
      case "renameColumn":
        return this.#renameColumn(operation, after);
      case "addColumn":
        return [alter(operation.table, `ADD COLUMN ${this.#addedColumn(operation)}`)];
      case "dropColumn":
        return [dropColumn(operation, tableNamed(this.#wanted, operation.table), "sqlite")];
      case "addIndex":
        return addIndex(operation, "sqlite");
      case "addUnique": {
        const { table, unique } = operation;
        return [duplicatesGuard(table, unique, "sqlite"), { sql: uniqueIndexSql(table, unique) }];
      }
      case "dropIndex":
        return [{ sql: `DROP INDEX ${q(operation.name)}` }];
      default:
        return [];
    }
  }

  #addedColumn(operation: AddColumn): string {
    const parts = [columnSql(operation.column)];
    for (const one of this.#inline.get(operation) ?? []) {
      if (one.kind === "addCheck") parts.push(checkSql(one.check, "sqlite"));
      else parts.push(`CONSTRAINT ${q(one.foreignKey.name)} ${referencesSql(one.foreignKey, "sqlite")}`);
    }
    return parts.join(" ");
  }

  #renameTable({ from, to }: OperationOf<"renameTable">, after: Schema): MigrationStep[] {
    const steps = [alter(from, `RENAME TO ${q(to)}`), ...this.#renamedIndexes(from, to, after)];
    const columns = this.#rebuilt.get(from);
    if (columns !== undefined) {
      this.#rebuilt.delete(from);
      this.#rebuilt.set(to, columns);
    }
    return steps;
  }

  #renameColumn({ table, from, to }: OperationOf<"renameColumn">, after: Schema): MigrationStep[] {
    const steps = [alter(table, `RENAME COLUMN ${q(from)} TO ${q(to)}`)];
    return [...steps, ...this.#renamedIndexes(table, table, after)];
  }

  /** An index has no ALTER. One that the rebuild makes is only dropped. */
  #renamedIndexes(from: string, to: string, after: Schema): MigrationStep[] {
    const before = tableNamed(this.#wanted, from);
    const renamed = tableNamed(after, to);
    const steps: MigrationStep[] = [];
    for (const kind of ["uniques", "indexes"] as const) {
      for (const [at, { name }] of before[kind].entries()) {
        if (renamed[kind][at]?.name !== name) steps.push({ sql: `DROP INDEX IF EXISTS ${q(name)}` });
      }
    }
    if (this.#rebuilt.has(from)) return steps;
    for (const [at, index] of renamed.indexes.entries()) {
      if (before.indexes[at]?.name !== index.name) steps.push({ sql: createIndexSql(to, index, "sqlite") });
    }
    return steps;
  }
}

function nameOf(operation: Exclude<Operation, { kind: "createTable" }>): string {
  return operation.kind === "renameTable" ? operation.from : operation.table;
}
