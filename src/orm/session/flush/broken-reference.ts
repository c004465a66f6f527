/** Finds out which reference is broken where the database does not say it. */
import { isUnnamedReference, referenceNamed } from "../../failure/missing-reference.ts";
import type { ColumnDefinition, TableDefinition } from "../../model/definition.ts";
import type { EntityRecord } from "../../model/entity-record.ts";
import type { Parameters } from "../../query/statements.ts";
import { columnValue } from "../entity-values.ts";
import type { FlushTarget } from "./target.ts";

/** The error; a broken reference with its column, also where the database does not name it. */
export async function withReference(
  error: unknown,
  table: TableDefinition,
  entities: readonly EntityRecord[],
  { statements, run }: FlushTarget,
): Promise<unknown> {
  if (!isUnnamedReference(error)) return error;
  const rows = entities.map((entity) => (column: ColumnDefinition) => columnValue(entity, column));
  return referenceNamed(error, table, rows, (query) => {
    const parameters: Parameters = [];
    const plan = statements.plan(query, parameters);
    return run(table, (connection) => connection.row(plan.statement, statements.bind(plan, parameters)));
  });
}
