/** `{% do expression %}` */
import type { Do } from "../../nodes.ts";
import type { Body } from "../body.ts";
import { evaluate } from "../parts.ts";

export function runDo({ expression }: Do, body: Body): undefined {
  evaluate(expression, body);
}
