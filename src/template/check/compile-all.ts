/** Compiles every template as production would, for what only shows there: contexts that are not safe. */

import { MemoryLoader } from "../loaders.ts";
import { TemplateError } from "../template-error.ts";
import { TemplateStore } from "../template-store.ts";
import type { CheckEnvironment } from "./check-options.ts";
import { type Problem, problemOf } from "./problem.ts";
import type { ReadTemplates } from "./read-templates.ts";

/** What the translation tells too, of all places and not only of the first. */
const told: ReadonlySet<unknown> = new Set([
  "LMP_TEMPLATE_FILTER_UNKNOWN",
  "LMP_TEMPLATE_TEST_UNKNOWN",
  "LMP_TEMPLATE_NOT_FOUND",
]);

export function compileAll(
  { sources, templates, unread }: ReadTemplates,
  environment: CheckEnvironment,
): Problem[] {
  const store = new TemplateStore({
    loader: new MemoryLoader(new Map(sources.map(({ name, text }) => [name, text]))),
    filters: Object.fromEntries(environment.filters) as Record<string, () => unknown>,
    tests: Object.fromEntries(environment.tests) as Record<string, () => boolean>,
    syntax: environment.syntax,
    autoescape:
      environment.autoescape === undefined
        ? undefined
        : (name) => environment.autoescape?.(name) ?? "context",
    extensions: Array.from(environment.tags ?? [], ([tag, { body }]) => ({ tag, body, run: () => "" })),
  });
  const problems: Problem[] = [];
  for (const { source } of templates.values()) {
    try {
      store.ready(source.name);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      const elsewhere = error.template !== undefined && error.template !== source.name;
      if (!elsewhere && !told.has(error.code) && !unread.has(source.name))
        problems.push(problemOf(error, source));
    }
  }
  return problems;
}
