/** `{% if %}`, `{% elif %}`, `{% else %}` */
import type { If } from "../../nodes.ts";
import { type Body, write } from "../body.ts";
import { compileCondition, compileStatements } from "../parts.ts";

export function compileIf({ branches, otherwise, at }: If, body: Body): void {
  const inner: Body = { ...body, conditional: true };
  for (const [index, { test, body: statements, at: start }] of branches.entries()) {
    write(
      body,
      `${index === 0 ? "" : "} else "}if (${compileCondition(test, index === 0 ? body : inner)}) {`,
      { at: start },
    );
    compileStatements(statements, inner);
  }
  if (otherwise !== undefined) {
    write(body, "} else {", { at });
    compileStatements(otherwise, inner);
  }
  write(body, "}", { at });
}
