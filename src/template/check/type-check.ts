/** Has TypeScript check the modules of all templates in one run, and brings its errors back to the templates. */
import { LimpidError } from "../../errors/index.ts";
import { type Diagnostic, isMeant, readDiagnostics } from "./diagnostics.ts";
import { prelude } from "./prelude.ts";
import { type Problem, problemAt } from "./problem.ts";
import type { Translated } from "./translate.ts";
import { findTypeScript, runTypeScript } from "./typescript.ts";
import { worded } from "./wording.ts";
import type { Workspace } from "./workspace.ts";

export async function typeCheck(
  modules: ReadonlyMap<string, Translated>,
  workspace: Workspace,
  project: string,
): Promise<Problem[]> {
  const { basename, resolve } = process.getBuiltinModule("node:path");
  const tsc = findTypeScript(project);
  await workspace.write("prelude.d.ts", prelude());
  await Promise.all(Array.from(modules, ([name, { writer }]) => workspace.write(name, writer.text)));
  const files = ["prelude.d.ts", ...modules.keys()];
  const configuration = await workspace.configure(files, configurationOf(project));
  const diagnostics = readDiagnostics(await runTypeScript(tsc, configuration, workspace.signal));
  const problems: Problem[] = [];
  for (const diagnostic of diagnostics) {
    const path = diagnostic.file === undefined ? undefined : resolve(workspace.folder, diagnostic.file);
    const module = path === undefined ? undefined : modules.get(basename(path));
    if (module !== undefined) {
      problems.push(...located(diagnostic, module));
    } else if (path === undefined || path.endsWith(".json")) throw misconfigured(diagnostic);
  }
  return problems;
}

/** The nearest `tsconfig.json` of the project. */
function configurationOf(project: string): string | undefined {
  const { existsSync } = process.getBuiltinModule("node:fs");
  const { dirname, join } = process.getBuiltinModule("node:path");
  for (let folder = project; ; folder = dirname(folder)) {
    const path = join(folder, "tsconfig.json");
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) return undefined;
  }
}

/** What nothing in the template answers for is about what it declares. */
function located(diagnostic: Diagnostic, { template, writer }: Translated): Problem[] {
  const origin = writer.origin(writer.offset(diagnostic.line, diagnostic.column));
  const at = origin?.at ?? template.tree.props?.at ?? 0;
  if (!isMeant(diagnostic, origin?.about, template.source.text.slice(at))) return [];
  return [problemAt(template.source, at, worded(diagnostic, origin?.about))];
}

function misconfigured({ file, code, message }: Diagnostic): LimpidError {
  return new LimpidError(
    "LMP_CLI_CHECK_COMPILER",
    "TypeScript does not take the configuration of the project.",
    {
      expected: "a tsconfig.json that `tsc` accepts",
      found: `TS${code}: ${message}${file === undefined ? "" : ` (${file})`}`,
      fix: "Mend tsconfig.json until `npx tsc --showConfig` prints it.",
    },
  );
}
