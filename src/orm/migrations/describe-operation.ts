/** Says in words what an operation on a schema does. */
import type { Operation, OperationKind, OperationOf } from "../schema/operations.ts";

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
