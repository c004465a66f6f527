/** Translates a template into a TypeScript module that has the same errors of types. */
import type * as node from "../nodes.ts";
import { boundNames } from "./bound-names.ts";
import { writeExpression } from "./expressions.ts";
import { ModuleWriter } from "./module-writer.ts";
import { writeExtends } from "./neighbours.ts";
import { type Finding, type Problem, problemAt } from "./problem.ts";
import { type Outer, Scope } from "./scope.ts";
import { writeScope } from "./statements.ts";
import { layoutsOf } from "./template-references.ts";
import type { CheckedTemplate, Known, Translation } from "./translation.ts";

/** What all templates of a check share. */
export interface Surroundings {
  readonly templates: ReadonlyMap<string, CheckedTemplate>;
  /** Templates that are there but could not be parsed, which is told once. */
  readonly unread: ReadonlySet<string>;
  readonly known: Known;
  /** How a module names the one of another template. */
  moduleOf(template: string): string;
  /** How a module names the module of a props comment. */
  specifier(template: CheckedTemplate, written: string): string;
}

/** A template in TypeScript, and what was seen wrong on the way. */
export interface Translated {
  readonly template: CheckedTemplate;
  readonly writer: ModuleWriter;
  readonly problems: readonly Problem[];
}

export function translate(template: CheckedTemplate, surroundings: Surroundings): Translated {
  const writer = new ModuleWriter();
  const problems: Problem[] = [];
  const imports = new Map<string, string>();
  const to: Translation = {
    template,
    writer,
    templates: surroundings.templates,
    unread: surroundings.unread,
    known: surroundings.known,
    expression: (expression, scope) => writeExpression(expression, scope, to),
    statements: (body, scope) => writeScope(body, scope, to),
    propsOf(name) {
      if (name === template.source.name) return "Props";
      const type = imports.get(name) ?? `$Props${imports.size + 1}`;
      imports.set(name, type);
      return type;
    },
    report: (at: number, finding: Finding) => problems.push(problemAt(template.source, at, finding)),
  };
  writeDeclaration(template, to, surroundings);
  writer.write("export async function template($$: Readonly<Props>): Promise<void> {\n");
  const scope = new Scope(outerOf(template, surroundings));
  writer.write(`let ${scope.bind("self")}: any = $any;\n`);
  writeScope(template.tree.body, scope, to);
  writeExtends(template.tree.body, scope, to);
  writer.write("}\n");
  for (const [name, type] of imports) {
    const module = JSON.stringify(surroundings.moduleOf(name));
    writer.write(`import type { Props as ${type} } from ${module};\n`);
  }
  return { template, writer, problems };
}

/** The props as they are written, and the imports that they need. */
function writeDeclaration(
  { declaration, tree, source }: CheckedTemplate,
  to: Translation,
  { specifier }: Surroundings,
): void {
  const { writer } = to;
  if (declaration === undefined || tree.props === undefined) {
    writer.write("export type Props = any;\n");
    return;
  }
  const { text, module, types } = declaration;
  const at = Math.max(source.text.indexOf(text, tree.props.at), tree.props.at);
  if (module !== undefined && types.size > 0) {
    writer.write("import type { ");
    for (const [name, [offset = 0]] of types) writer.verbatim(name, at + offset).write(", ");
    writer.write("} from ");
    const behind = source.text.indexOf(module, at + text.length);
    const path = JSON.stringify(specifier(to.template, module));
    writer.mapped(behind < 0 ? at : behind - 1, () => writer.write(path), {
      kind: "module",
      specifier: module,
    });
    writer.write(";\n");
  }
  writer.write("export type Props = ").verbatim(text, at).write(";\n");
}

/** What a template sees beside its own names: its props, the globals, and what its layouts set before its blocks run. */
function outerOf(template: CheckedTemplate, { templates, known }: Surroundings): Outer {
  const { declaration } = template;
  if (declaration === undefined) return { resolve: () => "$any" };
  const props = new Set(declaration.members.map(({ name }) => name));
  const inherited = new Set(layoutsOf(template, templates).flatMap(({ tree }) => topLevelNames(tree)));
  return {
    resolve(name) {
      if (props.has(name))
        return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
          ? `$$.${name}`
          : `$$[${JSON.stringify(name)}]`;
      if (known.globals.has(name)) return typedGlobals.has(name) ? `$g.${name}` : "$any";
      return inherited.has(name) ? "$any" : undefined;
    },
  };
}

const typedGlobals = new Set(["range", "dict", "lipsum", "cycler", "joiner", "namespace"]);

function topLevelNames({ body }: node.TemplateNode): string[] {
  return [...boundNames(body).keys()];
}
