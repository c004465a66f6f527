/** Random changes of random tables. */
import type { DialectName } from "../../../src/orm/model/column-type.ts";
import { quoted } from "../../../src/orm/schema/identifier.ts";
import type { Rename } from "../../../src/orm/schema/renames.ts";
import type { DraftColumn, DraftTable } from "./drafts.ts";
import {
  addIndex,
  addReference,
  freshName,
  numberedValue,
  type Random,
  randomColumn,
  randomTable,
  wider,
} from "./random-tables.ts";

/** Changes of the tables, in place. What was renamed is in `renames`, with the first and the last name. */
export class Changes {
  readonly #random: Random;
  readonly #dialect: DialectName;
  readonly tables: DraftTable[];
  /** From the tables and columns now to those before. */
  readonly origins = new Map<DraftTable | DraftColumn, string>();
  readonly dropped: string[] = [];
  readonly log: string[] = [];

  constructor(tables: readonly DraftTable[], random: Random, dialect: DialectName) {
    this.#random = random;
    this.#dialect = dialect;
    this.tables = structuredClone(tables) as DraftTable[];
    for (const table of this.tables) {
      this.origins.set(table, table.name);
      for (const column of table.columns) this.origins.set(column, column.name);
    }
  }

  get renames(): Rename[] {
    return this.tables.flatMap((table) => {
      const before = this.origins.get(table);
      if (before === undefined) return [];
      const renamed = before === table.name ? [] : [{ from: before, to: table.name }];
      const columns = table.columns.flatMap((column) => {
        const from = this.origins.get(column);
        return from === undefined || from === column.name
          ? []
          : [{ from: `${before}.${from}`, to: `${table.name}.${column.name}` }];
      });
      return [...renamed, ...columns];
    });
  }

  apply(count: number): void {
    const changes = [
      this.#addTable,
      this.#dropTable,
      this.#renameTable,
      this.#addColumn,
      this.#addColumn,
      this.#dropColumn,
      this.#dropColumn,
      this.#renameColumn,
      this.#renameColumn,
      this.#swapColumns,
      this.#changeType,
      this.#changeType,
      this.#changeNull,
      this.#changeDefault,
      this.#changeCheck,
      this.#changeUnique,
      this.#changeIndex,
      this.#changeKey,
      this.#addReference,
      this.#takeName,
    ];
    for (let done = 0; done < count; done += 1) {
      const change = this.#random.pick(changes);
      const table = this.#random.pick(this.tables);
      if (change !== undefined && table !== undefined) change.call(this, table);
    }
  }

  #addTable(): void {
    this.tables.push(randomTable(this.#random, this.tables, this.#dialect));
    this.log.push("add table");
  }

  #dropTable(table: DraftTable): void {
    if (this.tables.length < 2) return;
    this.tables.splice(this.tables.indexOf(table), 1);
    this.#unreference(table);
    const before = this.origins.get(table);
    if (before !== undefined) this.dropped.push(before);
    this.log.push(`drop table ${table.name}`);
  }

