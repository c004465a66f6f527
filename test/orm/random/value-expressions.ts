/** Random expressions that give a value: columns, arithmetic, texts, choices, scalar sub-queries. */
import {
  abs,
  cast,
  choose,
  coalesce,
  concat,
  integer,
  length,
  lower,
  real,
  substring,
  text,
  trim,
  upper,
} from "limpid/orm";
import { asCondition, asNumber, asText, type Draw, type Env, type Made, made } from "./made.ts";
import type { Kind, Scalar } from "./scalar.ts";
import { someValue } from "./things.ts";

/** Far below what 32 bits hold. */
const largest = 1e8;
const literalBound = 100;

/** What the generators ask of each other. */
export interface Makers {
  readonly draw: Draw;
  /** The columns in scope. */
  readonly scope: readonly Made[];
  condition(depth: number): Made;
  value(kind: Kind, depth: number): Made;
  /** A query of one value that sees the scope; `undefined` where none is wanted. */
  scalar(kind: Kind, depth: number): Made | undefined;
}

type Rule = (makers: Makers, depth: number) => Made | undefined;

/** A random expression of a kind; always one with a column where there is one of the kind. */
export function valueExpression(makers: Makers, kind: Kind, depth: number): Made {
  const { draw } = makers;
  if (kind === "amount") return column(makers, kind);
  const rules = [...(rulesOf[kind] ?? []), choice(kind), fallback(kind), subquery(kind)];
  if (depth > 0 && draw.shape.oneIn(2)) {
    const one = draw.shape.pick(rules)(makers, depth - 1);
    if (one !== undefined) return one;
  }
  return column(makers, kind);
}

function column({ draw, scope }: Makers, kind: Kind): Made {
  const found = scope.filter((one) => one.kind === kind);
  if (found.length > 0) return draw.shape.pick(found);
  return madeUp(kind, scope);
}

/** There is no column of the kind: one is made of whether another is null. */
function madeUp(kind: Kind, scope: readonly Made[]): Made {
  const [any] = scope;
  if (any === undefined) throw new Error("A query has a column at least.");
  const isNull = any.expression.isNull();
  const of = (env: Env): boolean => any.of(env) === null;
  if (kind === "boolean") return made(kind, isNull, of);
  if (kind === "integer") return made(kind, cast(isNull, integer()), (env) => Number(of(env)), { most: 1 });
  const number = cast(isNull, integer());
  if (kind === "real") return made(kind, cast(number, real()), (env) => Number(of(env)), { most: 1 });
  if (kind === "text") return made(kind, cast(number, text()), (env) => String(Number(of(env))), { most: 1 });
  throw new Error(`No column of the kind ${kind} is in scope.`);
}

/** A value to compare with or to calculate with, bound as the expression beside it. */
export function literal({ draw }: Makers, { kind, wide }: Made): NonNullable<Scalar> {
  return someValue(kind, draw.value, wide);
}

function choice(kind: Kind): Rule {
  return (makers, depth) => {
    const when = makers.condition(depth);
    const result = makers.value(kind, depth);
    const isElse = makers.draw.shape.below(3);
    const other = isElse === 0 ? makers.value(kind, depth) : undefined;
    const constant = isElse === 1 ? literal(makers, result) : undefined;
    const branches = [{ when: asCondition(when.expression), result: result.expression }];
    const otherwise = other?.expression ?? constant;
    return made(
      kind,
      choose<unknown>(branches, otherwise),
      (env) => (when.of(env) === true ? result.of(env) : (other?.of(env) ?? constant ?? null)),
      {
        most: Math.max(result.most, other?.most ?? 0, literalBound),
        wide: result.wide || other?.wide === true,
      },
    );
  };
}

function fallback(kind: Kind): Rule {
  return (makers, depth) => {
    const first = makers.value(kind, depth);
    const second = makers.draw.shape.oneIn(2) ? makers.value(kind, depth) : undefined;
    const last = literal(makers, first);
    const expression =
      second === undefined
        ? coalesce(first.expression, last)
        : coalesce(first.expression, second.expression, last);
    return made(kind, expression, (env) => first.of(env) ?? second?.of(env) ?? last, {
      most: Math.max(first.most, second?.most ?? 0, literalBound),
      wide: first.wide || second?.wide === true,
    });
  };
}

function subquery(kind: Kind): Rule {
  return (makers, depth) => makers.scalar(kind, depth);
}

type Operator = "plus" | "minus" | "times" | "dividedBy" | "modulo";

function calculate(operator: Operator, left: number, right: number, isWhole: boolean): number {
  if (operator === "plus") return left + right;
  if (operator === "minus") return left - right;
  if (operator === "times") return left * right + 0;
  if (operator === "modulo") return (left % right) + 0;
  return isWhole ? Math.trunc(left / right) + 0 : left / right;
}

