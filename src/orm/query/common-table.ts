/** Common table expressions: queries written once in WITH, and those that refer to themselves. */
import { checkIdentifier } from "../model/naming.ts";
import type { DerivedNode } from "./nodes.ts";
import type { Results } from "./results.ts";
import { named } from "./select-shapes.ts";
import { type Derived, derivedTable } from "./source.ts";
import { queryNode } from "./subquery.ts";

/** A query under a name in WITH. It is put there by itself wherever it is joined or read from. */
export function cte<Row>(name: string, query: Results<Row>): Derived<Row> {
  checkIdentifier(name);
  const { query: node, columns } = named(queryNode(query));
  const names = columns.map(({ alias }) => alias ?? "");
  return derivedTable<Row>(
    { kind: "derived", alias: name, query: node, common: true, recursion: undefined, columns: names },
    columns,
  );
}

/**
 * A query that goes on from its own rows: `base` gives the first, `step` gets the expression itself and gives the next,
 * until there are none. `all: false` drops rows that were there before, which ends cycles.
 */
export function recursive<Row>(
  name: string,
  base: Results<Row>,
  step: (self: Derived<Row>) => Results<Row>,
  options: { readonly all?: boolean } = {},
): Derived<Row> {
  checkIdentifier(name);
  const { query, columns } = named(queryNode(base));
  const self = derivedTable<Row>({ kind: "common-reference", alias: name }, columns);
  const recursion = { query: named(queryNode(step(self))).query, all: options.all ?? true };
  const names = columns.map(({ alias }) => alias ?? "");
  const node: DerivedNode = { kind: "derived", alias: name, query, common: true, recursion, columns: names };
  return derivedTable<Row>(node, columns);
}
