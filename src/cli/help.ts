/** The help of `limpid` and of each of its commands. */
import type { Command, CommandGroup, Flag } from "./command.ts";

/** The help of all. */
export function overview(commands: readonly (Command | CommandGroup)[]): string {
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

/** The help of a group of commands. */
export function groupHelp({ name, summary, commands }: CommandGroup): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  const rows = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `${summary}

Usage: limpid ${name} <command> [flags]

Commands:
${rows.join("\n")}

The flags of each: limpid ${commands[0]?.name ?? name} --help
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
  const more = flag.several === true ? "; may be given more than once" : "";
  const standard = flag.default === undefined ? more : `${more}; default: ${flag.default}`;
  return flag.environment === undefined ? standard : `${standard} [env: ${flag.environment}]`;
}
