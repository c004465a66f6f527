/** Of which type the value of an expression is, so that it is decoded as such. */
import type { ColumnType } from "../model/column-type.ts";
import type { ExpressionNode } from "./nodes.ts";

const boolean: ColumnType = { kind: "boolean" };

/** The type; `undefined` where the driver's value is given as it is. */
export function expressionType(node: ExpressionNode): ColumnType | undefined {
  switch (node.kind) {
    case "column":
      return node.column.type;
    case "excluded":
      return node.column.type;
    case "parameter":
    case "derived-column":
    case "call":
    case "case":
    case "scalar":
    case "json-path":
    case "raw":
      return node.type;
    case "arithmetic":
      return arithmeticType(expressionType(node.left), expressionType(node.right));
    case "comparison":
    case "logical":
    case "not":
    case "is-null":
    case "in":
    case "between":
    case "like":
    case "exists":
      return boolean;
    case "tuple":
      return undefined;
  }
}

/** Of a whole number and one with parts, the latter. */
function arithmeticType(left: ColumnType | undefined, right: ColumnType | undefined): ColumnType | undefined {
  const isWider = left?.kind === "integer" && (right?.kind === "real" || right?.kind === "numeric");
  return isWider ? right : (left ?? right);
}
