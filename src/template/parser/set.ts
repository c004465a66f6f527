/** `{% set target = value %}`, and `{% set target | filter %}…{% endset %}` */
import type { Assign, AssignBlock } from "../nodes.ts";
import { parseWholeBody } from "./body.ts";
import { parseCapturedFilters } from "./captured.ts";
import { parseExpressions } from "./expressions.ts";
import type { Parsing } from "./parsing.ts";
import { parseTarget } from "./targets.ts";

export function parseSet(parsing: Parsing, at: number): Assign | AssignBlock {
  const target = parseTarget(parsing, true);
  if (parsing.take("=")) {
    const value = parseExpressions(parsing);
    parsing.expectTagEnd();
    return { type: "Assign", at, target, value };
  }
  if (!parsing.is("block end") && !parsing.is("|") && !isColonAtEnd(parsing)) throw missingAssign(parsing);
  if (target.type === "TupleTarget") {
    throw parsing.unexpected("`=`", "Give each name a `set` block of its own.");
  }
  const value = parseCapturedFilters(parsing, at);
  const body = parseWholeBody(parsing, { name: "set", at });
  return { type: "AssignBlock", at, target, value, body };
}

/** Jinja lets a colon end the tag; `set x: 1` is another slip. */
function isColonAtEnd(parsing: Parsing): boolean {
  return parsing.is(":") && parsing.look().type === "block end";
}

function missingAssign(parsing: Parsing): Error {
  if (parsing.is("[") || parsing.is(".")) {
    return parsing.unexpected("`=`", "`set` binds names, and attributes of a `namespace()`, but no items.");
  }
  return parsing.unexpected("`=`", "Write `set name = value`.");
}
