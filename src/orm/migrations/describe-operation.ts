/** Says in words what an operation on a schema does. */
import { applyOperations } from "../schema/apply.ts";
import type { Operation, OperationKind, OperationOf } from "../schema/operations.ts";
import type { ColumnSchema, Schema } from "../schema/schema.ts";

/** What operations do to the schema `from`, one after the other; of a column that changes, what changes. */
export function describeOperations(operations: readonly Operation[], from: Schema): string[] {
  let schema = from;
  return operations.map((operation) => {
    const before = schema;
    schema = applyOperations(schema, [operation]);
    const what = describeOperation(operation);
    return operation.kind === "alterColumn" ? `${what}: ${columnChange(before, operation)}` : what;
  });
}

/** `type integer to bigint, default 0 to none`. */
function columnChange({ tables }: Schema, { table, to }: OperationOf<"alterColumn">): string {
  const columns = tables.find(({ name }) => name === table)?.columns ?? [];
  const from = columns.find(({ name }) => name === to.name) ?? to;
  return facets
    .map(([name, shown]) => [name, shown(from), shown(to)] as const)
    .filter(([, before, after]) => before !== after)
    .map(([name, before, after]) => `${name} ${before} to ${after}`)
    .join(", ");
}

const facets: readonly (readonly [name: string, shown: (column: ColumnSchema) => string])[] = [
  ["type", ({ type }) => type],
  ["nullable", ({ nullable }) => (nullable ? "yes" : "no")],
  ["default", (column) => column.default ?? "none"],
  ["counted", ({ identity }) => (identity ? "yes" : "no")],
];

/** `add column users.email`. */
export function describeOperation(operation: Operation): string {
  const describe = words[operation.kind] as (one: Operation) => string;
  return describe(operation);
}

const words: { readonly [Kind in OperationKind]: (operation: OperationOf<Kind>) => string } = {
  createTable: ({ table }) => `create table ${table.name}`,
  dropTable: ({ table }) => `drop table ${table}`,
  renameTable: ({ from, to }) => `rename table ${from} to ${to}`,
  addColumn: ({ table, column }) => `add column ${table}.${column.name}`,
  dropColumn: ({ table, column }) => `drop column ${table}.${column}`,
  renameColumn: ({ table, from, to }) => `rename column ${table}.${from} to ${to}`,
  alterColumn: ({ table, to }) => `change column ${table}.${to.name}`,
  addIndex: ({ index }) => `add index ${index.name}`,
  dropIndex: ({ name }) => `drop index ${name}`,
  addUnique: ({ unique }) => `add unique ${unique.name}`,
  dropUnique: ({ name }) => `drop unique ${name}`,
  addForeignKey: ({ foreignKey }) => `add foreign key ${foreignKey.name}`,
  dropForeignKey: ({ name }) => `drop foreign key ${name}`,
  addCheck: ({ check }) => `add check ${check.name}`,
  dropCheck: ({ name }) => `drop check ${name}`,
  changePrimaryKey: ({ table }) => `change primary key of ${table}`,
};
