/** Reads the templates of a check. */
import { defaultSyntax, type Syntax } from "../lexer/syntax.ts";
import { ChainLoader, FileSystemLoader } from "../loaders.ts";
import { parse } from "../parser.ts";
import { Source } from "../source.ts";
import { readDeclaration } from "./declaration.ts";
import { type Problem, problemOf } from "./problem.ts";
import type { CheckedTemplate } from "./translation.ts";

export interface ReadTemplates {
  readonly sources: readonly Source[];
  readonly templates: ReadonlyMap<string, CheckedTemplate>;
  /** The names of those that could not be parsed. */
  readonly unread: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** The templates in these folders by name; where two folders have one of a name, it is that of the first. */
export function readSources(folders: readonly string[]): Source[] {
  const loader = new ChainLoader(folders.map((folder) => new FileSystemLoader(folder)));
  return loader.list().flatMap((name) => {
    const loaded = loader.load(name);
    return loaded === undefined ? [] : [new Source(name, loaded.text, loaded.path)];
  });
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
