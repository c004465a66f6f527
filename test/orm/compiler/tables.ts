/** Tables by hand, as models would declare them, and short words for the nodes of a query. */
import type { ColumnType } from "../../../src/orm/model/column-type.ts";
import type { ColumnDefinition, TableDefinition } from "../../../src/orm/model/definition.ts";
import type {
  ArithmeticNode,
  ArithmeticOperator,
  CallNode,
  ColumnNode,
  ComparisonNode,
  ComparisonOperator,
  ExpressionNode,
  FunctionName,
  InNode,
  InsertNode,
  LogicalNode,
  OrderNode,
  ParameterListNode,
  ParameterNode,
  ProjectionNode,
  RawNode,
  SelectNode,
  TableNode,
} from "../../../src/orm/query/nodes.ts";

let ids = 1_000;

/** A table of columns in the order given; those named `id` are its key. */
export function table(name: string, columns: Readonly<Record<string, ColumnType>>): TableDefinition {
  const definitions = Object.entries(columns).map(([column, type]) => define(column, type));
  return {
    name,
    columns: definitions,
    columnsByProperty: new Map(definitions.map((column) => [column.property, column])),
    primaryKey: definitions.filter((column) => column.primaryKey),
    indexes: [],
    checks: [],
  };
}

function define(name: string, type: ColumnType): ColumnDefinition {
  return {
    id: ids++,
    property: name,
    name,
    type,
    nullable: name !== "id",
    primaryKey: name === "id",
    identity: name === "id",
    unique: false,
    index: false,
    default: undefined,
    onUpdate: undefined,
    references: undefined,
    check: undefined,
    generated: undefined,
    version: false,
    guarded: false,
  };
}

export const users = table("users", {
  id: { kind: "integer" },
  name: { kind: "text" },
  age: { kind: "integer" },
  balance: { kind: "numeric", precision: 10, scale: 2, as: "string" },
  data: { kind: "json" },
  active: { kind: "boolean" },
});

export const posts = table("posts", {
  id: { kind: "integer" },
  author_id: { kind: "integer" },
  title: { kind: "text" },
});

export function definition(of: TableDefinition, name: string): ColumnDefinition {
  const column = of.columnsByProperty.get(name);
  if (column === undefined) throw new Error(`There is no column ${name}.`);
  return column;
}

export function column(of: TableDefinition, name: string, alias?: string): ColumnNode {
  return { kind: "column", table: of, column: definition(of, name), alias };
}

/** A column of `users`. */
export function user(name: string): ColumnNode {
  return column(users, name);
}

/** A column of `posts`. */
export function post(name: string): ColumnNode {
  return column(posts, name);
}

export function value(of: unknown, type?: ColumnType): ParameterNode {
  return { kind: "parameter", value: of, type };
}

export const integer = { kind: "integer" } as const satisfies ColumnType;
export const text = { kind: "text" } as const satisfies ColumnType;

export function list(values: readonly unknown[], type?: ColumnType): ParameterListNode {
  return { kind: "parameter-list", values, type };
}

export function compare(
  left: ExpressionNode,
  operator: ComparisonOperator,
  right: ExpressionNode,
): ComparisonNode {
  return { kind: "comparison", operator, left, right };
}

export function calculate(
  left: ExpressionNode,
  operator: ArithmeticOperator,
  right: ExpressionNode,
): ArithmeticNode {
  return { kind: "arithmetic", operator, left, right };
}

export function and(...operands: readonly ExpressionNode[]): LogicalNode {
  return { kind: "logical", operator: "and", operands };
}

export function or(...operands: readonly ExpressionNode[]): LogicalNode {
  return { kind: "logical", operator: "or", operands };
}

export function not(operand: ExpressionNode): ExpressionNode {
  return { kind: "not", operand };
}

export function within(left: ExpressionNode, right: InNode["right"], negated = false): InNode {
  return { kind: "in", left, right, negated };
}

export function call(
  name: FunctionName,
  args: readonly ExpressionNode[],
  more: Partial<CallNode> = {},
): CallNode {
  return {
    kind: "call",
    name,
    arguments: args,
    distinct: false,
    filter: undefined,
    over: undefined,
    type: undefined,
    ...more,
  };
}

export function raw(texts: readonly string[], ...parts: RawNode["parts"]): RawNode {
  return { kind: "raw", texts, parts, type: undefined };
}

export function as(expression: ExpressionNode, alias?: string): ProjectionNode {
  return { expression, alias };
}

export function order(
  expression: ExpressionNode,
  descending = false,
  nulls: OrderNode["nulls"] = undefined,
): OrderNode {
  return { expression, descending, nulls };
}

export function from(of: TableDefinition, alias?: string): TableNode {
  return { kind: "table", table: of, alias };
}

/** A select of `users.id` from `users`, with what is said otherwise. */
export function select(more: Partial<SelectNode> = {}): SelectNode {
  return {
    kind: "select",
    columns: [as(user("id"))],
    distinct: false,
    distinctOn: [],
    from: from(users),
    joins: [],
    where: undefined,
    groupBy: [],
    having: undefined,
    orderBy: [],
    limit: undefined,
    offset: undefined,
    lock: undefined,
    ...more,
  };
}

/** An insert into `users`. */
export function insert(
  columns: readonly string[],
  rows: InsertNode["rows"],
  more: Partial<InsertNode> = {},
): InsertNode {
  return {
    kind: "insert",
    table: users,
    columns: columns.map((name) => definition(users, name)),
    rows,
    conflict: undefined,
    returning: [],
    ...more,
  };
}
