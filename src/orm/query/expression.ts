/** What stands in a condition, an order or a projection: a node of the tree with the methods to build on it. */
import { LimpidError } from "../../errors/index.ts";
import type { ColumnType } from "../model/column-type.ts";
import { expressionType } from "./expression-type.ts";
import type {
  ArithmeticOperator,
  ComparisonOperator,
  ExpressionNode,
  OrderNode,
  ParameterNode,
} from "./nodes.ts";
import { isSubquery, queryNode, type Subquery, scalarNode } from "./subquery.ts";

/** A value to calculate with: one of TypeScript, which is bound, or another expression. */
export type Operand<Value> = NonNullable<Value> | Expression<Value> | Expression<NonNullable<Value>>;

/** A value to compare with: one of TypeScript, which is bound, another expression, or a query that gives one value. */
export type Comparand<Value> =
  | NonNullable<Value>
  | Expression<NonNullable<Value> | null>
  | Subquery<NonNullable<Value> | null>;

/** Something that is true or false for a row. */
export type Condition = Expression<boolean> | Expression<boolean | null>;

/** How rows are sorted: `User.id.desc()`. */
export class Order {
  readonly node: OrderNode;

  constructor(node: OrderNode) {
    this.node = node;
  }

  /** Rows without a value come first. */
  nullsFirst(): Order {
    return new Order({ ...this.node, nulls: "first" });
  }

  /** Rows without a value come last. */
  nullsLast(): Order {
    return new Order({ ...this.node, nulls: "last" });
  }
}

/**
 * An expression of SQL that gives a `Value`: a column, a comparison, a call. What it is compared with is bound, never
 * written into the SQL.
 */
export class Expression<Value> {
  readonly node: ExpressionNode;
  /** How values compared with it are bound, and its own are read. */
  readonly type: ColumnType | undefined;
  /** Never there; carries the type of the value. */
  declare readonly value?: Value;

  constructor(node: ExpressionNode, type?: ColumnType) {
    this.node = node;
    this.type = type;
  }

  /** `=`. For null there is `isNull()`. */
  eq(other: Comparand<Value>): Expression<boolean> {
    return compare(this, "=", other);
  }

  /** `<>`. Rows where either side is null are left out, as in SQL; `isDistinctFrom` counts them. */
  ne(other: Comparand<Value>): Expression<boolean> {
    return compare(this, "<>", other);
  }

  lt(other: Comparand<Value>): Expression<boolean> {
    return compare(this, "<", other);
  }

  lte(other: Comparand<Value>): Expression<boolean> {
    return compare(this, "<=", other);
  }

  gt(other: Comparand<Value>): Expression<boolean> {
    return compare(this, ">", other);
  }

  gte(other: Comparand<Value>): Expression<boolean> {
    return compare(this, ">=", other);
  }

  /** Differs, where null differs from every value and not from null. */
  isDistinctFrom(other: Comparand<Value> | null): Expression<boolean> {
    const left = this.node;
    return truth({ kind: "comparison", operator: "is distinct from", left, right: nullable(this, other) });
  }

  /** The same, where null is the same as null. */
  isNotDistinctFrom(other: Comparand<Value> | null): Expression<boolean> {
    const left = this.node;
    return truth({
      kind: "comparison",
      operator: "is not distinct from",
      left,
      right: nullable(this, other),
    });
  }

  isNull(): Expression<boolean> {
    return truth({ kind: "is-null", operand: this.node, negated: false });
  }

  isNotNull(): Expression<boolean> {
    return truth({ kind: "is-null", operand: this.node, negated: true });
  }

  /** One of these values, or one that a query of one column gives. Of no values: false. */
  in(values: readonly NonNullable<Value>[] | Subquery<NonNullable<Value> | null>): Expression<boolean> {
    return truth({ kind: "in", left: this.node, right: listed(this, values), negated: false });
  }

  notIn(values: readonly NonNullable<Value>[] | Subquery<NonNullable<Value> | null>): Expression<boolean> {
    return truth({ kind: "in", left: this.node, right: listed(this, values), negated: true });
  }

  /** From `low` to `high`, both included. */
  between(low: Comparand<Value>, high: Comparand<Value>): Expression<boolean> {
    const operand = this.node;
    return truth({ kind: "between", operand, low: operandOf(this, low), high: operandOf(this, high) });
  }

  /** `LIKE` with `%` and `_`, escaped by `\`; case-sensitive in every database. */
  like(this: Expression<string> | Expression<string | null>, pattern: string): Expression<boolean> {
    return likeness(this, pattern, false, false);
  }

  notLike(this: Expression<string> | Expression<string | null>, pattern: string): Expression<boolean> {
    return likeness(this, pattern, false, true);
  }

  /** `like`, small and capital letters being the same. */
  ilike(this: Expression<string> | Expression<string | null>, pattern: string): Expression<boolean> {
    return likeness(this, pattern, true, false);
  }

  /** Has the text in it. `%` and `_` in the text mean themselves. */
  contains(this: Expression<string> | Expression<string | null>, text: string): Expression<boolean> {
    return likeness(this, `%${escapeLike(text)}%`, false, false);
  }

  startsWith(this: Expression<string> | Expression<string | null>, text: string): Expression<boolean> {
    return likeness(this, `${escapeLike(text)}%`, false, false);
  }

  endsWith(this: Expression<string> | Expression<string | null>, text: string): Expression<boolean> {
    return likeness(this, `%${escapeLike(text)}`, false, false);
  }

  plus(other: Operand<Value>): Expression<Value> {
    return arithmetic(this, "+", other);
  }

