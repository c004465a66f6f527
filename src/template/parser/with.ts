/** `{% with name = value, other = value %}…{% endwith %}` */
import type { Binding, With } from "../nodes.ts";
import { parseWholeBody } from "./body.ts";
import type { Parsing } from "./parsing.ts";
import { parseTarget } from "./targets.ts";

export function parseWith(parsing: Parsing, at: number): With {
  const bindings: Binding[] = [];
  while (!parsing.is("block end") && !parsing.is(":")) {
    if (bindings.length > 0) parsing.expect(",", `\`,\` or ${parsing.tagEnd}`);
    const target = parseTarget(parsing, false);
    parsing.expect("=", "`=`", "Write `with name = value`.");
    bindings.push({ target, value: parsing.expression() });
  }
  return { type: "With", at, bindings, body: parseWholeBody(parsing, { name: "with", at }) };
}
