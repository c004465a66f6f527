/** Finds the module of an application and loads what it exports. */
import { existsSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { App } from "../app/index.ts";
import { LimpidError } from "../errors/index.ts";

/** Looked for in this order where no module is named. */
const usual = ["app.ts", "app.js", "app.mjs", "src/app.ts", "src/app.js", "src/app.mjs"];

/** The path of the module: the one named, or the first of the usual ones. Throws `LMP_CLI_APP_NOT_FOUND`. */
export function findApp(named: string | undefined, cwd: string): string {
  if (named !== undefined) {
    const path = resolve(cwd, named);
    if (existsSync(path) && statSync(path).isFile()) return path;
    const inside = usual.map((name) => resolve(path, name)).find((candidate) => existsSync(candidate));
    if (inside !== undefined) return inside;
    throw new LimpidError("LMP_CLI_APP_NOT_FOUND", `There is no application at ${named}.`, {
      expected: "the path of a module that exports an App",
      found: existsSync(path) ? "a folder without app.ts" : "nothing",
      fix: "Check the path, or leave it out to use app.ts or src/app.ts.",
    });
  }
  const found = usual.map((name) => resolve(cwd, name)).find((candidate) => existsSync(candidate));
  if (found !== undefined) return found;
  throw new LimpidError("LMP_CLI_APP_NOT_FOUND", "There is no application in this folder.", {
    expected: usual.join(", "),
    found: "none of them",
    fix: "Name the module: limpid start path/to/app.ts",
  });
}

/**
 * The application a module exports: an `App`, or a function that returns one, as the default export or as `app`.
 * Throws `LMP_CLI_APP_FAILED` where the module throws, `LMP_CLI_APP_INVALID` where it exports something else.
 */
export async function loadApp(path: string, cwd: string): Promise<App> {
  const shown = relative(cwd, path);
  let module: Record<string, unknown>;
  try {
    module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  } catch (cause) {
    throw failed(shown, cause);
  }
  let exported = module["default"] ?? module["app"] ?? module["createApp"];
  try {
    if (typeof exported === "function" && !isApp(exported)) exported = await (exported as () => unknown)();
  } catch (cause) {
    throw failed(shown, cause);
  }
  if (isApp(exported)) return exported;
  throw new LimpidError("LMP_CLI_APP_INVALID", `${shown} does not export an application.`, {
    expected: "export default app",
    found: exported === undefined ? "no default export" : `a default export that is ${describe(exported)}`,
    fix: "End the module with `export default app;`.",
  });
}

/** An App, perhaps of another copy of this package. */
function isApp(value: unknown): value is App {
  if (value instanceof App) return true;
  const methods = ["handle", "listen", "close", "routes"];
  return (
    typeof value === "object" &&
    value !== null &&
    methods.every((name) => typeof Reflect.get(value, name) === "function")
  );
}

function failed(shown: string, cause: unknown): LimpidError {
  const stack = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return new LimpidError("LMP_CLI_APP_FAILED", `${shown} could not be loaded.`, {
    found: stack
      .split("\n")
      .filter((line) => !/ \(?node:/.test(line))
      .slice(0, 6)
      .join("\n    "),
    fix: "Mend the module; the first line above says what is wrong, the next ones where.",
    cause,
  });
}

function describe(value: unknown): string {
  if (value === null) return "null";
  return typeof value === "object"
    ? `an object of ${value.constructor?.name ?? "no class"}`
    : `a ${typeof value}`;
}
