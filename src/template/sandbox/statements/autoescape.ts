/** `{% autoescape false %}…{% endautoescape %}` */
import type { Autoescape } from "../../nodes.ts";
import type { Body, Signal } from "../body.ts";
import { holds, runStatements } from "../parts.ts";

export function runAutoescape({ enabled, body: statements }: Autoescape, body: Body): Signal {
  const escaping = enabled.type === "Literal" ? enabled.value === true : holds(enabled, body);
  return runStatements(statements, { ...body, escaping });
}
