/** The functions that every database has: aggregates, text, dates, windows. */
import { LimpidError } from "../../errors/index.ts";
import { ColumnBuilder, type Presence } from "../model/column.ts";
import type { ColumnType } from "../model/column-type.ts";
import { conditionNode } from "./condition-node.ts";
import { type Condition, Expression, expressionNode, integerType, textType } from "./expression.ts";
import type { CallNode, CaseNode, ExpressionNode, FrameNode, FunctionName, WindowNode } from "./nodes.ts";
import { type Ordering, orderNode } from "./ordering.ts";

/** An expression or a value, which is bound. */
export type Argument<Value> = Expression<Value> | Expression<Value | null> | NonNullable<Value>;

/** The rows a window function looks at. */
export interface Window {
  readonly partitionBy?: Expression<unknown> | readonly Expression<unknown>[] | undefined;
  readonly orderBy?: Ordering | readonly Ordering[] | undefined;
  /** `{ unit: "rows", from: -2, to: 0 }`: the two rows before and the row itself. */
  readonly frame?: FrameNode | undefined;
}

/** A call that can look at a window of rows, or at some rows only. */
export class Call<Value> extends Expression<Value> {
  declare readonly node: CallNode;

  /** Each distinct value once. */
  distinct(): Call<Value> {
    return new Call<Value>({ ...this.node, distinct: true }, this.type);
  }

  /** Only rows for which the condition holds. */
  filter(condition: Condition): Call<Value> {
    return new Call<Value>({ ...this.node, filter: conditionNode(condition) }, this.type);
  }

  /** For each row, over the rows of its window. */
  over(window: Window = {}): Expression<Value> {
    const over: WindowNode = {
      partitionBy: listOf(window.partitionBy).map(expressionNode),
      orderBy: listOf(window.orderBy).map(orderNode),
      frame: window.frame === undefined ? undefined : checkedFrame(window.frame),
    };
    return new Expression<Value>({ ...this.node, over }, this.type);
  }
}

/** How many rows, or how many of them have a value. */
export function count(expression?: Expression<unknown>): Call<number> {
  return call("count", expression === undefined ? [] : [expressionNode(expression)], integerType);
}

/** The sum; null where there are no rows. */
export function sum<Value>(expression: Expression<Value>): Call<Value | null> {
  return call("sum", [expressionNode(expression)], expression.type);
}

/** The mean, as a number; null where there are no rows. */
export function avg(expression: Expression<unknown>): Call<number | null> {
  return call("avg", [expressionNode(expression)], { kind: "real" });
}

export function min<Value>(expression: Expression<Value>): Call<Value | null> {
  return call("min", [expressionNode(expression)], expression.type);
}

export function max<Value>(expression: Expression<Value>): Call<Value | null> {
  return call("max", [expressionNode(expression)], expression.type);
}

/** The first that is not null. */
export function coalesce<Value>(
  first: Expression<Value>,
  ...others: readonly (Expression<NonNullable<Value>> | Expression<Value> | NonNullable<Value>)[]
): Expression<NonNullable<Value>> {
  return call<NonNullable<Value>>(
    "coalesce",
    [expressionNode(first), ...others.map((other) => argument(other, first.type))],
    first.type,
  );
}

export function lower(expression: Argument<string>): Expression<string> {
  return call("lower", [argument(expression, textType)], textType);
}

export function upper(expression: Argument<string>): Expression<string> {
  return call("upper", [argument(expression, textType)], textType);
}

/** The length in characters. */
export function length(expression: Argument<string>): Expression<number> {
  return call("length", [argument(expression, textType)], integerType);
}

export function trim(expression: Argument<string>): Expression<string> {
  return call("trim", [argument(expression, textType)], textType);
}

/** `size` characters from `start` on, which counts from 1. */
export function substring(expression: Argument<string>, start: number, size?: number): Expression<string> {
  const numbers = size === undefined ? [start] : [start, size];
  const places = numbers.map((number) => argument(number, integerType));
  return call("substring", [argument(expression, textType), ...places], textType);
}

/** Texts one after the other. */
export function concat(...parts: readonly Argument<string>[]): Expression<string> {
  return call(
    "concat",
    parts.map((part) => argument(part, textType)),
    textType,
  );
}

export function abs(expression: Expression<number>): Expression<number> {
  return call("abs", [expressionNode(expression)], expression.type);
}

