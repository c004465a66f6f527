/** What random queries read from: tables under a name, and queries as tables; and the rows that joins make of them. */
import { alias, type Condition, type Derived } from "limpid/orm";
import { type Env, type Made, made } from "./made.ts";
import type { Scalar } from "./scalar.ts";
import {
  type Columns,
  columnKinds,
  Piece,
  paths,
  type Row,
  type Rows,
  Thing,
  textAt,
  wideColumns,
} from "./things.ts";

export interface Source {
  readonly name: string;
  /** A model, its alias, or a derived table. */
  readonly value: object;
  readonly columns: readonly Made[];
  /** What tells its rows apart, so that an order is total. */
  readonly keys: readonly Made[];
  /** Whether no two rows are equal in the keys. */
  readonly unique: boolean;
  readonly rows: readonly Row[];
}

/** One of the two tables under a name. */
export function tableSource(table: "things" | "pieces", name: string, rows: Rows): Source {
  const model = table === "things" ? Thing : Piece;
  const aliased = alias(model, name);
  const columns = Object.entries(aliased as unknown as Columns).flatMap(([column, expression]) => {
    const kind = columnKinds[column];
    if (kind === undefined) return [];
    const most = kind === "integer" || kind === "real" ? 100 : 20;
    return [made(kind, expression, reader(name, column), { most, wide: wideColumns.has(column) })];
  });
  const texts = model === Thing ? paths.map((path) => jsonText(aliased as never, name, path)) : [];
  const keys = columns.slice(0, 1);
  return { name, value: aliased, columns: [...columns, ...texts], keys, unique: true, rows: rows[table] };
}

/** The text at a path of a thing's JSON. */
function jsonText({ data }: typeof Thing, name: string, path: readonly (string | number)[]): Made {
  return made("text", data.at(...path), (env) => textAt(env.rows[name], path), { most: 20 });
}

/** A query under a name, or a common table expression. */
export function derivedSource(
  name: string,
  derived: Derived<Record<string, unknown>>,
  items: readonly Made[],
  rows: readonly Row[],
): Source {
  const columns = items.map(({ kind, most, wide }, index) => {
    const column = `c${index}`;
    const expression = derived[column];
    if (expression === undefined) throw new Error(`The derived table has no ${column}.`);
    return made(kind, expression, reader(name, column), { most, wide });
  });
  return { name, value: derived, columns, keys: columns, unique: false, rows };
}

function reader(name: string, column: string): (env: Env) => Scalar {
  return (env) => env.rows[name]?.[column] ?? null;
}

export type JoinKind = "join" | "leftJoin" | "rightJoin" | "crossJoin";

export interface Join {
  readonly kind: JoinKind;
  readonly source: Source;
  /** Of a cross join `undefined`. */
  readonly on: Made | undefined;
}

/** What both kinds of queries can be joined with. */
export interface Joinable<Self> {
  join(source: object, on?: Condition): Self;
  leftJoin(source: object, on?: Condition): Self;
  rightJoin(source: object, on?: Condition): Self;
  crossJoin(source: object): Self;
}

/** The rows of a source alone, beside what an outer query gives. */
export function envsOf({ name, rows }: Source, outer: Env): Env[] {
  return rows.map((row) => ({ rows: { ...outer.rows, [name]: row } }));
}

/** The rows that a join makes. */
export function joined(envs: readonly Env[], { kind, on, source }: Join, outer: Env): Env[] {
  const { name, rows } = source;
  const found: Env[] = [];
  const met = new Set<Row>();
  for (const env of envs) {
    const matches = rows.filter((row) => {
      const both: Env = { rows: { ...env.rows, [name]: row } };
      return on === undefined || on.of(both) === true;
    });
    for (const row of matches) met.add(row);
    found.push(...matches.map((row) => ({ rows: { ...env.rows, [name]: row } })));
    if (kind === "leftJoin" && matches.length === 0) found.push({ rows: { ...env.rows, [name]: undefined } });
  }
  if (kind !== "rightJoin") return found;
  const lone = rows.filter((row) => !met.has(row));
  const nothing = Object.fromEntries(Object.keys(envs[0]?.rows ?? {}).map((key) => [key, undefined]));
  return [...found, ...lone.map((row) => ({ rows: { ...nothing, ...outer.rows, [name]: row } }))];
}
