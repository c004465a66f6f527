/** Schemas as they were declared when a migration was written, kept beside it as JSON that can be compared line by line. */
import { LimpidError } from "../../errors/index.ts";
import type { DialectName } from "../model/column-type.ts";
import type { ColumnSchema, IndexSchema, Schema, TableSchema } from "../schema/schema.ts";
import type { Snapshot } from "./migration.ts";

export const dialectNames: readonly DialectName[] = ["sqlite", "postgresql", "mysql"];

/** What the name of a snapshot's file ends with. */
export const SNAPSHOT_ENDING = ".snapshot.json";

/** Short values stand in one line, so that a column is a line. */
const WIDTH = 100;

/** The text of a snapshot. Tables are sorted by name; columns keep their order. */
export function formatSnapshot(snapshot: Snapshot): string {
  const databases = dialectNames.flatMap((dialect) => {
    const schema = snapshot[dialect];
    if (schema === undefined) return [];
    const tables = schema.tables.toSorted((left, right) => (left.name < right.name ? -1 : 1));
    return [[dialect, { dialect, tables }]];
  });
  return `${pretty(JSON.parse(JSON.stringify(Object.fromEntries(databases))), "")}\n`;
}

function pretty(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const list = Array.isArray(value);
  const entries = list
    ? value.map((one) => ["", one] as const)
    : Object.entries(value).map(([key, one]) => [`${JSON.stringify(key)}: `, one] as const);
  if (entries.length === 0) return list ? "[]" : "{}";
  const short = entries.map(([key, one]) => key + pretty(one, `${indent}  `));
  const line = list ? `[${short.join(", ")}]` : `{ ${short.join(", ")} }`;
  if (indent.length >= 4 && !line.includes("\n") && indent.length + line.length <= WIDTH) return line;
  const lines = short.map((one) => `${indent}  ${one}`).join(",\n");
  return list ? `[\n${lines}\n${indent}]` : `{\n${lines}\n${indent}}`;
}

/** Reads a snapshot. `file` is how it is called in errors. Throws `LMP_ORM_MIGRATION_INVALID`. */
export function parseSnapshot(text: string, file: string): Snapshot {
  try {
    const read = JSON.parse(text) as Record<string, { tables: TableSchema[] }>;
    const known = dialectNames.filter((dialect) => read[dialect] !== undefined);
    return Object.fromEntries(
      known.map((dialect) => [dialect, { dialect, tables: (read[dialect]?.tables ?? []).map(complete) }]),
    );
  } catch (cause) {
    throw new LimpidError("LMP_ORM_MIGRATION_INVALID", `The snapshot ${file} cannot be read.`, {
      expected: "JSON as `limpid db diff` wrote it",
      found: cause instanceof Error ? cause.message : String(cause),
      fix: "Take it from the history of the repository, or remove the marks of a merge.",
      cause,
    });
  }
}

/** What JSON leaves out is `undefined` again. */
function complete(table: TableSchema): TableSchema {
  return {
    name: table.name,
    columns: table.columns.map(
      (column): ColumnSchema => ({ ...column, default: column.default, generated: column.generated }),
    ),
    primaryKey: [...table.primaryKey],
    indexes: table.indexes.map((index): IndexSchema => ({ ...index, where: index.where })),
    uniques: [...table.uniques],
    foreignKeys: [...table.foreignKeys],
    checks: [...table.checks],
  };
}

/** A schema without tables. */
export function emptySchema(dialect: DialectName): Schema {
  return { dialect, tables: [] };
}
