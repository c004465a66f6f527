/** Runs one command line: finds the command, reads its words, prints what goes wrong. */

import { readFile } from "node:fs/promises";
import { nearest } from "../errors/index.ts";
import type { Command, Terminal } from "./command.ts";
import { check } from "./commands/check.ts";
import { routes } from "./commands/routes.ts";
import { start } from "./commands/start.ts";
import { status } from "./commands/status.ts";
import { commandHelp, overview } from "./help.ts";
import { exitCodeOf, misuse } from "./misuse.ts";
import { parseArguments } from "./parse-arguments.ts";
import { shownError } from "./shown-error.ts";
import { orStalled } from "./stall.ts";

const commands: readonly Command[] = [start, status, routes, check];

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
export async function main(words: readonly string[], terminal: Terminal = standard()): Promise<number> {
  const [first, ...rest] = words;
  if (first === "--version" || first === "-v") {
    terminal.out(`${await version()}\n`);
    return 0;
  }
  try {
    if (first === undefined || first === "--help" || first === "-h" || first === "help") {
      terminal.out(rest[0] === undefined ? overview(commands) : commandHelp(commandNamed(rest[0])));
      return 0;
    }
    const command = commandNamed(first);
    if (asksForHelp(rest)) {
      terminal.out(commandHelp(command));
      return 0;
    }
    return await orStalled(command.run(parseArguments(command, rest), terminal));
  } catch (error) {
    terminal.err(`${shownError(error)}\n`);
    return exitCodeOf(error);
  }
}

function standard(): Terminal {
  // `limpid routes | head` closes the pipe early; that is no failure of either.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    cwd: process.cwd(),
  };
}

function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf("--");
  const flags = end < 0 ? words : words.slice(0, end);
  return flags.includes("--help") || flags.includes("-h");
}

function commandNamed(written: string): Command {
  const command = commands.find(({ name }) => name === written);
  if (command !== undefined) return command;
  const names = commands.map(({ name }) => name);
  if (written.startsWith("-")) {
    throw misuse("LMP_CLI_FLAG_UNKNOWN", `\`limpid\` itself has no flag ${written}.`, {
      expected: "a command first, then its flags",
      found: written,
      fix: `Write, for instance, \`limpid start ${written}\`, or see \`limpid --help\`.`,
    });
  }
  const close = /\.[cm]?[jt]s$/.test(written) ? `start ${written}` : nearest(written, names);
  throw misuse("LMP_CLI_COMMAND_UNKNOWN", `There is no command "${written}".`, {
    expected: `one of ${names.join(", ")}`,
    found: written,
    fix: close === undefined ? "See `limpid --help`." : `Did you mean \`limpid ${close}\`?`,
  });
}

async function version(): Promise<string> {
  const manifest = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
