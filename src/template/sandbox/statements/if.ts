/** `{% if %}`, `{% elif %}`, `{% else %}` */
import type { If } from "../../nodes.ts";
import type { Body, Signal } from "../body.ts";
import { holds, runStatements } from "../parts.ts";

export function runIf({ branches, otherwise }: If, body: Body): Signal {
  const inner = body.conditional ? body : { ...body, conditional: true };
  for (const { test, body: statements } of branches) {
    if (holds(test, body)) return runStatements(statements, inner);
  }
  return otherwise === undefined ? undefined : runStatements(otherwise, inner);
}