export function round(expression: Expression<number>, digits: number = 0): Expression<number> {
  return call("round", [expressionNode(expression), argument(digits, integerType)], { kind: "real" });
}

/** The time of the database. */
export function now(): Expression<Date> {
  return call("now", [], { kind: "timestamp" });
}

/** The value as one of another type: `cast(Order.total, integer())`. */
export function cast<Value>(
  expression: Expression<unknown>,
  column: ColumnBuilder<Value, Presence>,
): Expression<Value> {
  if (!(column instanceof ColumnBuilder)) throw notAType(column);
  return call("cast", [expressionNode(expression)], column.settings.type);
}

/** The number of the row in its window, from 1. */
export function rowNumber(): Call<number> {
  return call("row_number", [], integerType);
}

export function rank(): Call<number> {
  return call("rank", [], integerType);
}

export function denseRank(): Call<number> {
  return call("dense_rank", [], integerType);
}

/** The value so many rows before (default 1); null where there is none. */
export function lag<Value>(expression: Expression<Value>, rows: number = 1): Call<Value | null> {
  return call("lag", [expressionNode(expression), argument(rows, integerType)], expression.type);
}

/** The value so many rows behind (default 1); null where there is none. */
export function lead<Value>(expression: Expression<Value>, rows: number = 1): Call<Value | null> {
  return call("lead", [expressionNode(expression), argument(rows, integerType)], expression.type);
}

export function firstValue<Value>(expression: Expression<Value>): Call<Value> {
  return call("first_value", [expressionNode(expression)], expression.type);
}

export function lastValue<Value>(expression: Expression<Value>): Call<Value> {
  return call("last_value", [expressionNode(expression)], expression.type);
}

/** `CASE`: the result of the first condition that holds, else `otherwise`, else null. */
export function choose<Value>(
  branches: readonly { readonly when: Condition; readonly result: Expression<Value> | NonNullable<Value> }[],
  otherwise?: Expression<Value> | NonNullable<Value>,
): Expression<Value | null> {
  const typed = [...branches.map(({ result }) => result), otherwise].find(
    (result) => result instanceof Expression,
  );
  const type = typed instanceof Expression ? typed.type : undefined;
  const node: CaseNode = {
    kind: "case",
    branches: branches.map(({ when, result }) => ({
      when: conditionNode(when),
      result: argument(result, type),
    })),
    otherwise: otherwise === undefined ? undefined : argument(otherwise, type),
    type,
  };
  if (branches.length === 0) throw new LimpidError("LMP_ORM_QUERY_INVALID", "A choice needs a condition.");
  return new Expression<Value | null>(node, type);
}

function notAType(found: unknown): LimpidError {
  return new LimpidError("LMP_ORM_QUERY_INVALID", "A value is cast to the type of a column.", {
    expected: "integer(), varchar(50), …",
    found: found === null ? "null" : typeof found,
    fix: "Pass a column as a model has it: cast(Order.total, integer()).",
  });
}

const UNITS: readonly string[] = ["rows", "range", "groups"];

function checkedFrame(frame: FrameNode): FrameNode {
  const { from, to, unit } = frame ?? {};
  if (UNITS.includes(unit) && isBound(from) && isBound(to)) return { from, to, unit };
  throw new LimpidError("LMP_ORM_QUERY_INVALID", "There is no such frame.", {
    expected: `${UNITS.join(", ")} from a number of rows, or "unbounded", to another`,
    found: "something else",
    fix: 'Give the rows around the row: { unit: "rows", from: -2, to: 0 }.',
  });
}

/** Checked before anything is compiled: a frame that is known already is not compiled again. */
function isBound(bound: unknown): boolean {
  return bound === "unbounded" || Number.isSafeInteger(bound);
}

function call<Value>(
  name: FunctionName,
  parameters: readonly ExpressionNode[],
  type: ColumnType | undefined,
): Call<Value> {
  const node: CallNode = {
    kind: "call",
    name,
    arguments: parameters,
    distinct: false,
    filter: undefined,
    over: undefined,
    type,
  };
  return new Call<Value>(node, type);
}

function argument(value: unknown, type: ColumnType | undefined): ExpressionNode {
  return value instanceof Expression ? value.node : { kind: "parameter", value, type };
}

function listOf<Item extends object>(items: Item | readonly Item[] | undefined): readonly Item[] {
  if (items === undefined) return [];
  return Array.isArray(items) ? items : [items as Item];
}
