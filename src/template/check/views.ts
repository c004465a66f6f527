/** Writes the declarations of all templates as one interface, from which `render` takes its types. */
import type { Declaration, Member } from "./declaration.ts";
import type { CheckedTemplate } from "./translation.ts";

/** Longer members are written in several lines. */
const WIDTH = 110;

/** The names that the interface imports, by module and name there. */
class Imports {
  readonly #modules = new Map<string, Map<string, string>>();
  readonly #taken = new Set(["Views"]);

  /** The name here for what a module exports; a second one of the same name gets a number. */
  name(module: string, exported: string): string {
    const names = this.#modules.get(module) ?? new Map<string, string>();
    this.#modules.set(module, names);
    let local = names.get(exported);
    for (let number = 1; local === undefined; number++) {
      const candidate = number === 1 ? exported : `${exported}${number}`;
      if (!this.#taken.has(candidate)) local = candidate;
    }
    this.#taken.add(local);
    names.set(exported, local);
    return local;
  }

  toString(): string {
    return [...this.#modules]
      .sort(byName)
      .map(([module, names]) => importLine(module, [...names].sort(byName)))
      .join("");
  }
}

/** The text of the file for this path. The same templates always give the same text. */
export function writeViews(templates: Iterable<CheckedTemplate>, path: string): string {
  const imports = new Imports();
  const sorted = [...templates].sort((a, b) => byName([a.source.name], [b.source.name]));
  const members = sorted.map((template) => {
    const name = JSON.stringify(template.source.name);
    return member(name, propsOf(template, path, imports));
  });
  const head = "// Written by `limpid check --types` from the props comments of the templates.\n";
  const lines = String(imports);
  return `${head}${lines}${lines === "" ? "" : "\n"}/** The templates, each with what it is rendered with. */\nexport interface Views {\n${members.join("")}}\n`;
}

function member(name: string, props: readonly string[] | undefined): string {
  if (props === undefined) return `  ${name}: Record<string, unknown>;\n`;
  if (props.length === 0) return `  ${name}: Record<string, never>;\n`;
  const line = `  ${name}: { ${props.join("; ")} };\n`;
  if (line.length <= WIDTH && !line.slice(0, -1).includes("\n")) return line;
  return `  ${name}: {\n${props.map((prop) => `    ${prop};\n`).join("")}  };\n`;
}

/** Each of the props in one line. */
function propsOf(
  { declaration, source }: CheckedTemplate,
  path: string,
  imports: Imports,
): string[] | undefined {
  if (declaration === undefined) return undefined;
  const module = moduleFrom(path, source.path ?? source.name, declaration.module);
  return declaration.members.map((one) => oneLine(renamed(declaration, one, module, imports)));
}

/** The text of a member, with the names that its types have in this file. */
function renamed(
  { text, types }: Declaration,
  { start, end }: Member,
  module: string,
  imports: Imports,
): string {
  const places = [...types]
    .flatMap(([name, offsets]) => offsets.map((offset) => ({ name, offset })))
    .filter(({ offset }) => offset >= start && offset < end)
    .sort((a, b) => a.offset - b.offset);
  let written = "";
  let last = start;
  for (const { name, offset } of places) {
    written += text.slice(last, offset) + imports.name(module, name);
    last = offset + name.length;
  }
  return written + text.slice(last, end);
}

/** Without comments, and with one blank where there were several; what stands in texts is left alone. */
function oneLine(text: string): string {
  return text
    .replace(blankOrText, (_, kept: string | undefined, colon: string | undefined) => kept ?? colon ?? " ")
    .trim();
}

const blankOrText =
  /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|(?:\s|\/\*[\s\S]*?\*\/|\/\/[^\n]*)+(\?:|:)?/g;

function moduleFrom(path: string, template: string, written: string | undefined): string {
  if (written === undefined) return "";
  if (!written.startsWith("./") && !written.startsWith("../")) return written;
  const { dirname, relative, resolve, sep } = process.getBuiltinModule("node:path");
  const module = relative(dirname(resolve(path)), resolve(dirname(template), written))
    .split(sep)
    .join("/");
  return module.startsWith(".") ? module : `./${module}`;
}

function importLine(module: string, names: readonly (readonly [string, string])[]): string {
  const list = names.map(([name, local]) => (name === local ? name : `${name} as ${local}`));
  const line = `import type { ${list.join(", ")} } from ${JSON.stringify(module)};\n`;
  if (line.length <= WIDTH + 1) return line;
  return `import type {\n${list.map((name) => `  ${name},\n`).join("")}} from ${JSON.stringify(module)};\n`;
}

function byName(one: readonly [string, ...unknown[]], other: readonly [string, ...unknown[]]): number {
  return one[0] < other[0] ? -1 : Number(one[0] > other[0]);
}
