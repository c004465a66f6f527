/** Loads the module of an application and takes what it exports. */
import { pathToFileURL } from "node:url";
import type { App } from "../app/index.ts";
import { LimpidError } from "../errors/index.ts";
import type { Application } from "../message/index.ts";
import { loadFailure } from "./load-failure.ts";
import { shownFile } from "./source-place.ts";

/** What a module may export: an `App`, or any object that answers requests. */
export type Exported = App | (Application & { listen?: undefined });

/**
 * The application a module exports: an `App`, another object with `handle`, or a function that returns one or a
 * promise of it; as the default export, or named `app` or `createApp`. Throws `LMP_CLI_APP_FAILED` where the module
 * cannot be loaded or throws, `LMP_CLI_APP_INVALID` where it exports something else.
 */
export async function loadApp(path: string, cwd: string): Promise<Exported> {
  const shown = shownFile(path, cwd);
  let module: Record<string, unknown>;
  let exported: unknown;
  try {
    module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
    exported = module.default ?? module.app ?? module.createApp;
    if (typeof exported === "function") exported = await (exported as () => unknown)();
  } catch (cause) {
    throw loadFailure(path, cause, cwd);
  }
  if (isApplication(exported)) return exported;
  const names = Object.keys(module);
  const nothing =
    names.length === 0 ? "no export" : `no default export, only ${names.slice(0, 5).join(", ")}`;
  throw new LimpidError("LMP_CLI_APP_INVALID", `${shown} does not export an application.`, {
    expected:
      "export default app, where app is an App, an object with handle(), or a function that returns one",
    found: exported === undefined ? nothing : `a default export that is ${describe(exported)}`,
    fix: "End the module with `export default app;`.",
  });
}

/** By its methods, because it may be of another copy of this package. */
function isApplication(value: unknown): value is Exported {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, "handle") === "function";
}

/** Whether it is an `App`, which listens by itself and knows its routes. */
export function isApp(application: Exported): application is App {
  return ["listen", "close", "routes"].every((name) => typeof Reflect.get(application, name) === "function");
}

function describe(value: unknown): string {
  if (value === null) return "null";
  return typeof value === "object"
    ? `an object of ${value.constructor?.name ?? "no class"}`
    : `a ${typeof value}`;
}
