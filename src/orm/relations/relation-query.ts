/** Writes the queries of relations: the rows that belong to a list of keys, at most so many for each, or their number. */
import type { ColumnDefinition } from "../model/definition.ts";
import type { ModelDefinition } from "../model/registry.ts";
import { conditionNode } from "../query/condition-node.ts";
import { integerType } from "../query/expression.ts";
import type {
  ColumnNode,
  ExpressionNode,
  JoinNode,
  OrderNode,
  ParameterNode,
  ProjectionNode,
  SelectNode,
} from "../query/nodes.ts";
import { orderNode } from "../query/ordering.ts";
import { emptySelect } from "../query/select-shapes.ts";
import type { Relation } from "./resolve.ts";

/** What is the same in every query of a relation. */
export interface RelationShape {
  readonly select: SelectNode;
  /** The column that holds the key of the row they belong to: of the target, or of the link. */
  readonly ownerKey: ColumnNode;
  /** Where that column stands in a row. */
  readonly ownerPosition: number;
  /** Where the target's own key stands in a row. */
  readonly targetPosition: number;
  readonly where: readonly ExpressionNode[];
  readonly orderBy: readonly OrderNode[];
  /** Rows that are equal by any other order are in this one. */
  readonly finally: readonly OrderNode[];
  /** The columns again, of the query with row numbers. */
  readonly ranked: readonly ProjectionNode[];
  readonly rankedNames: readonly string[];
}

/** What is asked of a relation: which of its rows, in which order, how many. */
export interface Wanted {
  readonly conditions: readonly ExpressionNode[];
  readonly orders: readonly OrderNode[];
  readonly limit: number | undefined;
}

const shapes = new WeakMap<Relation, RelationShape>();
const RANKED = "ranked";
const POSITION = "row_position";

export function shapeOf(relation: Relation): RelationShape {
  let shape = shapes.get(relation);
  if (shape === undefined) {
    shape = makeShape(relation);
    shapes.set(relation, shape);
  }
  return shape;
}

function makeShape(relation: Relation): RelationShape {
  const { target, targetColumn, link, options } = relation;
  const { table, alias, projection } = target;
  const targetPosition = table.columns.indexOf(targetColumn);
  const ownerKey =
    link === undefined ? columnOf(target, targetColumn) : columnOf(link.model, link.ownerColumn);
  const columns =
    link === undefined
      ? projection
      : Object.freeze([...projection, { expression: ownerKey, alias: undefined }]);
  const orders = options.orderBy === undefined ? [] : [options.orderBy].flat();
  const rankedNames = columns.map((_, index) => `c${index}`);
  const ranked = columns.map(({ expression }, index): ProjectionNode => {
    const type = expression.kind === "column" ? expression.column.type : undefined;
    return {
      expression: { kind: "derived-column", alias: RANKED, name: `c${index}`, type },
      alias: undefined,
    };
  });
  return {
    select: {
      ...emptySelect,
      columns,
      from: { kind: "table", table, alias },
      joins: link === undefined ? emptySelect.joins : [linkJoin(relation, link)],
    },
    ownerKey,
    ownerPosition: link === undefined ? targetPosition : projection.length,
    targetPosition,
    where: options.where === undefined ? [] : [options.where].flat().map(conditionNode),
    orderBy: orders.map(orderNode),
    finally: table.primaryKey.map((column) => ascending(columnOf(target, column))),
    ranked: Object.freeze(ranked),
    rankedNames: [...rankedNames, POSITION],
  };
}

function linkJoin(relation: Relation, link: NonNullable<Relation["link"]>): JoinNode {
  const { table, alias } = link.model;
  return {
    type: "inner",
    source: { kind: "table", table, alias },
    on: equal(columnOf(link.model, link.targetColumn), columnOf(relation.target, relation.targetColumn)),
    lateral: false,
  };
}

/** The rows that belong to the keys. Where only one key is asked for, a limit is one of the whole query. */
export function rowsQuery(relation: Relation, wanted: Wanted, keys: readonly unknown[]): SelectNode {
  const shape = shapeOf(relation);
  const where = condition(relation, wanted, keys);
  const orderBy = ordersOf(shape, wanted);
  const limit = wanted.limit === undefined ? undefined : number(wanted.limit);
  if (limit === undefined || keys.length === 1) return { ...shape.select, where, orderBy, limit };
  return ranking(shape, where, orderBy, limit);
}

/** How many rows belong to each of the keys; those without any are left out. */
export function countQuery(relation: Relation, wanted: Wanted, keys: readonly unknown[]): SelectNode {
  const shape = shapeOf(relation);
  const columns: ProjectionNode[] = [
    { expression: shape.ownerKey, alias: undefined },
    { expression: call("count", integerType), alias: undefined },
  ];
  const where = condition(relation, wanted, keys);
  return { ...shape.select, columns, where, groupBy: [shape.ownerKey] };
}

/** The rows of each key numbered in their order, and of those the first. */
function ranking(
  shape: RelationShape,
  where: ExpressionNode,
  orderBy: readonly OrderNode[],
  limit: ParameterNode,
): SelectNode {
  const columns = shape.select.columns.map(({ expression }, index) => ({
    expression,
    alias: shape.rankedNames[index],
  }));
  const over = { partitionBy: [shape.ownerKey], orderBy, frame: undefined };
  const rowNumber: ExpressionNode = { ...call("row_number", integerType), over };
  const query = { ...shape.select, columns: [...columns, { expression: rowNumber, alias: POSITION }], where };
  const position: ExpressionNode = {
    kind: "derived-column",
    alias: RANKED,
    name: POSITION,
    type: integerType,
  };
  return {
    ...emptySelect,
    columns: shape.ranked,
    from: {
      kind: "derived",
      alias: RANKED,
      query,
      common: false,
      recursion: undefined,
      columns: shape.rankedNames,
    },
    where: { kind: "comparison", operator: "<=", left: position, right: limit },
    orderBy: [ascending(position)],
  };
}

function condition(relation: Relation, { conditions }: Wanted, keys: readonly unknown[]): ExpressionNode {
  const shape = shapeOf(relation);
  const ofKeys: ExpressionNode = {
    kind: "in",
    left: shape.ownerKey,
    // The keys are the owner's: of type bigint they may be compared with a column of type integer.
    right: { kind: "parameter-list", values: keys, type: relation.ownerColumn.type },
    negated: false,
  };
  if (conditions.length === 0 && shape.where.length === 0) return ofKeys;
  return { kind: "logical", operator: "and", operands: [ofKeys, ...shape.where, ...conditions] };
}

function ordersOf(shape: RelationShape, { orders }: Wanted): readonly OrderNode[] {
  const chosen = orders.length > 0 ? orders : shape.orderBy;
  return chosen.length === 0 ? shape.finally : [...chosen, ...shape.finally];
}

/** A column of a model in a query. */
export function columnOf({ table, alias }: ModelDefinition, column: ColumnDefinition): ColumnNode {
  return { kind: "column", table, column, alias };
}

/** `left = right`. */
export function equal(left: ExpressionNode, right: ExpressionNode): ExpressionNode {
  return { kind: "comparison", operator: "=", left, right };
}

function ascending(expression: ExpressionNode): OrderNode {
  return { expression, descending: false, nulls: undefined };
}

function number(value: number): ParameterNode {
  return { kind: "parameter", value, type: integerType };
}

function call(
  name: "count" | "row_number",
  type: typeof integerType,
): Extract<ExpressionNode, { kind: "call" }> {
  return { kind: "call", name, arguments: [], distinct: false, filter: undefined, over: undefined, type };
}
