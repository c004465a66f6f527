/** Random tables and rows for them, from a seed. */
import type { ColumnType, DialectName } from "../../../src/orm/model/column-type.ts";
import { quoted } from "../../../src/orm/schema/identifier.ts";
import { literal } from "../../../src/orm/schema/literal.ts";
import type { DraftColumn, DraftTable } from "./drafts.ts";

/** Mulberry32: small, and the same everywhere. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.below(items.length)];
  }
}

const types: readonly ColumnType[] = [
  { kind: "integer" },
  { kind: "bigint" },
  { kind: "real" },
  { kind: "numeric", precision: 10, scale: 2, as: "string" },
  { kind: "varchar", length: 20 },
  { kind: "text" },
  { kind: "boolean" },
  { kind: "timestamp" },
  { kind: "date" },
  { kind: "time" },
  { kind: "json" },
  { kind: "uuid" },
  { kind: "bytes" },
  { kind: "enumeration", values: ["draft", "it's", "published"] },
];

/** What a type can become with every value kept. */
export function wider(type: ColumnType): readonly ColumnType[] {
  switch (type.kind) {
    case "integer":
      return [{ kind: "bigint" }, { kind: "text" }, { kind: "real" }];
    case "bigint":
      return [{ kind: "integer" }, { kind: "text" }];
    case "varchar":
      return [{ kind: "varchar", length: type.length + 10 }, { kind: "text" }];
    case "text":
      return [{ kind: "varchar", length: 50 }, { kind: "bytes" }];
    case "boolean":
      return [{ kind: "integer" }];
    case "enumeration":
      return [{ kind: "text" }, { kind: "varchar", length: 30 }];
    case "date":
      return [{ kind: "text" }];
    default:
      return [];
  }
}

export function numberedValue(type: ColumnType, number: number): unknown {
  switch (type.kind) {
    case "real":
      return number + 0.5;
    case "numeric":
      return `${number}.25`;
    case "boolean":
      return number % 2 === 1;
    case "timestamp":
      return new Date(Date.UTC(2026, 0, 1) + number * 1_001);
    case "date":
      return `2026-01-${String((number % 28) + 1).padStart(2, "0")}`;
    case "time":
      return `10:00:${String(number % 60).padStart(2, "0")}`;
    case "json":
      return { number, text: 'it\'s \\ "it"' };
    case "uuid":
      return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
    case "bytes":
      return new TextEncoder().encode(`b${number}`);
    case "enumeration":
      return type.values[number % type.values.length];
    case "integer":
    case "bigint":
      return number;
    default:
      return `v'${number}`;
  }
}

const canBeKey = new Set(["integer", "bigint", "varchar", "date", "uuid", "numeric"]);

let lastName = 0;
const names = ["alpha", "order", "Group", "with space", "name", "text", "value", "key", 'qu"ote'];

export function freshName(random: Random): string {
  lastName += 1;
  return `${random.pick(names)}_${lastName}`;
}

export function randomTables(random: Random, dialect: DialectName): DraftTable[] {
  lastName = 0;
  const tables: DraftTable[] = [];
  for (let count = 1 + random.below(4); count > 0; count -= 1)
    tables.push(randomTable(random, tables, dialect));
  return tables;
}

export function randomTable(random: Random, others: readonly DraftTable[], dialect: DialectName): DraftTable {
  const columns: DraftColumn[] = [{ name: "id", type: { kind: "integer" }, key: true, counted: true }];
  const table: DraftTable = { name: freshName(random), columns, indexes: [] };
  for (let count = random.below(6); count > 0; count -= 1) columns.push(randomColumn(random, dialect));
  if (random.chance(0.6)) addReference(random, table, [...others, table]);
  if (random.chance(0.3)) addGenerated(random, table, dialect);
  addIndex(random, table, dialect);
  return table;
}

export function randomColumn(random: Random, dialect: DialectName): DraftColumn {
  const type = random.pick(types) ?? { kind: "text" };
  const column: DraftColumn = { name: freshName(random), type, nullable: random.chance(0.5) };
  if (random.chance(0.4)) column.default = numberedValue(type, random.below(9));
  if (canBeKey.has(type.kind) && type.kind !== "date") {
    column.index = random.chance(0.2);
    if (column.default === undefined) column.unique = random.chance(0.2);
  }
  if (type.kind === "integer" && random.chance(0.4)) column.check = ">= 0";
  if (type.kind === "varchar" && random.chance(0.3))
    column.check = dialect === "sqlite" ? "<> ''" : "not in ('', 'x\\y')";
  return column;
}

export function addReference(random: Random, table: DraftTable, targets: readonly DraftTable[]): void {
  const target = random.pick(targets.filter(hasCountedKey));
  if (target === undefined) return;
  const onDelete = random.pick(["cascade", "set null", "no action", "restrict"] as const) ?? "cascade";
  table.columns.push({
    name: freshName(random),
    type: { kind: "integer" },
    nullable: true,
    references: target.name,
    onDelete,
    index: random.chance(0.3),
  });
}

export function hasCountedKey(table: DraftTable): boolean {
  return table.columns[0]?.counted === true;
}

function addGenerated(random: Random, table: DraftTable, dialect: DialectName): void {
  const from = random.pick(
    table.columns.filter(
      (column) =>
        column.type.kind === "integer" && !column.references && !column.counted && !column.generated,
    ),
  );
  if (from === undefined) return;
  const stored = dialect === "postgresql" || random.chance(0.5);
  table.columns.push({
    name: freshName(random),
    type: { kind: "bigint" },
    nullable: true,
    generated: { from: from.name, sql: "+ 1", stored },
  });
}

export function addIndex(random: Random, table: DraftTable, dialect: DialectName): void {
  const able = table.columns.filter((column) => canBeKey.has(column.type.kind) && !column.generated);
  const first = random.pick(able);
  const second = random.pick(able);
  if (first === undefined || second === undefined || first === second || random.chance(0.5)) return;
  const where =
    dialect !== "mysql" && random.chance(0.4) ? `${quoted(first.name, dialect)} IS NOT NULL` : undefined;
  const isThere = table.indexes?.some((index) => index.columns.join() === `${first.name},${second.name}`);
  if (isThere) return;
  const index = { columns: [first.name, second.name], descending: random.chance(0.3) };
  table.indexes?.push(where === undefined ? index : { ...index, where });
}

/** INSERTs for some rows in each table; rows refer to those of tables that have been filled. */
export function rowsFor(tables: readonly DraftTable[], random: Random, dialect: DialectName): string[] {
  const filled = new Map<string, number>();
  const statements: string[] = [];
  for (const table of tables) {
    const count = random.below(5);
    for (let number = 1; number <= count; number += 1) {
      const values = new Map<string, string>();
      for (const column of table.columns) {
        if (column.generated) continue;
        const target = column.references === undefined ? undefined : filled.get(column.references);
        const isNull =
          column.nullable && (random.chance(0.3) || (column.references !== undefined && !target));
        const value =
          column.references === undefined ? numberedValue(column.type, number) : 1 + (number % (target ?? 1));
        values.set(column.name, isNull ? "NULL" : literal(value, column.type, dialect, column.name));
      }
      const into = [...values.keys()].map((name) => quoted(name, dialect)).join(", ");
      statements.push(
        `INSERT INTO ${quoted(table.name, dialect)} (${into}) VALUES (${[...values.values()].join(", ")})`,
      );
    }
    filled.set(table.name, count);
  }
  return statements;
}
