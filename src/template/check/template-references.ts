/** Which templates an `include`, `import` or `extends` names, where that can be told before it runs. */
import { resolvedName } from "../loaders.ts";
import type * as node from "../nodes.ts";
import { remedy } from "../unknown-name.ts";
import { boundNames } from "./bound-names.ts";
import type { CheckedTemplate, Translation } from "./translation.ts";

/** A name of a template as it is written. */
export interface Reference {
  readonly name: string;
  readonly at: number;
}

/** The names that an expression may come to; undefined where some of them are computed. */
export function referencesOf(template: node.Expression, from: string): Reference[] | undefined {
  switch (template.type) {
    case "Literal":
      return typeof template.value === "string"
        ? [{ name: resolved(template.value, from), at: template.at }]
        : undefined;
    case "Conditional": {
      const then = referencesOf(template.then, from);
      const otherwise = template.otherwise === undefined ? [] : referencesOf(template.otherwise, from);
      return then === undefined || otherwise === undefined ? undefined : [...then, ...otherwise];
    }
    default:
      return undefined;
  }
}

/** A name that leads out of the templates stays as it is, and is missing. */
function resolved(name: string, from: string): string {
  try {
    return resolvedName(name, from);
  } catch {
    return name;
  }
}

/**
 * The templates that are there. One that is missing is reported, unless it may be missing; of a list the first that
 * is there is taken.
 */
export function referred(
  template: node.Expression,
  to: Translation,
  mayBeMissing = false,
): CheckedTemplate[] {
  if (template.type === "List") return firstOf(template, to, mayBeMissing);
  const found: CheckedTemplate[] = [];
  for (const { name, at } of referencesOf(template, to.template.source.name) ?? []) {
    const one = to.templates.get(name);
    if (one !== undefined) found.push(one);
    else if (!mayBeMissing && !to.unread.has(name)) reportMissing(name, at, to);
  }
  return found;
}

function firstOf(list: node.List, to: Translation, mayBeMissing: boolean): CheckedTemplate[] {
  for (const item of list.items) {
    const names = referencesOf(item, to.template.source.name);
    if (names === undefined || names.some(({ name }) => to.unread.has(name))) return [];
    const found = names.map(({ name }) => to.templates.get(name)).filter((one) => one !== undefined);
    if (found.length > 0) return found;
  }
  const last = list.items.at(-1);
  const name = last === undefined ? undefined : referencesOf(last, to.template.source.name)?.[0]?.name;
  if (name !== undefined && !mayBeMissing) reportMissing(name, list.at, to);
  return [];
}

function reportMissing(name: string, at: number, { templates, report }: Translation): void {
  report(at, {
    code: "LMP_TEMPLATE_NOT_FOUND",
    message: `There is no template \`${name}\`.`,
    fix: remedy(name, templates.keys(), "Check the name; it begins at the folder of the templates."),
  });
}

/** What an import of a template gives, with the macros among it; undefined where it cannot be told. */
export function macrosOf(
  template: node.Expression,
  { template: { source }, templates }: Translation,
): ReadonlyMap<string, node.Macro | undefined> | undefined {
  const names = referencesOf(template, source.name);
  const [only] = names ?? [];
  const imported = only === undefined || names?.length !== 1 ? undefined : templates.get(only.name);
  if (imported === undefined) return undefined;
  const exported = [...boundNames(imported.tree.body)].filter(([name]) => !name.startsWith("_"));
  return new Map(
    exported.map(([name, statement]) => [name, statement.type === "Macro" ? statement : undefined]),
  );
}

/** The layout of a template, and its own, up to the outermost; what is computed ends the list. */
export function layoutsOf(
  template: CheckedTemplate,
  templates: ReadonlyMap<string, CheckedTemplate>,
): CheckedTemplate[] {
  const layouts: CheckedTemplate[] = [];
  for (let current = template; ; ) {
    const extending = current.tree.body.find((statement) => statement.type === "Extends");
    const name =
      extending === undefined ? undefined : referencesOf(extending.template, current.source.name)?.[0]?.name;
    const next = name === undefined ? undefined : templates.get(name);
    if (next === undefined || next === template || layouts.includes(next)) return layouts;
    layouts.push(next);
    current = next;
  }
}
