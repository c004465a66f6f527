/** What a migration reads and writes, so that two of them can be compared. */
import type { DialectName } from "../model/column-type.ts";
import { codeTokens } from "./code-token.ts";
import type { Operation, OperationOf } from "./operations.ts";
import { renderOperations } from "./render.ts";
import type { ForeignKeySchema, IndexSchema, Schema, TableSchema } from "./schema.ts";

const reading = "reads ";

/**
 * The things that operations touch, sorted, each once. What they write: `table:users`, `column:users.email`,
 * `index:users_email_idx`, `constraint:users.users_email_key`. What they rely on: the same with `reads ` before it.
 *
 * `from` is the schema before the operations. On SQLite a rebuild writes the whole table: its SQL names every column
 * there was when it was written, and one that came from elsewhere meanwhile would be gone.
 */
export function touches(operations: readonly Operation[], from: Schema): readonly string[] {
  const { dialect } = from;
  const things = new Set(operations.flatMap((operation) => touchesOf(operation, dialect)));
  for (const { rebuild } of dialect === "sqlite" ? renderOperations(operations, from) : []) {
    if (rebuild !== undefined) things.add(`table:${rebuild.table}`);
  }
  return [...things].filter((thing) => !things.has(thing.slice(reading.length))).sort();
}

/** What of two lists of touches is in each other's way: one writes what the other writes or reads. */
export function conflicts(left: readonly string[], right: readonly string[]): readonly string[] {
  const hits = (writer: readonly string[], other: readonly string[]) => {
    const touched = new Set(other);
    return writer.filter(
      (thing) => !thing.startsWith(reading) && (touched.has(thing) || touched.has(reading + thing)),
    );
  };
  return [...new Set([...hits(left, right), ...hits(right, left)])].sort();
}

function touchesOf(operation: Operation, dialect: DialectName): string[] {
  switch (operation.kind) {
    case "createTable":
      return touchesOfTable(operation.table);
    case "dropTable":
      return [`table:${operation.table}`];
    case "renameTable":
      return [`table:${operation.from}`, `table:${operation.to}`];
    case "renameColumn": {
      const { table, from, to } = operation;
      return [`reads table:${table}`, `column:${table}.${from}`, `column:${table}.${to}`];
    }
    default:
      return [`reads table:${operation.table}`, ...touchesInTable(operation, dialect)];
  }
}

type OperationInTable = Exclude<
  Operation,
  | OperationOf<"createTable">
  | OperationOf<"dropTable">
  | OperationOf<"renameTable">
  | OperationOf<"renameColumn">
>;

function touchesInTable(operation: OperationInTable, dialect: DialectName): string[] {
  const { table } = operation;
  switch (operation.kind) {
    case "addColumn": {
      const { name, generated } = operation.column;
      return [`column:${table}.${name}`, ...readBy(table, generated?.sql, dialect)];
    }
    case "dropColumn":
      return [`column:${table}.${operation.column}`];
    case "alterColumn":
      return [`column:${table}.${operation.to.name}`];
    case "addIndex":
      return touchesOfIndex(table, operation.index, dialect);
    case "dropIndex":
      return [`index:${operation.name}`];
    case "addUnique":
      return [`constraint:${table}.${operation.unique.name}`, ...reads(table, operation.unique.columns)];
    case "addForeignKey":
      return [
        `constraint:${table}.${operation.foreignKey.name}`,
        ...touchesOfKey(table, operation.foreignKey),
      ];
    case "addCheck":
      return [`constraint:${table}.${operation.check.name}`, ...readBy(table, operation.check.sql, dialect)];
    case "changePrimaryKey":
      return [`constraint:${table}.primary key`, ...reads(table, operation.columns)];
    default:
      return [`constraint:${table}.${operation.name}`];
  }
}

function touchesOfTable(table: TableSchema): string[] {
  const { name } = table;
  const targets = table.foreignKeys.filter((key) => key.target !== name);
  return [
    `table:${name}`,
    ...table.indexes.map((index) => `index:${index.name}`),
    ...targets.flatMap((key) => [`reads table:${key.target}`, ...reads(key.target, key.targetColumns)]),
  ];
}

function touchesOfIndex(
  table: string,
  { name, columns, where }: IndexSchema,
  dialect: DialectName,
): string[] {
  const names = columns.map((column) => column.name);
  return [`index:${name}`, ...reads(table, names), ...readBy(table, where, dialect)];
}

function touchesOfKey(table: string, key: ForeignKeySchema): string[] {
  return [...reads(table, key.columns), `reads table:${key.target}`, ...reads(key.target, key.targetColumns)];
}

function reads(table: string, columns: readonly string[]): string[] {
  return columns.map((column) => `${reading}column:${table}.${column}`);
}

/** Every name in an expression may be a column: one too many costs nothing. */
function readBy(table: string, sql: string | undefined, dialect: DialectName): string[] {
  const tokens = codeTokens(sql ?? "", dialect);
  const names = tokens.filter(
    ({ kind }, at) => kind === "quoted" || (kind === "word" && tokens[at + 1]?.text !== "("),
  );
  return reads(
    table,
    names.map((token) => token.value),
  );
}
