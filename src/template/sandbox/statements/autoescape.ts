/** `{% autoescape false %}…{% endautoescape %}` */
import { storedNames } from "../../compiler/stored-names.ts";
import type { Autoescape } from "../../nodes.ts";
import { type Body, nested, read, type Signal } from "../body.ts";
import { holds, runStatements } from "../parts.ts";

export function runAutoescape({ enabled, body: statements }: Autoescape, body: Body): Signal {
  const escaping = enabled.type === "Literal" ? enabled.value === true : holds(enabled, body);
  const inner = nested(body, { escaping });
  for (const name of storedNames(statements)) inner.scope.declare(name, read(body, name));
  return runStatements(statements, inner);
}
