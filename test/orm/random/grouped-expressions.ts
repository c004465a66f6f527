/** Aggregates over the rows of a group, and functions over windows of rows. */
import {
  avg,
  type Call,
  count,
  denseRank,
  type Expression,
  firstValue,
  lag,
  lastValue,
  lead,
  max,
  min,
  rank,
  rowNumber,
  sum,
  type Window,
} from "limpid/orm";
import { asCondition, asNumber, type Env, type Made, made } from "./made.ts";
import { compareRows, type Term } from "./order.ts";
import { compared, isSame, type Kind, type Scalar } from "./scalar.ts";
import type { Makers } from "./value-expressions.ts";

const ordered: readonly Kind[] = [
  "integer",
  "real",
  "text",
  "bigint",
  "decimal",
  "amount",
  "moment",
  "day",
  "time",
];

/** What an aggregate makes of the values that are not null. */
type Fold = (values: readonly NonNullable<Scalar>[], kind: Kind) => Scalar;

const summed: Fold = (values, kind) => {
  if (values.length === 0) return null;
  const numbers = values.map(Number);
  const result = numbers.reduce((one, other) => one + other, 0);
  return kind === "decimal" || kind === "amount" ? (Math.round(result * 100) / 100).toFixed(2) : result;
};

const mean: Fold = (values) =>
  values.length === 0 ? null : values.map(Number).reduce((one, other) => one + other, 0) / values.length;

function extreme(sign: 1 | -1): Fold {
  return (values, kind) =>
    values.reduce<Scalar>(
      (best, value) => (best === null || compared(kind, value, best) * sign < 0 ? value : best),
      null,
    );
}

function distinctValues(values: readonly NonNullable<Scalar>[], kind: Kind): NonNullable<Scalar>[] {
  return values.filter((value, index) => values.findIndex((other) => isSame(kind, value, other)) === index);
}

interface Aggregate {
  readonly kind: Kind;
  readonly operand: Made;
  readonly call: Call<unknown>;
  readonly fold: Fold;
}

function someAggregate(makers: Makers, depth: number): Aggregate {
  const { shape } = makers.draw;
  const kindsIn = (kinds: readonly Kind[]): Kind[] => [
    ...new Set(makers.scope.map(({ kind }) => kind).filter((kind) => kinds.includes(kind))),
  ];
  const which = shape.below(5);
  if (which === 0) {
    const operand = makers.value(shape.pick(makers.scope).kind, depth);
    return { kind: "integer", operand, call: count(operand.expression), fold: (values) => values.length };
  }
  if (which <= 2) {
    const kinds = kindsIn(["integer", "real", "decimal", "amount"]);
    const operand = makers.value(kinds.length === 0 ? "integer" : shape.pick(kinds), depth);
    const kind = operand.kind === "decimal" ? "amount" : operand.kind;
    if (which === 1) return { kind, operand, call: sum(operand.expression), fold: summed };
    return { kind: "real", operand, call: avg(operand.expression), fold: mean };
  }
  const kinds = kindsIn(ordered);
  const operand = makers.value(kinds.length === 0 ? "integer" : shape.pick(kinds), depth);
  const kind = operand.kind === "decimal" ? "amount" : operand.kind;
  if (which === 3) return { kind, operand, call: max(operand.expression), fold: extreme(-1) };
  return { kind, operand, call: min(operand.expression), fold: extreme(1) };
}

/** An aggregate of the rows of `env.group`. */
export function aggregate(makers: Makers, depth: number): Made {
  const { shape } = makers.draw;
  const only = shape.oneIn(4) ? makers.condition(depth) : undefined;
  const kept = (env: Env): readonly Env[] =>
    (env.group ?? []).filter((one) => only === undefined || only.of(one) === true);
  if (shape.oneIn(5)) {
    const call = only === undefined ? count() : count().filter(asCondition(only.expression));
    return made("integer", call, (env) => kept(env).length, { most: 1e4 });
  }
  const { call, fold, kind, operand } = someAggregate(makers, depth);
  const isDistinct = shape.oneIn(4);
  const once = isDistinct ? call.distinct() : call;
  const expression = only === undefined ? once : once.filter(asCondition(only.expression));
  const of = (env: Env): Scalar => {
    const values = kept(env).flatMap((one) => operand.of(one) ?? []);
    return fold(isDistinct ? distinctValues(values, operand.kind) : values, operand.kind);
  };
  return made(kind, expression, of, { most: Math.max(operand.most * 100, 1e4), wide: operand.wide });
}

/** The rows of an env's partition in the order of the window, and where the env stands among them. */
interface Place {
  readonly rows: readonly Env[];
  readonly at: number;
}

