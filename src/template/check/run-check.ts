/** The stages of a check: read, parse, compile, translate, and have TypeScript look at the translations. */

import { filters } from "../filters.ts";
import { globals } from "../globals.ts";
import { tests } from "../tests.ts";
import type { CheckEnvironment, CheckOptions, CheckResult } from "./check-options.ts";
import { compileAll } from "./compile-all.ts";
import { inOrder, type Problem } from "./problem.ts";
import { parseAll, type ReadTemplates, readSources } from "./read-templates.ts";
import { type Translated, translate } from "./translate.ts";
import type { CheckedTemplate } from "./translation.ts";
import { typeCheck } from "./type-check.ts";
import { writeViews } from "./views.ts";
import { Workspace } from "./workspace.ts";

const builtin: CheckEnvironment = { filters, tests, globals };

export async function runCheck({
  folders,
  project,
  environment = builtin,
}: CheckOptions): Promise<CheckResult> {
  const tags = new Map(
    Array.from(environment.tags ?? [], ([tag, { body }]) => [tag, { body: body === true }]),
  );
  const read = parseAll(readSources(folders), environment.syntax, tags);
  const problems = [
    ...read.problems,
    ...compileAll(read, environment),
    ...(await translateAll(read, environment, project)),
  ];
  return {
    templates: read.sources.length,
    problems: inOrder(problems),
    views: (path) => writeViews(read.templates.values(), path),
  };
}

async function translateAll(
  read: ReadTemplates,
  environment: CheckEnvironment,
  project: string,
): Promise<Problem[]> {
  const typed = [...read.templates.values()].filter(({ declaration }) => declaration !== undefined);
  if (typed.length === 0) {
    return [...read.templates.values()].flatMap(
      (template) => translation(template, read, environment, "", new Map()).problems,
    );
  }
  await using workspace = await Workspace.make(project);
  const names = new Map(typed.map(({ source }, index) => [source.name, `template${index + 1}.mts`]));
  const problems: Problem[] = [];
  const modules = new Map<string, Translated>();
  for (const template of read.templates.values()) {
    const translated = translation(template, read, environment, workspace.folder, names);
    problems.push(...translated.problems);
    const module = names.get(template.source.name);
    if (module !== undefined) modules.set(module, translated);
  }
  return [...problems, ...(await typeCheck(modules, workspace, project))];
}

function translation(
  template: CheckedTemplate,
  { templates, unread }: ReadTemplates,
  known: CheckEnvironment,
  folder: string,
  modules: ReadonlyMap<string, string>,
): Translated {
  return translate(template, {
    templates,
    unread,
    known,
    moduleOf: (name) => `./${modules.get(name)}`,
    specifier: ({ source }, written) => specifierFrom(folder, source.path ?? source.name, written),
  });
}

/** A path in a props comment begins at the template, and is written anew from the folder of the module. */
function specifierFrom(folder: string, template: string, written: string): string {
  if (!written.startsWith("./") && !written.startsWith("../")) return written;
  const { dirname, relative, resolve, sep } = process.getBuiltinModule("node:path");
  const path = relative(folder, resolve(dirname(template), written))
    .split(sep)
    .join("/");
  return path.startsWith(".") ? path : `./${path}`;
}
