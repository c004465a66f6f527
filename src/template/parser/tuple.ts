/** Expressions with commas between them. */
import type { Expression } from "../nodes.ts";
import type { Parsing } from "./parsing.ts";

export interface TupleRules {
  /** Where the tuple begins. */
  readonly at: number;
  item(): Expression;
  /** Whether there may be nothing at all. */
  readonly empty?: boolean;
  /** A word that ends the tuple, as `recursive` does. */
  readonly end?: string;
}

/** One expression, or a tuple of those with commas between them, one at the end included. */
export function parseTuple(parsing: Parsing, rules: TupleRules): Expression {
  const { at, item, empty = false, end } = rules;
  const items: Expression[] = [];
  let height = 0;
  for (;;) {
    if (items.length > 0 && !parsing.take(",")) break;
    if ((items.length > 0 || empty) && endsHere(parsing, end)) break;
    items.push(item());
    height = Math.max(height, parsing.height);
    if (items.length === 1 && !parsing.is(",")) return items[0]!;
  }
  parsing.height = height;
  parsing.grow(at);
  return { type: "List", at, items, tuple: true };
}

function endsHere({ current }: Parsing, end: string | undefined): boolean {
  const { type } = current;
  if (type === "name") return end !== undefined && current.value === end;
  return type === ")" || type === "block end" || type === "variable end" || type === ":";
}