  minus(other: Operand<Value>): Expression<Value> {
    return arithmetic(this, "-", other);
  }

  times(other: Operand<Value>): Expression<Value> {
    return arithmetic(this, "*", other);
  }

  dividedBy(other: Operand<Value>): Expression<Value> {
    return arithmetic(this, "/", other);
  }

  modulo(other: Operand<Value>): Expression<Value> {
    return arithmetic(this, "%", other);
  }

  /**
   * The text at a path of keys and positions in a JSON value; null where there is nothing.
   * `Post.meta.at("authors", 0, "name").eq("Ada")`
   */
  at(...path: readonly (string | number)[]): Expression<string | null> {
    if (!path.every(isStep)) throw notAStep();
    const steps: ParameterNode = { kind: "parameter", value: path, type: undefined };
    return new Expression({ kind: "json-path", operand: this.node, path: steps, type: textType }, textType);
  }

  asc(): Order {
    return new Order({ expression: this.node, descending: false, nulls: undefined });
  }

  desc(): Order {
    return new Order({ expression: this.node, descending: true, nulls: undefined });
  }
}

export const booleanType: ColumnType = { kind: "boolean" };
export const textType: ColumnType = { kind: "text" };
export const integerType: ColumnType = { kind: "integer" };

/** An expression that is true or false. */
export function truth(node: ExpressionNode): Expression<boolean> {
  return new Expression<boolean>(node, booleanType);
}

/** The node of an expression. Throws `LMP_ORM_QUERY_INVALID` for what is none: data from outside never is. */
export function expressionNode(expression: unknown): ExpressionNode {
  if (expression instanceof Expression) return expression.node;
  throw new LimpidError("LMP_ORM_QUERY_INVALID", "An expression is expected here.", {
    expected: "a column of a model, a call such as count(), or sql`…`",
    found: expression === null ? "null" : typeof expression,
    fix: "A name that comes from a client has to be looked up among the columns you permit.",
  });
}

/** The node of an operand: that of an expression, or a parameter bound as `beside` is. */
export function operandOf(beside: Expression<unknown>, operand: unknown): ExpressionNode {
  if (operand instanceof Expression) return operand.node;
  if (isSubquery(operand)) return scalarNode(operand);
  if (operand === null || operand === undefined) throw comparedWithNothing(operand);
  return { kind: "parameter", value: operand, type: beside.type };
}

function compare(
  left: Expression<unknown>,
  operator: ComparisonOperator,
  right: unknown,
): Expression<boolean> {
  return new Expression<boolean>(
    { kind: "comparison", operator, left: left.node, right: operandOf(left, right) },
    booleanType,
  );
}

function arithmetic<Value>(
  left: Expression<Value>,
  operator: ArithmeticOperator,
  right: unknown,
): Expression<Value> {
  const node: ExpressionNode = {
    kind: "arithmetic",
    operator,
    left: left.node,
    right: operandOf(left, right),
  };
  return new Expression<Value>(node, expressionType(node));
}

function likeness(
  operand: Expression<string> | Expression<string | null>,
  pattern: string,
  insensitive: boolean,
  negated: boolean,
): Expression<boolean> {
  if (typeof pattern !== "string") throw notAPattern(pattern);
  const bound: ParameterNode = { kind: "parameter", value: whole(pattern), type: textType };
  return truth({ kind: "like", operand: operand.node, pattern: bound, insensitive, negated });
}

/** A backslash at the end has nothing to escape but itself: databases make an error of it, or no match, or a backslash. */
function whole(pattern: string): string {
  let start = pattern.length;
  while (start > 0 && pattern[start - 1] === "\\") start--;
  return (pattern.length - start) % 2 === 0 ? pattern : `${pattern}\\`;
}

function escapeLike(text: string): string {
  if (typeof text !== "string") throw notAPattern(text);
  return text.replace(/[\\%_]/g, "\\$&");
}

function nullable(beside: Expression<unknown>, operand: unknown): ExpressionNode {
  if (operand !== null) return operandOf(beside, operand);
  return { kind: "parameter", value: null, type: beside.type };
}

function listed(
  beside: Expression<unknown>,
  values: readonly unknown[] | Subquery,
): Extract<ExpressionNode, { kind: "in" }>["right"] {
  if (!Array.isArray(values)) return queryNode(values);
  for (const value of values) if (value === null || value === undefined) throw comparedWithNothing(value);
  return { kind: "parameter-list", values: [...values], type: beside.type };
}

/** A key, or a position. */
function isStep(step: unknown): boolean {
  return typeof step === "string" || Number.isSafeInteger(step);
}

function notAStep(): LimpidError {
  return new LimpidError("LMP_ORM_QUERY_INVALID", "A path into JSON is made of keys and positions.", {
    expected: 'texts and whole numbers: at("authors", 0, "name")',
    found: "something else",
    fix: "Check what comes from a client before it becomes a step.",
  });
}

function notAPattern(found: unknown): LimpidError {
  return new LimpidError("LMP_ORM_QUERY_INVALID", "What a text is compared with is a text.", {
    expected: "a string",
    found: found === null ? "null" : Array.isArray(found) ? "an array" : typeof found,
    fix: "Check what comes from a client before it is searched for.",
  });
}

function comparedWithNothing(found: null | undefined): LimpidError {
  return new LimpidError("LMP_ORM_QUERY_INVALID", "Nothing in SQL is equal to null, or less or greater.", {
    expected: "a value",
    found: String(found),
    fix: "Use isNull() or isNotNull(), or isNotDistinctFrom(null) where null is a value among others.",
  });
}
