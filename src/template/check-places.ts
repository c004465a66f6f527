/** Checks what a template uses by name in the places where it does: its blocks, and the includes and macros it names. */
import { type HtmlContext, textContext } from "./escaper.ts";
import type { Expression, Macro, Node } from "./nodes.ts";
import type { CompiledTemplate } from "./runtime/compiled-template.ts";
import type { Unit } from "./runtime/unit.ts";

/** Finds a template by the name that another one writes; undefined where there is none. */
export type FindTemplate = (name: string, from: string) => CompiledTemplate | undefined;

/**
 * Throws `LMP_TEMPLATE_CONTEXT_UNSAFE` for the first thing that does not fit its place. What is named by a variable
 * is checked when it is used.
 */
export function checkPlaces(template: CompiledTemplate, find: FindTemplate): void {
  for (const [name, { unit }] of template.blocks) unit.table(template.places.get(name) ?? textContext);
  const macros = macrosOf(template, find);
  for (const unit of new Set([template.root, ...template.units.values()])) {
    for (const [node, { context }] of unit.placements?.of ?? []) {
      usedUnit(node, template, macros, find)?.table(context as HtmlContext);
    }
  }
}

/** What stands at a node, if that can be told. */
function usedUnit(
  node: Node,
  { source }: CompiledTemplate,
  macros: ReadonlyMap<string, Unit>,
  find: FindTemplate,
): Unit | undefined {
  if (node.type === "Include" && node.template.type === "Literal") {
    const { value } = node.template;
    return typeof value === "string" ? find(value, source.name)?.root : undefined;
  }
  if (node.type === "CallBlock") return macros.get(called(node.call.callee));
  if (node.type === "Output" && node.expression.type === "Call")
    return macros.get(called(node.expression.callee));
  return undefined;
}

/** `field`, or `forms.field` of an import. */
function called(callee: Expression): string {
  if (callee.type === "Name") return callee.name;
  return callee.type === "Attribute" && callee.object.type === "Name"
    ? `${callee.object.name}.${callee.name}`
    : "";
}

/** The macros that the top level of a template defines and imports, as it calls them. */
function macrosOf(template: CompiledTemplate, find: FindTemplate): Map<string, Unit> {
  const macros = ownMacros(template);
  for (const node of template.tree.body) {
    if (node.type !== "Import" && node.type !== "FromImport") continue;
    const { value } = node.template.type === "Literal" ? node.template : { value: undefined };
    const module = typeof value === "string" ? find(value, template.source.name) : undefined;
    if (module === undefined) continue;
    for (const [name, unit] of ownMacros(module)) {
      if (node.type === "Import") macros.set(`${node.target}.${name}`, unit);
      else for (const imported of node.names) if (imported.name === name) macros.set(imported.alias, unit);
    }
  }
  return macros;
}

function ownMacros({ tree, units }: CompiledTemplate): Map<string, Unit> {
  const macros = tree.body.filter((node): node is Macro => node.type === "Macro");
  const known = new Map<string, Unit>();
  for (const macro of macros) {
    const unit = units.get(macro);
    if (unit !== undefined) known.set(macro.name, unit);
  }
  return known;
}
