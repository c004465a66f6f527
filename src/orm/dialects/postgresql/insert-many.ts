/** Inserts any number of rows by one statement: each column is an array, so its text is the same for all numbers. */
import type { ColumnDefinition, TableDefinition } from "../../model/definition.ts";
import { parameterType } from "./cast-type.ts";
import { quote } from "./quote.ts";

/**
 * The statement, with a placeholder for the array of each column. Rows are inserted, and their keys counted and
 * returned, in the order of the arrays. `undefined` where a column cannot be an item of an array.
 */
export function insertMany(
  table: TableDefinition,
  columns: readonly ColumnDefinition[],
  returning: readonly ColumnDefinition[],
): string | undefined {
  if (columns.length === 0 || columns.some(({ type }) => type.kind === "array" || type.kind === "custom"))
    return undefined;
  const names = columns.map(({ name }) => quote(name)).join(", ");
  const arrays = columns.map(({ type }, index) => `$${index + 1}::${parameterType(type)}[]`).join(", ");
  const given = columns.map((_, index) => `c${index}`).join(", ");
  const returned = returning.map(({ name }) => quote(name)).join(", ");
  return (
    `insert into ${quote(table.name)} (${names}) select ${given} from unnest(${arrays})` +
    ` with ordinality as given(${given}, place) order by place` +
    (returning.length === 0 ? "" : ` returning ${returned}`)
  );
}
