/** Whether something new could be something old under another name. */
import type { ColumnSchema, TableSchema } from "./schema.ts";

/** Types between which a column can change with its values kept. */
const families: readonly RegExp[] = [
  /^(?:varchar|char|text|longtext|mediumtext|tinytext|character)/i,
  /^(?:int|integer|bigint|smallint|mediumint)/i,
  /^(?:real|double|float|numeric|decimal)/i,
  /^(?:timestamp|datetime)/i,
  /^json/i,
];

/** Whether one column could be the other, renamed. */
export function couldBeColumn(from: ColumnSchema, to: ColumnSchema): boolean {
  if ((from.generated === undefined) !== (to.generated === undefined)) return false;
  return from.type === to.type || families.some((family) => family.test(from.type) && family.test(to.type));
}

/** From 0 to 1: how alike two tables are. From a half on, one could be the other, renamed. */
export function likenessOfTables(from: TableSchema, to: TableSchema): number {
  const shared = from.columns.filter((column) =>
    to.columns.some((other) => other.name === column.name && couldBeColumn(column, other)),
  );
  return shared.length / Math.max(1, Math.min(from.columns.length, to.columns.length));
}
