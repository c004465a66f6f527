/** Which template a tag of the sandbox names: a text or a list of texts, since only its own loader finds templates. */
import type { Expression } from "../nodes.ts";
import { compiledOf } from "../runtime/compiled-of.ts";
import { TemplateError } from "../template-error.ts";
import type { Body } from "./body.ts";
import { evaluate } from "./parts.ts";

export function templateName(node: Expression, body: Body): unknown {
  const target = evaluate(node, body);
  for (const name of Array.isArray(target) ? target : [target]) if (isTemplate(name)) throw refusedTemplate();
  if (Array.isArray(target)) body.running.rt.budget.charge(target.length);
  return target;
}

function isTemplate(value: unknown): boolean {
  return Array.isArray(value) || (typeof value === "object" && value !== null && compiledOf in value);
}

function refusedTemplate(): TemplateError {
  return new TemplateError("LMP_TEMPLATE_SANDBOX", "A template in the sandbox can only name others.", {
    expected: "a name or a list of names",
    found: "a template",
    fix: "Give the template to the loader of the sandbox, and its name to this one.",
  });
}
