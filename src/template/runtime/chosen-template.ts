/** Which template `extends`, `include` and `import` mean: by name, the first of a list that is there, or one given. */
import { TemplateError } from "../template-error.ts";
import { kindOf } from "../values/kind.ts";
import { compiledOf } from "./compiled-of.ts";
import type { CompiledTemplate } from "./compiled-template.ts";
import type { TemplateHost } from "./renderer.ts";

/** An object that stands for a template: what `Template` is. */
interface Given {
  readonly [compiledOf]: CompiledTemplate;
}

export function chosenTemplate(target: unknown, from: string, host: TemplateHost): CompiledTemplate;
export function chosenTemplate(
  target: unknown,
  from: string,
  host: TemplateHost,
  ignoreMissing: boolean,
): CompiledTemplate | undefined;
export function chosenTemplate(
  target: unknown,
  from: string,
  host: TemplateHost,
  ignoreMissing = false,
): CompiledTemplate | undefined {
  if (typeof target === "string")
    return ignoreMissing ? host.find(target, from) : host.compiled(target, from);
  if (isGiven(target)) return target[compiledOf];
  if (Array.isArray(target)) return firstOf(target, from, host, ignoreMissing);
  throw new TemplateError("LMP_TEMPLATE_VALUE_INVALID", "This is not the name of a template.", {
    expected: "a name, a list of names or a Template",
    found: kindOf(target),
    fix: "Check the variable that names the template.",
  });
}

function firstOf(
  targets: readonly unknown[],
  from: string,
  host: TemplateHost,
  ignoreMissing: boolean,
): CompiledTemplate | undefined {
  for (const target of targets) {
    const template = chosenTemplate(target, from, host, true);
    if (template !== undefined) return template;
  }
  if (ignoreMissing) return undefined;
  throw new TemplateError("LMP_TEMPLATE_NOT_FOUND", "None of these templates is there.", {
    expected: "one of the names of the list",
    found: targets.map((target) => `\`${String(target)}\``).join(", ") || "an empty list",
    fix: "Check the names, or add `ignore missing`.",
  });
}

function isGiven(value: unknown): value is Given {
  return typeof value === "object" && value !== null && compiledOf in value;
}
