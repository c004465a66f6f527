/** `limpid check`: what is wrong with the templates of a project, before anybody asks for a page. */
import { statSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { LimpidError } from "../../errors/index.ts";
import type { CheckEnvironment, CheckResult, Problem } from "../../template/index.ts";
import type { Command, Terminal } from "../command.ts";
import { loadFailure } from "../load-failure.ts";

/** Looked for where no folder is named. */
const usual = ["views", "templates", "src/views", "src/templates"];

export const check: Command = {
  name: "check",
  summary: "Check templates: syntax, names, contexts, and types against their props.",
  argument: {
    name: "[folders]",
    several: true,
    summary: "where the names of templates begin; default: views and templates, here and in src",
  },
  flags: [
    {
      name: "types",
      value: "<file>",
      summary: "write the props of all templates there, as `interface Views`",
    },
    { name: "verify", summary: "with --types: do not write, but fail where the file is out of date" },
    {
      name: "environment",
      value: "<module>",
      summary: "a module that exports the Environment with your filters, tests and globals",
    },
    { name: "json", summary: "print what was found as JSON" },
  ],
  examples: ["limpid check", "limpid check examples/blog/views --types examples/blog/views.d.ts"],
  async run({ positionals, flags }, terminal) {
    const folders = foldersOf(positionals, terminal.cwd);
    const named = flags.get("environment");
    const environment = named === undefined ? undefined : await loadEnvironment(named, terminal.cwd);
    const { checkTemplates } = await import("../../template/index.ts");
    const result = await checkTemplates({ folders, project: terminal.cwd, environment });
    const types = await keepTypes(result, flags.get("types"), flags.has("verify"), terminal);
    terminal.out(flags.has("json") ? asJson(result, types, terminal) : report(result, types, terminal));
    return result.problems.length > 0 || types?.state === "out of date" ? 1 : 0;
  },
};

function foldersOf(named: readonly string[], cwd: string): string[] {
  const wanted = named.length > 0 ? named : usual;
  const folders = wanted.map((name) => resolve(cwd, name));
  const found = folders.filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true);
  if (found.length > 0 && (named.length === 0 || found.length === named.length)) return found;
  const missing = named.find((_, index) => !found.includes(folders[index] ?? ""));
  throw new LimpidError(
    "LMP_TEMPLATE_NOT_FOUND",
    missing === undefined ? "There are no templates in this folder." : `There is no folder ${missing}.`,
    {
      expected: missing === undefined ? `a folder ${usual.join(", ")}` : "a folder with templates",
      found: "none",
      fix: "Name the folder of the templates: limpid check path/to/views",
    },
  );
}

/** What became of the file that `--types` names. */
interface Types {
  readonly file: string;
  readonly state: "current" | "written" | "out of date";
}

/** A file that is right is left alone, so that no watcher wakes; one from templates with errors would be wrong. */
async function keepTypes(
  { problems, views }: CheckResult,
  file: string | undefined,
  verify: boolean,
  { cwd }: Terminal,
): Promise<Types | undefined> {
  if (file === undefined || problems.some(({ code }) => code === "LMP_TEMPLATE_SYNTAX")) return undefined;
  const path = resolve(cwd, file);
  const text = views(path);
  if ((await readFile(path, "utf8").catch(() => "")) === text) return { file, state: "current" };
  if (verify) return { file, state: "out of date" };
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return { file, state: "written" };
}

function asJson({ templates, problems }: CheckResult, types: Types | undefined, { cwd }: Terminal): string {
  const shown = problems.map((problem) => ({ ...problem, file: relative(cwd, problem.file) }));
  return `${JSON.stringify({ templates, problems: shown, types }, null, 2)}\n`;
}

function report({ templates, problems }: CheckResult, types: Types | undefined, { cwd }: Terminal): string {
  const blocks = problems.map((problem) => `${described(problem, cwd)}\n\n`).join("");
  const count = `${counted(templates, "template")} checked, ${counted(problems.length, "error")}\n`;
  if (types === undefined || types.state === "current") return blocks + count;
  if (types.state === "written") return `${blocks}${count}${types.file} written\n`;
  return `${blocks}${count}${types.file} is out of date\n  fix: Run limpid check --types ${types.file}\n`;
}

function described({ file, line, column, message, excerpt, fix, code }: Problem, cwd: string): string {
  const lines = [`${relative(cwd, file)}:${line}:${column}: ${message}`, excerpt];
  if (fix !== undefined) lines.push(`  fix: ${fix}`);
  return [...lines, `  code: ${code}`].join("\n");
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/**
 * The first export of the module that is an environment. Throws `LMP_CLI_APP_NOT_FOUND`, `LMP_CLI_APP_FAILED` where
 * the module cannot be loaded or throws, and `LMP_CLI_APP_INVALID` where it exports none.
 */
async function loadEnvironment(named: string, cwd: string): Promise<CheckEnvironment> {
  const path = resolve(cwd, named);
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new LimpidError("LMP_CLI_APP_NOT_FOUND", `There is no module ${named}.`, {
      expected: "the path of a module that exports an Environment",
      found: "no such file",
      fix: "Check the path behind --environment.",
    });
  }
  let module: Record<string, unknown>;
  try {
    module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  } catch (cause) {
    throw loadFailure(path, cause, cwd);
  }
  const environment = Object.values(module).find(isEnvironment);
  if (environment !== undefined) return environment;
  throw new LimpidError("LMP_CLI_APP_INVALID", `${named} does not export an Environment.`, {
    expected: "export const views = new Environment({ … });",
    found: Object.keys(module).join(", ") || "no export",
    fix: "Export the Environment that renders the templates.",
  });
}

/** By what it has, because it may be of another copy of this package. */
function isEnvironment(value: unknown): value is CheckEnvironment {
  if (typeof value !== "object" || value === null) return false;
  return ["filters", "tests", "globals"].every((name) => Reflect.get(value, name) instanceof Map);
}
