/** The help of `limpid` and of each of its commands. */
import type { Command, Flag } from "./command.ts";

/** The help of all. */
export function overview(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }) => `  ${name.padEnd(13)}  ${summary}`);
  return `Limpid, a web framework from the socket to the page.

Usage: limpid <command> [arguments]

Commands:
${rows.join("\n")}

Flags:
  -h, --help     this help, or that of a command: limpid start --help
  -v, --version  the version
`;
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  const { argument, flags, examples } = command;
  const words = ["limpid", command.name, ...(argument ? [argument.name] : []), "[flags]"];
  const sections = [`${command.summary}`, `Usage: ${words.join(" ")}`];
  if (argument !== undefined) sections.push(`Argument:\n  ${argument.name}  ${argument.summary}`);
  const rows = [...flags, { name: "help", short: "h", summary: "this help" }];
  const width = Math.max(...rows.map((flag) => spelling(flag).length));
  const lines = rows.map((flag) => `  ${spelling(flag).padEnd(width)}  ${flag.summary}${otherwise(flag)}`);
  sections.push(`Flags:\n${lines.join("\n")}`);
  sections.push(`Examples:\n${examples.map((example) => `  ${example}`).join("\n")}`);
  return `${sections.join("\n\n")}\n`;
}

function spelling({ name, short, value }: Flag): string {
  const long = value === undefined ? `--${name}` : `--${name} ${value}`;
  return short === undefined ? `    ${long}` : `-${short}, ${long}`;
}

function otherwise(flag: Flag): string {
  const standard = flag.default === undefined ? "" : `; default: ${flag.default}`;
  return flag.environment === undefined ? standard : `${standard} [env: ${flag.environment}]`;
}