function placeOf(env: Env, partition: Made | undefined, terms: readonly Term[]): Place {
  const rows = (env.all ?? []).filter(
    (other) => partition === undefined || isSame(partition.kind, partition.of(env), partition.of(other)),
  );
  const sorted = rows.toSorted((one, other) => compareRows(terms, one, other));
  return { rows: sorted, at: sorted.findIndex((one) => one.rows === env.rows) };
}

interface WindowFunction {
  readonly kind: Kind;
  readonly call: Call<unknown>;
  readonly most: number;
  readonly wide: boolean;
  /** Whether it looks at a frame that may be stated. */
  readonly framed: boolean;
  /** Whether rows may be equal by the order. */
  readonly ties: boolean;
  of(place: Place, frame: readonly Env[], terms: readonly Term[]): Scalar;
}

const counter = { kind: "integer", most: 1e4, wide: false, framed: false, ties: true } as const;

/** How many rows, or groups of equal rows, come before. */
function ranked({ at, rows }: Place, terms: readonly Term[], isDense: boolean): number {
  const row = rows[at] as Env;
  const before = rows.filter((other) => compareRows(terms, other, row) < 0);
  if (!isDense) return before.length + 1;
  const groups = before.filter(
    (one, index) => index === 0 || compareRows(terms, before[index - 1] as Env, one) !== 0,
  );
  return groups.length + 1;
}

function someWindowFunction(makers: Makers, depth: number): WindowFunction {
  const { shape, value } = makers.draw;
  const which = shape.below(8);
  if (which === 0) return { ...counter, ties: false, call: rowNumber(), of: ({ at }) => at + 1 };
  if (which === 1) return { ...counter, call: rank(), of: (place, _, terms) => ranked(place, terms, false) };
  if (which === 2)
    return { ...counter, call: denseRank(), of: (place, _, terms) => ranked(place, terms, true) };
  const operand = makers.value(which === 7 ? "integer" : shape.pick(makers.scope).kind, depth);
  const { expression, kind, most, wide } = operand;
  const read = (env: Env | undefined): Scalar => (env === undefined ? null : operand.of(env));
  const same = { kind, most, wide, ties: false };
  if (which <= 4) {
    const rows = value.between(1, 2);
    const call = which === 3 ? lag(expression, rows) : lead(expression, rows);
    const step = which === 3 ? -rows : rows;
    return { ...same, framed: false, call, of: (place) => read(place.rows[place.at + step]) };
  }
  const framed = true;
  if (which === 5) return { ...same, framed, call: firstValue(expression), of: (_, frame) => read(frame[0]) };
  if (which === 6)
    return { ...same, framed, call: lastValue(expression), of: (_, frame) => read(frame.at(-1)) };
  const of = (_: Place, frame: readonly Env[]): Scalar =>
    summed(
      frame.flatMap((env) => operand.of(env) ?? []),
      kind,
    );
  return { ...same, most: most * 100, framed, call: sum(asNumber(expression)), of };
}

/** A function over a window of the query's rows, which are in a total order. */
export function windowed(makers: Makers, total: readonly Term[], depth: number): Made {
  const { shape } = makers.draw;
  const partition = shape.oneIn(2) ? makers.value(shape.pick(makers.scope).kind, depth) : undefined;
  const one = someWindowFunction(makers, depth);
  const terms = one.ties ? total.slice(0, 1) : total;
  const frame = one.framed && shape.oneIn(2) ? someFrame(makers) : undefined;
  const window: Window = {
    orderBy: terms.map(({ order }) => order),
    ...(partition === undefined ? undefined : { partitionBy: partition.expression }),
    ...(frame === undefined ? undefined : { frame: { unit: "rows", ...frame } }),
  };
  const of = (env: Env): Scalar => {
    const place = placeOf(env, partition, terms);
    return one.of(place, framedRows(place, frame), terms);
  };
  const expression: Expression<unknown> = one.call.over(window);
  return made(one.kind, expression, of, one);
}

interface Frame {
  readonly from: number | "unbounded";
  readonly to: number | "unbounded";
}

function someFrame({ draw: { shape } }: Makers): Frame {
  const from = shape.pick([-2, -1, 0, "unbounded"] as const);
  return { from, to: shape.pick([0, 1, 2, "unbounded"] as const) };
}

/** Without a frame: from the first row to this one, the order being total. */
function framedRows({ at, rows }: Place, frame: Frame | undefined): readonly Env[] {
  const { from, to } = frame ?? { from: "unbounded", to: 0 };
  const first = from === "unbounded" ? 0 : Math.max(0, at + from);
  return rows.slice(first, to === "unbounded" ? rows.length : at + to + 1);
}
