/** Runs one command line: finds the command, reads its words, prints what goes wrong. */
import { readFile } from "node:fs/promises";
import { describeError, LimpidError } from "../errors/index.ts";
import type { Command, Terminal } from "./command.ts";
import { routes } from "./commands/routes.ts";
import { start } from "./commands/start.ts";
import { commandHelp, overview } from "./help.ts";
import { nearest } from "./nearest.ts";
import { parseArguments } from "./parse-arguments.ts";

const commands: readonly Command[] = [start, routes];

const standard: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  cwd: process.cwd(),
};

/**
 * Runs a command line. Resolves to the exit code: 0, 1 where the command failed, 2 where it was written wrongly.
 *
 * @example
 * ```ts
 * import { main } from "limpid/cli";
 *
 * console.log(await main(["--version"], { out: () => {}, err: () => {}, cwd: "." })); // 0
 * ```
 */
export async function main(words: readonly string[], terminal: Terminal = standard): Promise<number> {
  const [first, ...rest] = words;
  if (first === "--version" || first === "-v") {
    terminal.out(`${await version()}\n`);
    return 0;
  }
  if (first === undefined || first === "--help" || first === "-h" || first === "help") {
    const named = commands.find(({ name }) => name === rest[0]);
    terminal.out(named === undefined ? overview(commands) : commandHelp(named));
    return 0;
  }
  try {
    const command = commandNamed(first);
    if (rest.includes("--help") || rest.includes("-h")) {
      terminal.out(commandHelp(command));
      return 0;
    }
    return await command.run(parseArguments(command, rest), terminal);
  } catch (error) {
    terminal.err(`${describeError(error)}\n`);
    return error instanceof LimpidError && misuse.has(error.code) ? 2 : 1;
  }
}

const misuse = new Set<string>([
  "LMP_CLI_COMMAND_UNKNOWN",
  "LMP_CLI_FLAG_UNKNOWN",
  "LMP_CLI_FLAG_VALUE",
  "LMP_CLI_ARGUMENT_UNKNOWN",
]);

function commandNamed(written: string): Command {
  const command = commands.find(({ name }) => name === written);
  if (command !== undefined) return command;
  const names = commands.map(({ name }) => name);
  const close = nearest(written, names);
  throw new LimpidError("LMP_CLI_COMMAND_UNKNOWN", `There is no command "${written}".`, {
    expected: `one of ${names.join(", ")}`,
    found: written,
    fix: close === undefined ? "See `limpid --help`." : `Did you mean \`limpid ${close}\`?`,
  });
}

async function version(): Promise<string> {
  const manifest = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
