/** `{% call(parameter) macro(argument) %}…{% endcall %}` */
import type { CallBlock } from "../nodes.ts";
import { parseSeparateBody } from "./body.ts";
import { parseParameters } from "./parameters.ts";
import type { Parsing } from "./parsing.ts";

export function parseCallBlock(parsing: Parsing, at: number): CallBlock {
  const parameters = parsing.is("(") ? parseParameters(parsing) : [];
  const callAt = parsing.current.at;
  const call = parsing.expression();
  if (call.type !== "Call") {
    throw parsing.error(callAt, "`call` needs the call of a macro.", {
      expected: "a call such as `dialog()`",
      found: parsing.source.text.slice(callAt, parsing.previous.end),
      fix: "Write `call name()`, with brackets behind the name.",
    });
  }
  return { type: "CallBlock", at, call, parameters, body: parseSeparateBody(parsing, { name: "call", at }) };
}
