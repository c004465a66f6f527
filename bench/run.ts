/** `npm run bench`: reads the arguments, runs one command, prints what it found. */
import { type Arguments, help, readArguments } from "./arguments.ts";
import { install } from "./install.ts";
import type { Report } from "./report.ts";
import { markdownTable, plainTable } from "./table.ts";
import { UsageError } from "./usage-error.ts";
import { versions } from "./versions.ts";

function written({ title, table, overview = table, data }: Report, { output, node }: Arguments): string {
  const versionLine = versions(node);
  if (output === "json") return JSON.stringify({ title, versions: versionLine, data }, undefined, 2);
  if (output === "markdown") return `${versionLine}\n\n${markdownTable(overview)}`;
  return `${title}\n\n${plainTable(table)}`;
}

try {
  const options = readArguments(process.argv.slice(2));
  if (options.help) {
    console.log(help());
  } else {
    install();
    console.log(written(await options.command.run(options), options));
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\`npm run bench -- --help\` lists everything.`);
  process.exitCode = 2;
}
