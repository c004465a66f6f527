/** Tables as tests write them, short and changeable, and what declared schemas are made from. */
import type { ColumnType, DialectName } from "../../../src/orm/model/column-type.ts";
import type {
  ColumnDefinition,
  ReferenceAction,
  TableDefinition,
} from "../../../src/orm/model/definition.ts";
import type { RawSql } from "../../../src/orm/query/raw-sql.ts";
import { declaredSchema } from "../../../src/orm/schema/declared-schema.ts";
import { quoted } from "../../../src/orm/schema/identifier.ts";
import type { Schema } from "../../../src/orm/schema/schema.ts";

export interface DraftColumn {
  name: string;
  type: ColumnType;
  nullable?: boolean;
  key?: boolean;
  counted?: boolean;
  unique?: boolean;
  index?: boolean;
  default?: unknown;
  defaultSql?: string;
  /** Behind the column's name: `> 0`. */
  check?: string;
  /** Behind the name of another column: `+ 1`. */
  generated?: { from: string; sql: string; stored: boolean };
  references?: string;
  onDelete?: ReferenceAction;
}

export interface DraftTable {
  name: string;
  columns: DraftColumn[];
  indexes?: { columns: string[]; unique?: boolean; descending?: boolean; where?: string }[];
}

export const integer: ColumnType = { kind: "integer" };
export const text: ColumnType = { kind: "text" };
export const varchar = (length: number): ColumnType => ({ kind: "varchar", length });

let lastId = 0;

function sqlOf(sql: string): RawSql {
  return { texts: [sql], parts: [] };
}

/** The schema that the tables declare. */
export function schemaOf(drafts: readonly DraftTable[], dialect: DialectName): Schema {
  const tables = drafts.map((draft) => definitionOf(draft, dialect));
  const resolve = (target: unknown) => {
    const table = tables.find((candidate) => candidate.name === target);
    const column = table?.primaryKey[0];
    return table && column && { table, column };
  };
  return declaredSchema(tables, dialect, { resolve });
}

export function definitionOf(draft: DraftTable, dialect: DialectName): TableDefinition {
  const columns = draft.columns.map((column) => columnOf(column, dialect));
  const named = (name: string) => {
    const found = columns.find((column) => column.name === name);
    if (found === undefined) throw new Error(`no column ${name}`);
    return found;
  };
  return {
    name: draft.name,
    columns,
    columnsByProperty: new Map(columns.map((column) => [column.property, column])),
    primaryKey: columns.filter((column) => column.primaryKey),
    indexes: (draft.indexes ?? []).map((index) => ({
      name: undefined,
      columns: index.columns.map((name) => ({ column: named(name), descending: index.descending === true })),
      unique: index.unique === true,
      where: index.where === undefined ? undefined : sqlOf(index.where),
    })),
    checks: [],
  };
}

function columnOf(draft: DraftColumn, dialect: DialectName): ColumnDefinition {
  const { references, generated } = draft;
  const raw = (sql: string | undefined) => (sql === undefined ? undefined : sqlOf(sql));
  const defaultSql = raw(draft.defaultSql);
  return {
    id: (lastId += 1),
    property: draft.name,
    name: draft.name,
    type: draft.type,
    nullable: draft.nullable === true,
    primaryKey: draft.key === true,
    identity: draft.counted === true,
    unique: draft.unique === true,
    index: draft.index === true,
    default: defaultSql
      ? { from: "sql", sql: defaultSql }
      : draft.default === undefined
        ? undefined
        : { from: "value", value: draft.default },
    onUpdate: undefined,
    references:
      references === undefined
        ? undefined
        : { target: () => references, onDelete: draft.onDelete ?? "no action", onUpdate: "no action" },
    check: raw(draft.check === undefined ? undefined : `${quoted(draft.name, dialect)} ${draft.check}`),
    generated: generated && {
      sql: sqlOf(`${quoted(generated.from, dialect)} ${generated.sql}`),
      stored: generated.stored,
    },
    guarded: false,
    version: false,
  };
}
