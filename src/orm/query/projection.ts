/** `select({ … })`: names and expressions, and the function that makes an object of each row. */
import { LimpidError } from "../../errors/index.ts";
import type { Decode } from "../dialects/dialect.ts";
import type { DriverRow } from "../driver/driver.ts";
import { Expression } from "./expression.ts";
import type { ProjectionNode } from "./nodes.ts";
import { isSubquery, type Subquery, scalarNode } from "./subquery.ts";

/** What a projection is made of: expressions, and queries that give one value. */
export type Selection = Readonly<Record<string, Expression<unknown> | Subquery<unknown>>>;

/** The row that a selection gives. */
export type Selected<S extends Selection> = {
  -readonly [Key in keyof S]: S[Key] extends Expression<infer Value>
    ? Value
    : S[Key] extends Subquery<infer Value>
      ? Value | null
      : never;
};

/** The columns of a selection, each under its name. Throws `LMP_ORM_QUERY_INVALID`. */
export function projected(selection: Selection): readonly ProjectionNode[] {
  const entries = Object.entries(selection ?? {});
  if (entries.length === 0) throw invalid("nothing", "select({ … }) needs at least one column.");
  return entries.map(([alias, expression]) => {
    if (alias === "__proto__" || alias === "")
      throw invalid(JSON.stringify(alias), "A column cannot be called so.");
    return { expression: selectedNode(alias, expression), alias };
  });
}

function selectedNode(alias: string, value: unknown): ProjectionNode["expression"] {
  if (value instanceof Expression) return value.node;
  if (isSubquery(value)) return scalarNode(value);
  throw invalid(typeof value, `What is selected as "${alias}" is no expression.`);
}

function invalid(found: string, message: string): LimpidError {
  return new LimpidError("LMP_ORM_QUERY_INVALID", message, {
    expected: "{ name: User.name, posts: count(Post.id) }",
    found,
    fix: "Select columns of models, calls such as count(), or sql`…`.",
  });
}

type MakeRow = (row: DriverRow, decoders: readonly (Decode | undefined)[]) => object;

const makers = new Map<string, MakeRow>();
const MAX_MAKERS = 1000;

/** A function that makes an object with these names of a row: written as code once, so that all rows have one shape. */
export function rowMaker(names: readonly string[]): MakeRow {
  const key = JSON.stringify(names);
  let maker = makers.get(key);
  if (maker === undefined) {
    if (makers.size >= MAX_MAKERS) makers.clear();
    maker = compileMaker(names);
    makers.set(key, maker);
  }
  return maker;
}

function compileMaker(names: readonly string[]): MakeRow {
  const values = names.map((_, index) => {
    const read = `row[${index}]`;
    return `decoders[${index}] === undefined || ${read} === null ? ${read} : decoders[${index}](${read})`;
  });
  // The names are JSON strings here, and none is `__proto__`: nothing of them can be code.
  const properties = names.map((name, index) => `${JSON.stringify(name)}: ${values[index]}`);
  return new Function("row", "decoders", `"use strict"; return { ${properties.join(", ")} };`) as MakeRow;
}
