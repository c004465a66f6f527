/** Checks templates before they run: their syntax, what they name, and their types against what they declare. */
import type { CheckOptions, CheckResult } from "./check/check-options.ts";

export type { CheckEnvironment, CheckOptions, CheckResult } from "./check/check-options.ts";
export type { Problem } from "./check/problem.ts";

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
