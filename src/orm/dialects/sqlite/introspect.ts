/** The schema of a SQLite database: from its PRAGMAs, and from the SQL it keeps for what they do not tell. */
import type { DriverConnection } from "../../driver/driver.ts";
import {
  type CatalogValue,
  catalogOf,
  flag,
  optionalText,
  type ReadCatalog,
  text,
} from "../../schema/catalog-rows.ts";
import { constraintName } from "../../schema/constraint-name.ts";
import { tidyExpression } from "../../schema/expression-names.ts";
import { referenceAction } from "../../schema/reference-action.ts";
import type {
  CheckSchema,
  ColumnSchema,
  ForeignKeySchema,
  IndexSchema,
  Schema,
  TableSchema,
} from "../../schema/schema.ts";
import { readIndexCondition, readTableDefinition, type TableDefinitionSql } from "./table-definition.ts";

const tablesSql = `SELECT json_array(s.name, s.sql) FROM pragma_table_list l JOIN sqlite_schema s
  ON s.name = l.name AND s.type = 'table' WHERE l.schema = 'main' AND l.type = 'table'
  AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND s.name NOT LIKE 'limpid\\_%' ESCAPE '\\' ORDER BY s.name`;
const columnsSql = `SELECT json_array(name, type, "notnull", dflt_value, pk, hidden)
  FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid`;
const indexesSql = `SELECT json_array(l.name, l."unique", l.origin, s.sql, (SELECT json_group_array(json_array(x.name, x."desc"))
  FROM (SELECT * FROM pragma_index_xinfo(l.name) WHERE key = 1 ORDER BY seqno) x))
  FROM pragma_index_list(?) l LEFT JOIN sqlite_schema s ON s.name = l.name AND s.type = 'index' ORDER BY l.name`;
const foreignKeysSql = `SELECT json_array(id, "table", "from", "to", on_update, on_delete)
  FROM pragma_foreign_key_list(?) ORDER BY id DESC, seq`;

export async function introspectSqlite(connection: DriverConnection): Promise<Schema> {
  return readSqliteSchema(catalogOf(connection));
}

/** The same, for whoever has the database without a driver. */
export async function readSqliteSchema(read: ReadCatalog): Promise<Schema> {
  const tables: TableSchema[] = [];
  for (const [name, sql] of await read(tablesSql)) tables.push(await readTable(read, text(name), text(sql)));
  return { dialect: "sqlite", tables: tables.map((table) => withTargets(table, tables)) };
}

async function readTable(read: ReadCatalog, name: string, sql: string): Promise<TableSchema> {
  const definition = readTableDefinition(sql);
  const rows = await read(columnsSql, [name]);
  const columnNames = rows.map(([column]) => text(column));
  const tidy = (expression: string) => tidyExpression(expression, columnNames, "sqlite");
  const key = rows
    .filter((row) => Number(row[4]) > 0)
    .sort((left, right) => Number(left[4]) - Number(right[4]));
  const columns = rows.map((row) => readColumn(row, definition, tidy));
  return {
    name,
    columns,
    primaryKey: key.map(([column]) => text(column)),
    ...readIndexes(name, await read(indexesSql, [name]), definition, tidy),
    foreignKeys: readForeignKeys(name, await read(foreignKeysSql, [name]), definition),
    checks: readChecks(name, definition, tidy),
  };
}

function readColumn(
  [name, type, notNull, defaultSql, key, hidden]: readonly CatalogValue[],
  definition: TableDefinitionSql,
  tidy: (sql: string) => string,
): ColumnSchema {
  const expression = definition.generated.get(text(name));
  const value = optionalText(defaultSql);
  return {
    name: text(name),
    type: text(type)
      .replace(/\s*generated always$/i, "")
      .toUpperCase(),
    nullable: !flag(notNull) && Number(key) === 0,
    identity: Number(key) > 0 && definition.autoincrement,
    default: value === undefined || value.toUpperCase() === "NULL" ? undefined : tidy(value),
    generated: expression === undefined ? undefined : { sql: tidy(expression), stored: hidden === 3 },
  };
}

/** Indexes of expressions are left out: schemas cannot express them. */
function readIndexes(
  table: string,
  rows: readonly (readonly CatalogValue[])[],
  definition: TableDefinitionSql,
  tidy: (sql: string) => string,
): Pick<TableSchema, "indexes" | "uniques"> {
  const indexes: IndexSchema[] = [];
  const uniques: { name: string; columns: string[] }[] = [];
  for (const [name, unique, origin, sql, parts] of rows) {
    const columns = (Array.isArray(parts) ? parts : []).map((part) => {
      const [column, descending] = Array.isArray(part) ? part : [];
      return { name: optionalText(column), descending: flag(descending) };
    });
    const named = columns.flatMap(({ name: column, descending }) =>
      column === undefined ? [] : [{ name: column, descending }],
    );
    if (origin === "pk" || named.length < columns.length) continue;
    const condition = readIndexCondition(text(sql));
    const plain = named.map((column) => column.name);
    if (flag(unique) && condition === undefined && !named.some((column) => column.descending)) {
      const constraint = definition.uniques.find((candidate) => candidate.columns.join() === plain.join());
      const given = origin === "u" ? constraint?.name : text(name);
      uniques.push({ name: given ?? constraintName("key", table, plain), columns: plain });
    } else {
      indexes.push({
        name: text(name),
        columns: named,
        unique: flag(unique),
        where: condition === undefined ? undefined : tidy(condition),
      });
    }
  }
  return { indexes, uniques };
}

function readForeignKeys(
  table: string,
  rows: readonly (readonly CatalogValue[])[],
  definition: TableDefinitionSql,
): ForeignKeySchema[] {
  const byId = new Map<CatalogValue, (readonly CatalogValue[])[]>();
  for (const row of rows) byId.set(row[0] ?? null, [...(byId.get(row[0] ?? null) ?? []), row]);
  return [...byId.values()].map((parts) => {
    const columns = parts.map((part) => text(part[2]));
    const target = text(parts[0]?.[1]);
    const named = definition.foreignKeys.find(
      (key) => key.columns.join() === columns.join() && key.target.toLowerCase() === target.toLowerCase(),
    );
    return {
      name: named?.name ?? constraintName("fkey", table, columns),
      columns,
      target,
      targetColumns: parts.flatMap((part) => optionalText(part[3]) ?? []),
      onDelete: referenceAction(text(parts[0]?.[5])),
      onUpdate: referenceAction(text(parts[0]?.[4])),
    };
  });
}

/** `REFERENCES users` without columns means its primary key. */
function withTargets(table: TableSchema, tables: readonly TableSchema[]): TableSchema {
  const targetColumns = (key: ForeignKeySchema) =>
    key.targetColumns.length > 0
      ? key.targetColumns
      : (tables.find((other) => other.name === key.target)?.primaryKey ?? []);
  return {
    ...table,
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, targetColumns: targetColumns(key) })),
  };
}

function readChecks(
  table: string,
  definition: TableDefinitionSql,
  tidy: (sql: string) => string,
): CheckSchema[] {
  const names = new Set<string>();
  return definition.checks.map(({ name, column, sql }) => {
    const base = name ?? constraintName("check", table, column === undefined ? [] : [column]);
    let unique = base;
    for (let number = 1; names.has(unique); number += 1) unique = `${base}${number}`;
    names.add(unique);
    return { name: unique, sql: tidy(sql) };
  });
}
