/** The filters that the body of a `filter` or `set` block goes through. */
import type { Expression } from "../nodes.ts";
import type { Parsing } from "./parsing.ts";
import { parseFilter } from "./postfix.ts";

/** A chain of filters, each with `|` before it, or none. */
export function parseCapturedFilters(parsing: Parsing, at: number): Expression {
  parsing.height = 1;
  return parseFurther(parsing, { type: "Captured", at });
}

/** A chain of filters whose first has no `|` before it. */
export function parseFilterChain(parsing: Parsing, at: number): Expression {
  parsing.height = 1;
  if (!parsing.is("name")) throw parsing.unexpected("the name of a filter", "Write `filter upper`.");
  return parseFurther(parsing, parseFilter(parsing, { type: "Captured", at }));
}

function parseFurther(parsing: Parsing, input: Expression): Expression {
  let value = input;
  while (parsing.take("|")) value = parseFilter(parsing, value);
  return value;
}
