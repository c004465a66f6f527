/** Reads the templates of a check. */
import { defaultSyntax, type Syntax } from "../lexer/syntax.ts";
import { parse } from "../parser.ts";
import { Source } from "../source.ts";
import { readDeclaration } from "./declaration.ts";
import { type Problem, problemOf } from "./problem.ts";
import type { CheckedTemplate } from "./translation.ts";

/** Files with these endings are templates. */
const templates = /\.(?:html?|xml|svg|txt|md|jinja2?|j2)$/;

export interface ReadTemplates {
  readonly sources: readonly Source[];
  readonly templates: ReadonlyMap<string, CheckedTemplate>;
  /** The names of those that could not be parsed. */
  readonly unread: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** The templates in these folders by name; where two folders have one of a name, it is that of the first. */
export async function readSources(folders: readonly string[]): Promise<Source[]> {
  const { readdir, readFile } = process.getBuiltinModule("node:fs/promises");
  const { join, relative, sep } = process.getBuiltinModule("node:path");
  const paths = new Map<string, string>();
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      const name = relative(folder, path).split(sep).join("/");
      const hidden = name.split("/").some((part) => part.startsWith(".") || part === "node_modules");
      if (entry.isFile() && templates.test(name) && !hidden && !paths.has(name)) paths.set(name, path);
    }
  }
  const sorted = [...paths].sort(([one], [other]) => (one < other ? -1 : 1));
  return await Promise.all(
    sorted.map(async ([name, path]) => new Source(name, await readFile(path, "utf8"), path)),
  );
}

export function parseAll(
  sources: readonly Source[],
  syntax: Partial<Syntax> | undefined,
  tags: ReadonlyMap<string, { body: boolean }>,
): ReadTemplates {
  const options = { syntax: { ...defaultSyntax, ...syntax }, tags };
  const parsed = new Map<string, CheckedTemplate>();
  const unread = new Set<string>();
  const problems: Problem[] = [];
  for (const source of sources) {
    try {
      const tree = parse(source, options);
      const { props } = tree;
      const declaration = props === undefined ? undefined : readDeclaration(props.declaration, props.module);
      parsed.set(source.name, { source, tree, declaration });
    } catch (error) {
      unread.add(source.name);
      problems.push(problemOf(error, source));
    }
  }
  return { sources, templates: parsed, unread, problems };
}
