/** Runs one command line: finds the command, reads its words, prints what goes wrong. */

import { readFile } from "node:fs/promises";
import { nearest } from "../errors/index.ts";
import type { Command, CommandGroup, Terminal } from "./command.ts";
import { check } from "./commands/check.ts";
import { db } from "./commands/db.ts";
import { routes } from "./commands/routes.ts";
import { start } from "./commands/start.ts";
import { status } from "./commands/status.ts";
import { commandHelp, groupHelp, overview } from "./help.ts";
import { exitCodeOf, misuse } from "./misuse.ts";
import { parseArguments } from "./parse-arguments.ts";
import { shownError } from "./shown-error.ts";
import { orStalled } from "./stall.ts";

const commands: readonly (Command | CommandGroup)[] = [start, status, routes, check, db];

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
  const [first, second] = words;
  if (first === "--version" || first === "-v") {
    terminal.out(`${await version()}\n`);
    return 0;
  }
  try {
    if (first === undefined || first === "--help" || first === "-h" || first === "help") {
      terminal.out(second === undefined ? overview(commands) : helpFor(words.slice(1)));
      return 0;
    }
    const { command, rest } = commandOf(words);
    if (command === undefined || asksForHelp(rest)) {
      terminal.out(helpFor(words));
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
    ...(process.stdin.isTTY && process.stdout.isTTY ? { ask } : {}),
  };
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await reader.question(question);
  } finally {
    reader.close();
  }
}

function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf("--");
  const flags = end < 0 ? words : words.slice(0, end);
  return flags.includes("--help") || flags.includes("-h");
}

/** The command that the words begin with; none where a group stands alone or is asked for its help. */
function commandOf(words: readonly string[]): { command: Command | undefined; rest: readonly string[] } {
  const [first = "", second] = words;
  const named = commandNamed(first, commands);
  if (!("commands" in named)) return { command: named, rest: words.slice(1) };
  if (second === undefined || asksForHelp([second])) return { command: undefined, rest: [] };
  const command = named.commands.find(({ name }) => name === `${named.name} ${second}`);
  if (command !== undefined) return { command, rest: words.slice(2) };
  const names = named.commands.map(({ name }) => name);
  const close = nearest(`${named.name} ${second}`, names);
  throw misuse("LMP_CLI_COMMAND_UNKNOWN", `There is no command "${named.name} ${second}".`, {
    expected: `one of ${names.join(", ")}`,
    found: second,
    fix: close === undefined ? `See \`limpid ${named.name} --help\`.` : `Did you mean \`limpid ${close}\`?`,
  });
}

function helpFor(words: readonly string[]): string {
  const { command } = commandOf(words);
  if (command !== undefined) return commandHelp(command);
  const group = commandNamed(words[0] ?? "", commands);
  return "commands" in group ? groupHelp(group) : commandHelp(group);
}

function commandNamed<Named extends { readonly name: string }>(
  written: string,
  among: readonly Named[],
): Named {
  const command = among.find(({ name }) => name === written);
  if (command !== undefined) return command;
  const names = among.map(({ name }) => name);
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
