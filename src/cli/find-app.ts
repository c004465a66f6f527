/** Finds the module of an application: the one named, or the first of the usual ones. */
import { readdirSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { LimpidError, nearest } from "../errors/index.ts";
import { shownFile } from "./source-place.ts";

const extensions = [".ts", ".mts", ".js", ".mjs"];
/** Looked for in this order where no module is named, and in a folder that is named. */
const usual = ["app", "src/app"].flatMap((name) => extensions.map((extension) => name + extension));
/** Names that applications have elsewhere; shown as near misses, never chosen. */
const alike = /^(?:app|application|server|index|main)\.[cm]?[jt]sx?$/i;
const NEAR_MISSES = 5;

/**
 * The path of the application's module. A name may lack its extension or be that of a folder. Throws
 * `LMP_CLI_APP_NOT_FOUND`, which names what is there instead.
 */
export function findApp(named: string | undefined, cwd: string): string {
  if (named === undefined) {
    const found = usual.map((name) => join(cwd, name)).find(isFile);
    if (found !== undefined) return found;
    throw notFound("There is no application in this folder.", usual.join(", "), nearMisses(cwd), cwd);
  }
  const path = resolve(cwd, named);
  const candidates = [path, ...extensions.map((extension) => path + extension)];
  const found = [...candidates, ...usual.map((name) => join(path, name))].find(isFile);
  if (found !== undefined) return found;
  const misses = isFolder(path) ? nearMisses(path) : similar(path);
  throw notFound(
    `There is no application at ${named}.`,
    "the path of a module that exports an App",
    misses,
    cwd,
  );
}

function notFound(message: string, expected: string, misses: readonly string[], cwd: string): LimpidError {
  const [first, ...others] = misses.slice(0, NEAR_MISSES).map((path) => shownFile(path, cwd));
  return new LimpidError("LMP_CLI_APP_NOT_FOUND", message, {
    expected,
    found: first === undefined ? "no module of such a name" : [first, ...others].join(", "),
    fix:
      first === undefined
        ? "Name the module: limpid start path/to/app.ts"
        : `If it is one of these, name it: limpid start ${first}`,
  });
}

/** Modules with a likely name in the folder, in `src`, and one folder down. */
function nearMisses(folder: string): string[] {
  const folders = entries(folder).filter((name) => !name.startsWith(".") && name !== "node_modules");
  const around = [folder, ...folders.map((name) => join(folder, name)).filter(isFolder)];
  return around.flatMap((one) =>
    entries(one)
      .filter((name) => alike.test(name))
      .map((name) => join(one, name)),
  );
}

/** What was most likely meant by a path where nothing is: the same name with another ending, or a slip. */
function similar(path: string): string[] {
  const folder = dirname(path);
  const modules = entries(folder).filter((name) => extensions.includes(extname(name)));
  const stem = basename(path, extname(path));
  const same = modules.filter((name) => basename(name, extname(name)) === stem);
  const close = nearest(basename(path), modules);
  const likely = same.length > 0 || close === undefined ? same : [close];
  return likely.map((name) => join(folder, name));
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
