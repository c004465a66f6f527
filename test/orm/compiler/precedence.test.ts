/** Expressions of any depth mean on every database what their tree says: parentheses stand where they are needed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ArithmeticOperator, ComparisonOperator, ExpressionNode } from "../../../src/orm/query/nodes.ts";
import { unreachable } from "../../databases/servers.ts";
import { openMysql, openPostgresql, openSqlite } from "./databases.ts";
import { as, calculate, call, compare, integer, list, raw, select, text, value, within } from "./tables.ts";

/** A tree with what it is worth, by the three-valued logic of SQL. */
interface Sample<Worth> {
  readonly node: ExpressionNode;
  readonly worth: Worth | null;
}

type Numeric = Sample<number>;
type Truth = Sample<boolean>;
type Text = Sample<string>;

const sums: Readonly<Partial<Record<ArithmeticOperator, (left: number, right: number) => number>>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
};

function both<One, Other, Result>(
  left: One | null,
  right: Other | null,
  result: (left: One, right: Other) => Result,
): Result | null {
  return left === null || right === null ? null : result(left, right);
}

function compared<Worth extends number | string | boolean>(
  left: Sample<Worth>,
  operator: ComparisonOperator,
  right: Sample<Worth>,
): Truth {
  const node = compare(left.node, operator, right.node);
  if (operator === "is distinct from") return { node, worth: left.worth !== right.worth };
  if (operator === "is not distinct from") return { node, worth: left.worth === right.worth };
  const worth = both(left.worth, right.worth, (one, other) => {
    if (operator === "=") return one === other;
    if (operator === "<>") return one !== other;
    return operator === "<" ? one < other : one >= other;
  });
  return { node, worth };
}

function joined(operator: "and" | "or", operands: readonly Truth[]): Truth {
  const node: ExpressionNode = {
    kind: "logical",
    operator,
    operands: operands.map((operand) => operand.node),
  };
  const decisive = operator === "or";
  if (operands.some(({ worth }) => worth === decisive)) return { node, worth: decisive };
  return { node, worth: operands.some(({ worth }) => worth === null) ? null : !decisive };
}

function within3({ node, worth }: Numeric, values: readonly number[], negated: boolean): Truth {
  const truth = worth === null ? null : values.includes(worth) !== negated;
  return { node: within(node, list(values, integer), negated), worth: values.length === 0 ? negated : truth };
}

function between(operand: Numeric, low: Numeric, high: Numeric): Truth {
  const node: ExpressionNode = { kind: "between", operand: operand.node, low: low.node, high: high.node };
  const above = both(operand.worth, low.worth, (one, other) => one >= other);
  const below = both(operand.worth, high.worth, (one, other) => one <= other);
  if (above === false || below === false) return { node, worth: false };
  return { node, worth: above === null || below === null ? null : true };
}

const digit = fc.nat({ max: 5 });
const equality = fc.constantFrom<ComparisonOperator>("=", "<>", "is distinct from", "is not distinct from");
const operator = fc.oneof(equality, fc.constantFrom<ComparisonOperator>("<", ">="));

const { numeric, truth } = fc.letrec<{ numeric: Numeric; truth: Truth; text: Text }>((tie) => ({
  numeric: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    fc.option(digit).map((worth) => ({ node: value(worth, integer), worth })),
    digit.map((worth) => ({ node: raw([`${worth} + 0`]), worth })),
    fc
      .tuple(tie("numeric"), fc.constantFrom<ArithmeticOperator>("+", "-", "*"), tie("numeric"))
      .map(([left, sign, right]) => ({
        node: calculate(left.node, sign, right.node),
        worth: both(left.worth, right.worth, sums[sign] ?? Math.max),
      })),
    fc.tuple(tie("truth"), tie("numeric"), tie("numeric")).map(([when, one, other]) => ({
      node: {
        kind: "case" as const,
        branches: [{ when: when.node, result: one.node }],
        otherwise: other.node,
        type: integer,
      },
      worth: when.worth === true ? one.worth : other.worth,
    })),
    fc.tuple(tie("numeric"), tie("numeric")).map(([one, other]) => ({
      node: call("coalesce", [one.node, other.node], { type: integer }),
      worth: one.worth ?? other.worth,
    })),
  ),
  text: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    fc.constantFrom("", "a", "1", "b").map((worth) => ({ node: value(worth, text), worth })),
    fc.tuple(tie("text"), fc.oneof(tie("text"), tie("numeric"))).map(([left, right]) => ({
      node: calculate(left.node, "||", right.node),
      worth: both<string, string | number, string>(left.worth, right.worth, (one, other) => one + other),
    })),
  ),
  truth: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    fc
      .tuple(tie("numeric"), operator, tie("numeric"))
      .map(([left, sign, right]) => compared(left, sign, right)),
    fc.tuple(tie("text"), equality, tie("text")).map(([left, sign, right]) => compared(left, sign, right)),
    fc.tuple(tie("truth"), equality, tie("truth")).map(([left, sign, right]) => compared(left, sign, right)),
    fc
      .tuple(fc.constantFrom("and", "or"), fc.array(tie("truth"), { maxLength: 3 }))
      .map(([sign, operands]) => joined(sign, operands)),
    tie("truth").map(({ node, worth }) => ({
      node: { kind: "not" as const, operand: node },
      worth: worth === null ? null : !worth,
    })),
    fc.tuple(fc.oneof(tie("truth"), tie("numeric")), fc.boolean()).map(([{ node, worth }, negated]) => ({
      node: { kind: "is-null" as const, operand: node, negated },
      worth: (worth === null) !== negated,
    })),
    fc.tuple(tie("numeric"), fc.array(digit, { maxLength: 3 }), fc.boolean()).map((of) => within3(...of)),
    fc.tuple(tie("numeric"), tie("numeric"), tie("numeric")).map((of) => between(...of)),
  ),
}));

for (const [dialect, open, numRuns] of [
  ["sqlite", openSqlite, 1000],
  ["postgresql", openPostgresql, 250],
  ["mysql", openMysql, 250],
] as const) {
  test(dialect, async (context) => {
    const absence = await unreachable(dialect);
    if (absence !== false) return context.skip(absence);
    const database = await open();
    try {
      const property = fc.asyncProperty(truth, numeric, async (condition, number) => {
        const statement = select({ columns: [as(condition.node), as(number.node)], from: undefined });
        const expected = [condition.worth === null ? null : String(Number(condition.worth)), number.worth];
        const [found] = await database.run(statement);
        assert.deepEqual(
          found,
          expected.map((one) => (one === null ? null : String(one))),
        );
      });
      await fc.assert(property, { numRuns });
    } finally {
      await database.close();
    }
  });
}
