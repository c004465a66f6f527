/** `npm run bench`: reads the arguments, runs one command, prints what it found. */
import { type Arguments, help, readArguments } from "./arguments.ts";
import { install } from "./install.ts";
import type { Report } from "./report.ts";
import { markdownTable, plainTable } from "./table.ts";
import { UsageError } from "./usage-error.ts";
import { versions } from "./versions.ts";

function written(report: Report, { output, node, command }: Arguments): string {
  const reports = [report, ...(report.further ?? [])];
  const versionLine = versions(node, command.packages);
  if (output === "json") {
    const data = reports.length === 1 ? report.data : reports.map((each) => each.data);
    return JSON.stringify({ title: report.title, versions: versionLine, data }, undefined, 2);
  }
  if (output === "markdown") {
    const tables = reports.map(({ table, overview = table }) => markdownTable(overview));
    return [versionLine, ...tables].join("\n\n");
  }
  return reports.map(({ title, table }) => `${title}\n\n${plainTable(table)}`).join("\n\n");
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
