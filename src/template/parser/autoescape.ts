/** `{% autoescape enabled %}…{% endautoescape %}` */
import type { Autoescape } from "../nodes.ts";
import { parseWholeBody } from "./body.ts";
import { requireOperand } from "./operand.ts";
import type { Parsing } from "./parsing.ts";

export function parseAutoescape(parsing: Parsing, at: number): Autoescape {
  requireOperand(parsing, "`true` or `false`", "Write `autoescape true`.");
  const enabled = parsing.expression();
  return { type: "Autoescape", at, enabled, body: parseWholeBody(parsing, { name: "autoescape", at }) };
}
