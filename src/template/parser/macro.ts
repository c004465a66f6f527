/** `{% macro name(parameter, other=default) %}…{% endmacro %}` */
import type { Macro } from "../nodes.ts";
import { parseSeparateBody } from "./body.ts";
import { parseParameters } from "./parameters.ts";
import type { Parsing } from "./parsing.ts";
import { parseBoundName } from "./targets.ts";

export function parseMacro(parsing: Parsing, at: number): Macro {
  const name = parseBoundName(parsing, "the name of the macro", "Write `macro name(parameter)`.");
  const parameters = parseParameters(parsing);
  return { type: "Macro", at, name, parameters, body: parseSeparateBody(parsing, { name: "macro", at }) };
}
