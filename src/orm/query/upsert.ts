/** What an insertion does about a row that has the same key already. */
import { LimpidError } from "../../errors/index.ts";
import type { ColumnDefinition } from "../model/definition.ts";
import type { AnyModel, ColumnName, Patch } from "../model/model-types.ts";
import type { ModelDefinition } from "../model/registry.ts";
import { withAutomatic } from "./assignments.ts";
import { Expression, expressionNode } from "./expression.ts";
import type { AssignmentNode, ConflictNode } from "./nodes.ts";

/** What an upsert does to the row that is there: values, or what could not be inserted. */
export type ConflictChanges<M extends AnyModel> = {
  readonly [Key in ColumnName<M>]?: Expression<unknown> | Patch<M>[Key & keyof Patch<M>];
};

/** An upsert as it was asked for. `takeover`: the row gets what was given for it. */
export interface Upsert {
  readonly columns: readonly ColumnDefinition[];
  readonly action: "nothing" | "takeover" | readonly AssignmentNode[];
  readonly where: ConflictNode["where"];
}

/** The node of an upsert. `given`: the columns for which rows give values. Throws `LMP_ORM_QUERY_INVALID`. */
export function conflictNode(
  definition: ModelDefinition,
  { columns, action, where }: Upsert,
  given: readonly ColumnDefinition[],
): ConflictNode {
  if (action === "nothing") return { columns, action, where };
  const assignments = action === "takeover" ? takenOver(columns, given) : action;
  if (assignments.length === 0) throw nothingToUpdate(definition);
  return { columns, action: withAutomatic(definition, assignments), where };
}

function takenOver(
  keys: readonly ColumnDefinition[],
  given: readonly ColumnDefinition[],
): readonly AssignmentNode[] {
  return given
    .filter((column) => !keys.includes(column) && !column.primaryKey)
    .map((column) => ({ column, value: { kind: "excluded", column } }));
}

/** The value of a column that an upsert could not insert. */
export function excluded<Value>(column: Expression<Value>): Expression<Value> {
  const node = expressionNode(column);
  if (node.kind !== "column") throw nothingToUpdate(undefined);
  return new Expression<Value>({ kind: "excluded", column: node.column }, column.type);
}

export function nothingToUpdate(definition: ModelDefinition | undefined): LimpidError {
  return new LimpidError("LMP_ORM_QUERY_INVALID", "The upsert has nothing to update.", {
    expected: "changes, or values for columns beside the key",
    found:
      definition === undefined ? "an expression that is no column" : `none for "${definition.table.name}"`,
    fix: "Call values(…) first, pass the changes, or use onConflictDoNothing().",
  });
}
