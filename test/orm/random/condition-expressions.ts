/** Random conditions: comparisons of every kind, lists, patterns, sub-queries, and what AND, OR and NOT make of them. */
import { and, type Expression, not, or } from "limpid/orm";
import { asCondition, asText, type Env, type Made, truth } from "./made.ts";
import {
  both,
  compared,
  either,
  isAmong,
  isLike,
  isSame,
  type Kind,
  known,
  opposite,
  type Scalar,
} from "./scalar.ts";
import { literal, type Makers } from "./value-expressions.ts";

/** Sub-queries as conditions; `undefined` where none is wanted. */
export interface ConditionMakers extends Makers {
  exists(depth: number): Made | undefined;
  among(operand: Made, negated: boolean, depth: number): Made | undefined;
}

type Rule = (makers: ConditionMakers, depth: number) => Made | undefined;

/** A random condition. */
export function conditionExpression(makers: ConditionMakers, depth: number): Made {
  const { shape } = makers.draw;
  const deep = depth > 0 && shape.oneIn(2);
  const one = shape.pick(deep ? [...connectives, ...plain] : plain)(makers, Math.max(0, depth - 1));
  return one ?? nullness(makers, 0);
}

function anyKind({ draw, scope }: Makers): Kind {
  return draw.shape.pick(scope).kind;
}

const comparisons = {
  eq: (order: number) => order === 0,
  ne: (order: number) => order !== 0,
  lt: (order: number) => order < 0,
  lte: (order: number) => order <= 0,
  gt: (order: number) => order > 0,
  gte: (order: number) => order >= 0,
} as const;

/** The other side: an expression of the kind, or a value. */
function otherSide(
  makers: Makers,
  left: Made,
  depth: number,
): { of(env: Env): Scalar; side: NonNullable<unknown> } {
  if (makers.draw.shape.oneIn(2)) {
    const right = makers.value(left.kind, depth);
    return { of: (env) => right.of(env), side: right.expression };
  }
  const constant = literal(makers, left);
  return { of: () => constant, side: constant };
}

const comparison: Rule = (makers, depth) => {
  const { shape } = makers.draw;
  const left = makers.value(anyKind(makers), depth);
  const right = otherSide(makers, left, depth);
  const names = Object.keys(comparisons) as (keyof typeof comparisons)[];
  const name = shape.pick(names);
  return truth(left.expression[name](right.side), (env) =>
    known(left.of(env), right.of(env), (one, other) => comparisons[name](compared(left.kind, one, other))),
  );
};

const distinctness: Rule = (makers, depth) => {
  const { shape } = makers.draw;
  const left = makers.value(anyKind(makers), depth);
  const isNull = shape.oneIn(3);
  const right = isNull ? { of: () => null, side: null } : otherSide(makers, left, depth);
  const negated = shape.oneIn(2);
  const expression = negated
    ? left.expression.isNotDistinctFrom(right.side)
    : left.expression.isDistinctFrom(right.side);
  return truth(expression, (env) => isSame(left.kind, left.of(env), right.of(env)) === negated);
};

const nullness = (makers: Makers, depth: number): Made => {
  const operand = makers.value(anyKind(makers), depth);
  const negated = makers.draw.shape.oneIn(2);
  const expression = negated ? operand.expression.isNotNull() : operand.expression.isNull();
  return truth(expression, (env) => (operand.of(env) === null) !== negated);
};

const list: Rule = (makers, depth) => {
  const { shape } = makers.draw;
  const operand = makers.value(anyKind(makers), depth);
  const length = shape.pick([0, 1, 2, 3, 4, 5, 9]);
  const items = Array.from({ length }, () => literal(makers, operand));
  const negated = shape.oneIn(2);
  const expression = negated ? operand.expression.notIn(items) : operand.expression.in(items);
  return truth(expression, (env) => {
    const among = items.length === 0 ? false : isAmong(operand.kind, operand.of(env), items);
    return negated ? opposite(among) : among;
  });
};

const range: Rule = (makers, depth) => {
  const operand = makers.value(anyKind(makers), depth);
  const low = otherSide(makers, operand, depth);
  const high = otherSide(makers, operand, depth);
  return truth(operand.expression.between(low.side, high.side), (env) => {
    const value = operand.of(env);
    const within = (least: Scalar, most: Scalar) =>
      known(least, most, (one, other) => compared(operand.kind, one, other) <= 0);
    return both([within(low.of(env), value), within(value, high.of(env))]);
  });
};

const patterns = [
  "%",
  "_",
  "a%",
  "%b",
  "_b",
  "A_",
  "%\\%",
  "a\\_b",
  "\\\\",
  "%'%",
  "[a]",
  "*",
  "?%",
  "",
  "a\\b%",
  "__",
  "a\\b%\\",
  "\\",
  "%\\",
];
const pieces = ["", "a", "A", "b", "%", "_", "\\", "*", "?", "[", "]", "'", "a_", "é"];

function patterned(makers: Makers, depth: number): Made | undefined {
  const { shape, value } = makers.draw;
  const operand = makers.value("text", depth);
  const column = asText(operand.expression);
  const insensitive = shape.oneIn(4) && !operand.wide;
  const pattern = value.pick(patterns);
  const part = value.pick(pieces);
  const of =
    (test: (text: string) => boolean) =>
    (env: Env): boolean | null =>
      known(operand.of(env), true, (string) => test(String(string)));
  if (insensitive)
    return truth(
      column.ilike(pattern),
      of((string) => isLike(string, pattern, true)),
    );
  const ways: readonly [Expression<boolean>, (text: string) => boolean][] = [
    [column.like(pattern), (string) => isLike(string, pattern)],
    [column.notLike(pattern), (string) => !isLike(string, pattern)],
    [column.contains(part), (string) => string.includes(part)],
    [column.startsWith(part), (string) => string.startsWith(part)],
    [column.endsWith(part), (string) => string.endsWith(part)],
  ];
  const [expression, test] = shape.pick(ways);
  return truth(expression, of(test));
}

function junction(way: "and" | "or"): Rule {
  return (makers, depth) => {
    const count = makers.draw.shape.pick([0, 1, 2, 2, 2, 3]);
    const parts = Array.from({ length: count }, () => makers.condition(depth));
    const conditions = parts.map(({ expression }) => asCondition(expression));
    const join = way === "and" ? both : either;
    return truth(way === "and" ? and(...conditions) : or(...conditions), (env) =>
      join(parts.map((part) => part.of(env) as boolean | null)),
    );
  };
}

const negation: Rule = (makers, depth) => {
  const operand = makers.condition(depth);
  return truth(not(asCondition(operand.expression)), (env) => opposite(operand.of(env) as boolean | null));
};

const membership: Rule = (makers, depth) => {
  const operand = makers.value(anyKind(makers), depth);
  return makers.among(operand, makers.draw.shape.oneIn(2), depth);
};

const existence: Rule = (makers, depth) => makers.exists(depth);
const flag: Rule = (makers, depth) => makers.value("boolean", depth);

const plain: readonly Rule[] = [
  comparison,
  comparison,
  comparison,
  distinctness,
  nullness,
  list,
  list,
  range,
  patterned,
  flag,
];
const connectives: readonly Rule[] = [
  junction("and"),
  junction("or"),
  junction("or"),
  negation,
  membership,
  existence,
];
