/** Finds the seeds of an application and runs them: a module whose default export is a function of the database. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { LimpidError } from "../../../errors/index.ts";
import type { Flag, Input, Terminal } from "../../command.ts";
import { loadFailure } from "../../load-failure.ts";
import { shownFile } from "../../source-place.ts";
import { databaseUrl } from "./database-flags.ts";
import { placed } from "./with-database.ts";

const usual = ["seeds.ts", "src/seeds.ts", "db/seeds.ts"];

export const seedsFlag: Flag = {
  name: "seeds",
  value: "<file>",
  summary: "the module whose default export is a function that is given the database",
  default: `the first of ${usual.join(", ")}`,
};

/** The file of the seeds; `undefined` where it is optional and not there. Throws `LMP_CLI_SEEDS_INVALID`. */
export function findSeeds(input: Input, terminal: Terminal, need: "needed"): string;
export function findSeeds(input: Input, terminal: Terminal, need: "optional"): string | undefined;
export function findSeeds({ flags }: Input, { cwd }: Terminal, need: string): string | undefined {
  const named = flags.get("seeds");
  const candidates = (named === undefined ? usual : [named]).map((name) => resolve(cwd, name));
  const found = candidates.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
  if (found !== undefined || (need === "optional" && named === undefined)) return found;
  throw new LimpidError("LMP_CLI_SEEDS_INVALID", `There is no file ${named ?? "of seeds in this folder"}.`, {
    expected: named === undefined ? usual.join(", ") : "the path of a module with the seeds",
    found: "no such file",
    fix: "Write seeds.ts: export default async function (db) { … }",
  });
}

/** Runs the seeds in one transaction and resolves to the milliseconds that they took. */
export async function runSeeds(file: string, input: Input, terminal: Terminal): Promise<number> {
  const begin = performance.now();
  const seeds = await loadSeeds(file, terminal.cwd);
  const { Database } = await import("../../../orm/index.ts");
  const db = await Database.connect(placed(databaseUrl(input), terminal.cwd));
  try {
    await db.transaction((transaction) => seeds(transaction));
  } finally {
    await db.close();
  }
  return Math.round(performance.now() - begin);
}

async function loadSeeds(file: string, cwd: string): Promise<(db: unknown) => unknown> {
  let exported: Record<string, unknown>;
  try {
    exported = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (cause) {
    throw loadFailure(file, cause, cwd);
  }
  const seeds = exported.default;
  if (typeof seeds === "function") return seeds as (db: unknown) => unknown;
  throw new LimpidError("LMP_CLI_SEEDS_INVALID", `${shownFile(file, cwd)} exports no seeds.`, {
    expected: "export default async function (db) { … }",
    found: Object.keys(exported).join(", ") || "no export",
    fix: "Export the function as default.",
  });
}