/** Two operands of a kind; divided is by values alone, none of which is 0. */
function arithmetic(kind: "integer" | "real"): Rule {
  return (makers, depth) => {
    const { shape, value } = makers.draw;
    const operators: readonly Operator[] = ["plus", "minus", "times", "dividedBy", "modulo"];
    const operator = shape.pick(kind === "integer" ? operators : operators.slice(0, 4));
    const left = makers.value(kind, depth);
    const isDivision = operator === "dividedBy" || operator === "modulo";
    const right = isDivision || shape.oneIn(2) ? undefined : makers.value(kind, depth);
    const divisors = kind === "integer" ? [-7, -2, -1, 1, 2, 3] : [-2, 1, 2, 4];
    const constant = isDivision ? value.pick(divisors) : (literal(makers, left) as number);
    const bound = right?.most ?? literalBound;
    const most = operator === "times" ? left.most * bound : left.most + bound;
    if (most > largest) return left;
    const expression = asNumber(left.expression)[operator](asNumber(right?.expression ?? left.expression));
    const written = right === undefined ? asNumber(left.expression)[operator](constant) : expression;
    return made(
      kind,
      written,
      (env) => {
        const [one, other] = [left.of(env), right === undefined ? constant : right.of(env)];
        if (one === null || other === null) return null;
        return calculate(operator, Number(one), Number(other), kind === "integer");
      },
      { most },
    );
  };
}

const size: Rule = (makers, depth) => {
  const operand = makers.value("text", depth);
  const of = (env: Env): Scalar => count(operand.of(env));
  return made("integer", length(asText(operand.expression)), of, { most: operand.most });
};

function count(value: Scalar): number | null {
  return value === null ? null : [...String(value)].length;
}

function absolute(kind: "integer" | "real"): Rule {
  return (makers, depth) => {
    const operand = makers.value(kind, depth);
    const of = (env: Env): Scalar => {
      const value = operand.of(env);
      return value === null ? null : Math.abs(Number(value));
    };
    return made(kind, abs(asNumber(operand.expression)), of, operand);
  };
}

const toReal: Rule = (makers, depth) => {
  const operand = makers.value("integer", depth);
  return made("real", cast(operand.expression, real()), (env) => operand.of(env), operand);
};

const toWhole: Rule = (makers, depth) => {
  const operand = makers.condition(depth);
  const of = (env: Env): Scalar => {
    const value = operand.of(env);
    return value === null ? null : Number(value);
  };
  return made("integer", cast(operand.expression, integer()), of, { most: 1 });
};

const toText: Rule = (makers, depth) => {
  const operand = makers.value("integer", depth);
  const of = (env: Env): Scalar => {
    const value = operand.of(env);
    return value === null ? null : String(value);
  };
  return made("text", cast(operand.expression, text()), of, { most: 10 });
};

/** Capitals are known of ASCII everywhere, trimmed are blanks. */
const changed: Rule = (makers, depth) => {
  const operand = makers.value("text", depth);
  const which = makers.draw.shape.below(3);
  if (operand.wide && which < 2) return operand;
  const call = [lower, upper, trim][which] ?? trim;
  const of = (env: Env): Scalar => {
    const value = operand.of(env);
    if (value === null) return null;
    const string = String(value);
    return which === 0 ? string.toLowerCase() : which === 1 ? string.toUpperCase() : string;
  };
  return made("text", call(asText(operand.expression)), of, operand);
};

const piece: Rule = (makers, depth) => {
  const operand = makers.value("text", depth);
  const { shape, value } = makers.draw;
  const start = value.between(1, 3);
  const end = shape.oneIn(2) ? value.between(0, 2) : undefined;
  const of = (env: Env): Scalar => {
    const whole = operand.of(env);
    if (whole === null) return null;
    const characters = [...String(whole)].slice(start - 1);
    return characters.slice(0, end ?? characters.length).join("");
  };
  return made("text", substring(asText(operand.expression), start, end), of, operand);
};

/** Nulls are passed over. */
const joined: Rule = (makers, depth) => {
  const parts = [makers.value("text", depth), makers.value("text", depth)];
  const last = String(literal(makers, parts[0] as Made));
  const most = parts.reduce((sum, part) => sum + part.most, 10);
  if (most > 1_000) return parts[0];
  const expression = concat(...parts.map((part) => asText(part.expression)), last);
  const of = (env: Env): Scalar => parts.map((part) => part.of(env) ?? "").join("") + last;
  return made("text", expression, of, { most, wide: parts.some(({ wide }) => wide) });
};

const truthValue: Rule = (makers, depth) => makers.condition(depth);

const rulesOf: Readonly<Partial<Record<Kind, readonly Rule[]>>> = {
  integer: [arithmetic("integer"), arithmetic("integer"), size, absolute("integer"), toWhole],
  real: [arithmetic("real"), arithmetic("real"), absolute("real"), toReal],
  text: [toText, changed, piece, joined],
  boolean: [truthValue],
};
