/** `{% print expression, expression %}`, which prints as `{{ }}` does. */
import type { Output } from "../nodes.ts";
import type { Parsing } from "./parsing.ts";

export function parsePrint(parsing: Parsing, at: number): Output[] {
  const outputs: Output[] = [];
  do outputs.push({ type: "Output", at, expression: parsing.expression() });
  while (parsing.take(","));
  parsing.expectTagEnd();
  return outputs;
}
