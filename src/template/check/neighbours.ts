/** Writes what templates owe one another: the props of what they include, import and extend. */
import type * as node from "../nodes.ts";
import { remedy } from "../unknown-name.ts";
import type { Scope } from "./scope.ts";
import { layoutsOf, macrosOf, referencesOf, referred } from "./template-references.ts";
import type { CheckedTemplate, Translation } from "./translation.ts";

export function writeInclude(include: node.Include, scope: Scope, to: Translation): void {
  if (
    referencesOf(include.template, to.template.source.name) === undefined &&
    include.template.type !== "List"
  ) {
    writeAlone(include.template, scope, to);
  }
  for (const included of referred(include.template, to, include.ignoreMissing)) {
    writeNeeds(included, include.at, include.withContext ? scope : undefined, "include", to);
  }
}

/** Names that the imported template does not have are told here; attributes of a whole import by their type. */
export function writeImport(statement: node.Import | node.FromImport, scope: Scope, to: Translation): void {
  if (referencesOf(statement.template, to.template.source.name) === undefined)
    writeAlone(statement.template, scope, to);
  const [imported] = referred(statement.template, to);
  if (imported === undefined) return;
  writeNeeds(imported, statement.at, statement.withContext ? scope : undefined, "import", to);
  if (statement.type === "Import") return;
  const exported = macrosOf(statement.template, to);
  for (const { name, at } of statement.names) {
    if (exported === undefined || exported.has(name)) continue;
    to.report(at, {
      code: "LMP_TEMPLATE_UNDEFINED",
      message: `\`${imported.source.name}\` has no macro or variable \`${name}\`.`,
      fix: remedy(name, exported.keys(), `Define it there: {% macro ${name}() %}.`),
    });
  }
}

/** At the end of a template, when everything that it sets is set. */
export function writeExtends(body: readonly node.Node[], scope: Scope, to: Translation): void {
  const layout = layoutsOf(to.template, to.templates).find(({ declaration }) => declaration !== undefined);
  for (const statement of body) {
    if (statement.type !== "Extends") continue;
    referred(statement.template, to);
    if (layout !== undefined) writeNeeds(layout, statement.at, scope, "extend", to);
  }
}

const without = { include: "without context", import: "without context", extend: "" };

/** Compares what is in scope with the props of another template; without a scope there is nothing but globals. */
function writeNeeds(
  needed: CheckedTemplate,
  at: number,
  scope: Scope | undefined,
  how: "include" | "import" | "extend",
  to: Translation,
): void {
  const { declaration, source } = needed;
  if (declaration === undefined || to.template.declaration === undefined) return;
  for (const { name, optional } of declaration.members) {
    const value = scope === undefined ? globalOf(name, to) : scope.resolve(name);
    if (value === undefined) {
      if (!optional) reportNeed(name, source.name, at, scope === undefined ? without[how] : "", to);
      continue;
    }
    const type = `${to.propsOf(source.name)}[${JSON.stringify(name)}]`;
    to.writer.mapped(at, () => to.writer.write(`$need<${type}>(${value});\n`), {
      kind: "prop",
      name,
      template: source.name,
    });
  }
}

function globalOf(name: string, { known }: Translation): string | undefined {
  return known.globals.has(name) ? "$any" : undefined;
}

function reportNeed(name: string, template: string, at: number, circumstance: string, to: Translation): void {
  to.report(at, {
    code: "LMP_TEMPLATE_UNDEFINED",
    message:
      circumstance === ""
        ? `\`${template}\` needs \`${name}\`, which is not defined here.`
        : `\`${template}\` needs \`${name}\`, and it is used ${circumstance}.`,
    fix:
      circumstance === ""
        ? `Set it, declare it in the props comment, or make it optional in \`${template}\`: \`${name}?\`.`
        : "Write `with context` behind it.",
  });
}

function writeAlone(expression: node.Expression, scope: Scope, to: Translation): void {
  to.writer.write("void (");
  to.expression(expression, scope);
  to.writer.write(");\n");
}
