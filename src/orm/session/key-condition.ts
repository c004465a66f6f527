/** The condition by which a row is found by its key. */
import { LimpidError } from "../../errors/index.ts";
import type { ModelDefinition } from "../model/registry.ts";
import { type Expression, truth } from "../query/expression.ts";
import type { ExpressionNode } from "../query/nodes.ts";

/** `key`: the value of the one column of the key, or an object with all of them. Throws `LMP_ORM_QUERY_INVALID`. */
export function keyCondition({ table }: ModelDefinition, key: unknown): Expression<boolean> {
  const composite =
    typeof key === "object" && key !== null && !(key instanceof Date) && !(key instanceof Uint8Array);
  if (!composite && table.primaryKey.length !== 1)
    throw keyInvalid(table.name, "an object with each column of the key");
  const operands = table.primaryKey.map((column): ExpressionNode => {
    const value = composite ? (key as Readonly<Record<string, unknown>>)[column.property] : key;
    if (value === undefined || value === null)
      throw keyInvalid(table.name, `a value for "${column.property}"`);
    return {
      kind: "comparison",
      operator: "=",
      left: { kind: "column", table, column, alias: undefined },
      right: { kind: "parameter", value, type: column.type },
    };
  });
  const [only] = operands;
  return truth(
    operands.length === 1 && only !== undefined ? only : { kind: "logical", operator: "and", operands },
  );
}

function keyInvalid(table: string, expected: string): LimpidError {
  return new LimpidError("LMP_ORM_QUERY_INVALID", `This is no key of "${table}".`, {
    expected,
    found: "something else",
    fix: "Pass the value of the primary key, or an object for a key of several columns.",
  });
}