  #unreference(table: DraftTable): void {
    for (const column of this.tables.flatMap((other) => other.columns)) {
      if (column.references === table.name) delete column.references;
    }
  }

  #renameTable(table: DraftTable): void {
    const name = freshName(this.#random);
    for (const column of [...this.tables, table].flatMap((other) => other.columns)) {
      if (column.references === table.name) column.references = name;
    }
    this.log.push(`rename table ${table.name} to ${name}`);
    table.name = name;
  }

  #addColumn(table: DraftTable): void {
    const column = randomColumn(this.#random, this.#dialect);
    if (column.default === undefined) column.nullable = true;
    delete column.unique;
    table.columns.push(column);
    this.log.push(`add column ${table.name}.${column.name} ${column.type.kind}`);
  }

  #dropColumn(table: DraftTable): void {
    const column = this.#random.pick(table.columns.filter((candidate) => !candidate.key));
    if (column !== undefined) this.#remove(table, column);
  }

  #remove(table: DraftTable, column: DraftColumn): void {
    table.columns = table.columns.filter(
      (other) => other !== column && other.generated?.from !== column.name,
    );
    table.indexes = (table.indexes ?? []).filter((index) => !index.columns.includes(column.name));
    const before = this.origins.get(column);
    const tableBefore = this.origins.get(table);
    if (before !== undefined && tableBefore !== undefined) this.dropped.push(`${tableBefore}.${before}`);
    this.log.push(`drop column ${table.name}.${column.name}`);
  }

  #renameColumn(table: DraftTable): void {
    const column = this.#random.pick(table.columns);
    if (column !== undefined) this.#rename(table, column, freshName(this.#random));
  }

  #rename(table: DraftTable, column: DraftColumn, name: string): void {
    this.log.push(`rename column ${table.name}.${column.name} to ${name}`);
    for (const other of table.columns) if (other.generated?.from === column.name) other.generated.from = name;
    for (const index of table.indexes ?? []) {
      const isFirst = index.columns[0] === column.name;
      index.columns = index.columns.map((part) => (part === column.name ? name : part));
      if (isFirst && index.where !== undefined) index.where = `${quoted(name, this.#dialect)} IS NOT NULL`;
    }
    column.name = name;
  }

  #swapColumns(table: DraftTable): void {
    const [first, second] = [this.#random.pick(table.columns), this.#random.pick(table.columns)];
    if (first === undefined || second === undefined || first === second) return;
    const [a, b] = [first.name, second.name];
    this.#rename(table, first, "aside");
    this.#rename(table, second, a);
    this.#rename(table, first, b);
  }

  /** A column goes, and another takes its name. */
  #takeName(table: DraftTable): void {
    const plain = table.columns.filter((column) => !column.key);
    const [gone, stays] = [this.#random.pick(plain), this.#random.pick(plain)];
    if (
      gone === undefined ||
      stays === undefined ||
      gone === stays ||
      stays.generated ||
      !this.origins.has(stays)
    )
      return;
    this.#remove(table, gone);
    if (table.columns.includes(stays)) this.#rename(table, stays, gone.name);
  }

  #changeType(table: DraftTable): void {
    const column = this.#random.pick(
      table.columns.filter((one) => !one.key && !one.references && !one.generated),
    );
    if (column === undefined || table.columns.some((other) => other.generated?.from === column.name)) return;
    if (column.check !== undefined || column.unique || column.index) return;
    if (table.indexes?.some((index) => index.columns.includes(column.name))) return;
    const type = this.#random.pick(wider(column.type));
    if (type === undefined) return;
    this.log.push(`change type ${table.name}.${column.name} ${column.type.kind} to ${type.kind}`);
    column.type = type;
    delete column.default;
    if (!this.origins.has(column)) column.nullable = true;
  }

  #changeNull(table: DraftTable): void {
    const column = this.#random.pick(
      table.columns.filter((one) => !one.key && !one.nullable && !one.generated),
    );
    if (column === undefined) return;
    column.nullable = true;
    this.log.push(`nullable ${table.name}.${column.name}`);
  }

  #changeDefault(table: DraftTable): void {
    const column = this.#random.pick(
      table.columns.filter((one) => this.origins.has(one) && !one.key && !one.references && !one.generated),
    );
    if (column === undefined) return;
    if (column.default === undefined) column.default = numberedValue(column.type, 7);
    else delete column.default;
    this.log.push(`default ${table.name}.${column.name}`);
  }

  #changeCheck(table: DraftTable): void {
    const column = this.#random.pick(
      table.columns.filter(
        (one) => one.type.kind === "integer" && !one.counted && !one.generated && !one.references,
      ),
    );
    if (column === undefined) return;
    if (column.check === undefined) column.check = ">= 0";
    else delete column.check;
    this.log.push(`check ${table.name}.${column.name}`);
  }

  #changeUnique(table: DraftTable): void {
    const column = this.#random.pick(table.columns.filter((one) => one.unique));
    if (column === undefined) return;
    delete column.unique;
    this.log.push(`not unique ${table.name}.${column.name}`);
  }

  #changeIndex(table: DraftTable): void {
    if (table.indexes?.length && this.#random.chance(0.5)) table.indexes.pop();
    else addIndex(this.#random, table, this.#dialect);
    this.log.push(`index ${table.name}`);
  }

  /** Between a counted key and one of two columns. */
  #changeKey(table: DraftTable): void {
    const second = this.#random.pick(
      table.columns.filter(
        (one) =>
          one.type.kind === "integer" && !one.key && !one.nullable && !one.generated && this.origins.has(one),
      ),
    );
    const [id] = table.columns;
    if (id === undefined || second === undefined || !this.origins.has(table)) return;
    if (id.counted) {
      this.#unreference(table);
      id.counted = false;
      second.key = true;
    } else {
      for (const column of table.columns) delete column.key;
      id.key = true;
      id.counted = true;
    }
    this.log.push(`key ${table.name} ${second.name}`);
  }

  #addReference(table: DraftTable): void {
    const column = this.#random.pick(table.columns.filter((one) => one.references));
    if (column === undefined) addReference(this.#random, table, this.tables);
    else delete column.references;
    this.log.push(`reference ${table.name}`);
  }
}
