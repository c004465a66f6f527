/** `{% do expression %}` */
import type { Do } from "../nodes.ts";
import { parseExpressions } from "./expressions.ts";
import type { Parsing } from "./parsing.ts";

export function parseDo(parsing: Parsing, at: number): Do {
  const expression = parseExpressions(parsing);
  parsing.expectTagEnd();
  return { type: "Do", at, expression };
}
