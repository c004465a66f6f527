/** `limpid routes`: what answers what. */
import type { RouteSummary } from "../../app/index.ts";
import type { Command } from "../command.ts";
import { findApp, loadApp } from "../load-app.ts";
import { appArgument } from "./app-argument.ts";

export const routes: Command = {
  name: "routes",
  summary: "List the routes of an application.",
  argument: appArgument,
  flags: [{ name: "json", summary: "print the list as JSON" }],
  examples: ["limpid routes", "limpid routes src/app.ts --json"],
  async run({ positionals, flags }, terminal) {
    const app = await loadApp(findApp(positionals[0], terminal.cwd), terminal.cwd);
    const list = app.routes();
    terminal.out(flags.has("json") ? `${JSON.stringify(list, null, 2)}\n` : table(list));
    return 0;
  },
};

function table(list: readonly RouteSummary[]): string {
  if (list.length === 0) return "The application has no routes.\n";
  const rows = [
    ["METHOD", "PATH", "NAME", "HANDLER", "MIDDLEWARE"],
    ...list.map((route) => [
      route.method,
      route.pattern,
      route.name ?? "",
      route.handler,
      route.middleware.join(", "),
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}
