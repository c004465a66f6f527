/** Checks templates before they run: their syntax, what they name, and their types against what they declare. */

import type { Problem } from "./check/problem.ts";
import type { EnvironmentOptions } from "./environment-options.ts";

export type { Problem };

/** What the templates of a check know, as an `Environment` has it. */
export interface CheckEnvironment {
  readonly filters: ReadonlyMap<string, unknown>;
  readonly tests: ReadonlyMap<string, unknown>;
  readonly globals: ReadonlyMap<string, unknown>;
  readonly syntax?: EnvironmentOptions["syntax"];
  /** The tags of its extensions. */
  readonly tags?: ReadonlyMap<string, { readonly body?: boolean | undefined }> | undefined;
}

/** Options of `checkTemplates`. */
export interface CheckOptions {
  /** The folders that the names of templates begin at; the first that has a template gives it. */
  readonly folders: readonly string[];
  /** The folder of the project, from which TypeScript and `tsconfig.json` are looked for. */
  readonly project: string;
  /** What the templates know beside the built-in filters, tests and globals. */
  readonly environment?: CheckEnvironment | undefined;
}

/** What a check found. */
export interface CheckResult {
  /** How many templates there are. */
  readonly templates: number;
  /** By template, line and column. */
  readonly problems: readonly Problem[];
  /** The module that lists the templates with their props as `interface Views`, to be written to this path. */
  views(path: string): string;
}

/**
 * Checks all templates of some folders. The types of those with a props comment are checked by the TypeScript of the
 * project; throws `LMP_CLI_CHECK_COMPILER` where there is none.
 *
 * @example
 * ```ts
 * import { mkdtempSync, writeFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { checkTemplates } from "limpid/template";
 *
 * const folder = mkdtempSync(join(tmpdir(), "views-"));
 * writeFileSync(join(folder, "hello.html"), "Hello, {{ name | uper }}!");
 * const { problems } = await checkTemplates({ folders: [folder], project: folder });
 * console.log(problems[0]?.column, problems[0]?.message, problems[0]?.fix);
 * // 18 There is no filter `uper`. Did you mean `upper`?
 * ```
 */
export async function checkTemplates(options: CheckOptions): Promise<CheckResult> {
  // Loaded when it is needed: an application that renders does without it.
  const { runCheck } = await import("./check/run-check.ts");
  return await runCheck(options);
}
