/** Finds and loads the file of an application's models. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { LimpidError } from "../../../errors/index.ts";
import type { TableDefinition } from "../../../orm/index.ts";
import type { Flag, Input, Terminal } from "../../command.ts";
import { loadFailure } from "../../load-failure.ts";
import { shownFile } from "../../source-place.ts";

/** Looked for in this order where no file is named. */
const usual = ["models.ts", "src/models.ts", "models/index.ts", "src/models/index.ts", "db/models.ts"];

export const modelsFlag: Flag = {
  name: "models",
  value: "<file>",
  summary: "the module that exports the models",
  default: `the first of ${usual.join(", ")}`,
};

/**
 * The tables of all models that the module exports. Throws `LMP_CLI_MODELS_INVALID` where there is none, and
 * `LMP_CLI_APP_FAILED` where it cannot be loaded.
 */
export async function loadModels({ flags }: Input, { cwd }: Terminal): Promise<TableDefinition[]> {
  const file = modelsFile(flags.get("models"), cwd);
  let exported: Record<string, unknown>;
  try {
    exported = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (cause) {
    throw loadFailure(file, cause, cwd);
  }
  const { tablesOfModule } = await import("../../../orm/index.ts");
  const tables = tablesOfModule(exported);
  if (tables.length > 0) return tables;
  throw new LimpidError("LMP_CLI_MODELS_INVALID", `${shownFile(file, cwd)} exports no model.`, {
    expected: 'export const User = model("users", { … });',
    found: Object.keys(exported).join(", ") || "no export",
    fix: "Export every model from it, or name another file with --models.",
  });
}

function modelsFile(named: string | undefined, cwd: string): string {
  const candidates = (named === undefined ? usual : [named]).map((name) => resolve(cwd, name));
  const found = candidates.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
  if (found !== undefined) return found;
  const message = named === undefined ? "There are no models in this folder." : `There is no file ${named}.`;
  throw new LimpidError("LMP_CLI_MODELS_INVALID", message, {
    expected: named === undefined ? usual.join(", ") : "the path of a module that exports the models",
    found: "no such file",
    fix: "Name it: --models path/to/models.ts",
  });
}
