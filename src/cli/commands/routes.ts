/** `limpid routes`: what answers what. */
import type { RouteSummary } from "../../app/index.ts";
import { LimpidError } from "../../errors/index.ts";
import type { Command } from "../command.ts";
import { findApp } from "../find-app.ts";
import { isApp, loadApp } from "../load-app.ts";
import { table } from "../table.ts";
import { appArgument } from "./app-argument.ts";

export const routes: Command = {
  name: "routes",
  summary: "List the routes of an application.",
  argument: appArgument,
  flags: [{ name: "json", summary: "print the list as JSON" }],
  examples: ["limpid routes", "limpid routes src/app.ts --json"],
  async run({ positionals, flags }, terminal) {
    const app = await loadApp(findApp(positionals[0], terminal.cwd), terminal.cwd);
    if (!isApp(app)) {
      throw new LimpidError("LMP_CLI_APP_INVALID", "The application does not know its routes.", {
        expected: "an App",
        found: "an object with handle() alone",
        fix: "Export the App itself.",
      });
    }
    const list = app.routes();
    terminal.out(flags.has("json") ? `${JSON.stringify(list, null, 2)}\n` : listing(list));
    return 0;
  },
};

function listing(list: readonly RouteSummary[]): string {
  if (list.length === 0) return "The application has no routes.\n";
  return table([
    ["METHOD", "PATH", "NAME", "HANDLER", "MIDDLEWARE"],
    ...list.map(({ method, pattern, name, handler, middleware }) => [
      method,
      pattern,
      name ?? "",
      handler,
      middleware.join(", "),
    ]),
  ]);
}
