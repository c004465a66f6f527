/** What the body of a `set`, `filter` or extension block writes, as a value. */
import type { AssignBlock, Expression, FilterBlock, Tag } from "../nodes.ts";
import { type Body, nested, write } from "./body.ts";
import { escapingCode } from "./escaping-code.ts";
import { compileExpression, compileStatements } from "./parts.ts";
import { storedNames } from "./stored-names.ts";

/** Runs the body and gives the variable with the value: its markup, passed through the filters of `value`. */
export function compileCaptured(
  node: AssignBlock | FilterBlock | Tag,
  value: Expression,
  body: Body,
): string {
  const { script, scope } = body;
  const unit = script.units.get(node) ?? body.unit;
  const out = scope.names.variable("out");
  const result = scope.names.temporary();
  write(body, "{", node);
  write(body, script.async ? `const ${out} = R.sink();` : `let ${out} = "";`, node);
  const inner = nested(body, { out, unit, silent: false, role: body.role === "root" ? "inner" : body.role });
  // A unit of its own stands in element text, whatever the place of what is around it.
  if (unit !== body.unit)
    write(body, `const T = ${script.constants.unit(unit)}.table(${textPlace(body)});`, node);
  for (const name of storedNames(node.body ?? [])) {
    const before = scope.read(name);
    write(inner, `let ${inner.scope.declare(name)} = ${before};`, node);
  }
  compileStatements(node.body ?? [], inner);
  const text = script.async ? `${out}.text` : out;
  const captured = `R.captured(${text}, ${escapingCode(body)}, rt)`;
  write(body, `${result} = ${captured};`, node);
  write(body, "}", node);
  write(body, `${result} = ${compileExpression(value, { ...body, captured: result })};`, node);
  return result;
}

function textPlace({ script }: Body): string {
  return script.constants.text();
}
