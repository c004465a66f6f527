/** The command line, checked word by word. */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { candidates } from "./candidates.ts";
import { type Command, commands, type Plan } from "./commands.ts";
import { candidateNames, databaseNames } from "./orm/candidates.ts";
import { scenarios as orm } from "./orm/scenarios.ts";
import { scenarios } from "./scenarios.ts";
import { engines } from "./templates/engines.ts";
import { scenarios as templates } from "./templates/scenarios.ts";
import { UsageError } from "./usage-error.ts";

/** What was asked for. */
export interface Arguments extends Plan {
  command: Command;
  output: "table" | "json" | "markdown";
  help: boolean;
}

const options = {
  scenario: { type: "string" },
  candidate: { type: "string" },
  database: { type: "string" },
  rounds: { type: "string" },
  seconds: { type: "string" },
  node: { type: "string" },
  limpid: { type: "string" },
  quick: { type: "boolean" },
  json: { type: "boolean" },
  markdown: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

function parse(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Some of the words that are possible, or all where nothing was said. */
function chosen(what: string, said: string | undefined, possible: readonly string[]): readonly string[] {
  if (said === undefined) return possible;
  const words = said.split(",");
  for (const word of words) {
    if (possible.includes(word)) continue;
    if (possible.length === 0) throw new UsageError(`This command takes no ${what}.`);
    throw new UsageError(`There is no ${what} "${word}" here; there are ${possible.join(", ")}.`);
  }
  return possible.filter((word) => words.includes(word));
}

function positive(what: string, said: string | undefined, otherwise: number): number {
  if (said === undefined) return otherwise;
  const number = Number(said);
  if (!(number > 0 && number < 3600))
    throw new UsageError(`--${what} takes a number above 0, not "${said}".`);
  return number;
}

function commandNamed(words: readonly string[]): Command {
  const [word, ...more] = words;
  const command = word === undefined ? commands[0]! : commands.find(({ name }) => name === word);
  const names = commands.map(({ name }) => name).join(", ");
  if (command === undefined) throw new UsageError(`There is no command "${word}"; there are ${names}.`);
  if (more.length > 0) throw new UsageError(`There is one command at a time; "${more[0]}" is one too many.`);
  return command;
}

function limpidFrom(said = "source"): "source" | "dist" {
  if (said === "source" || said === "dist") return said;
  throw new UsageError(`--limpid takes "source" or "dist", not "${said}".`);
}

/** Reads the arguments behind the name of the program. Throws a `UsageError` for what is not known. */
export function readArguments(args: string[]): Arguments {
  const { values, positionals } = parse(args);
  const command = commandNamed(positionals);
  const [fewer, shorter] =
    values.quick === true ? [2, command.seconds / 5] : [command.rounds, command.seconds];
  const rounds = positive("rounds", values.rounds, fewer);
  if (!Number.isInteger(rounds)) throw new UsageError("--rounds takes a whole number.");
  if (values.node !== undefined && !existsSync(values.node)) {
    throw new UsageError(`--node takes the path of a Node; there is no file ${values.node}.`);
  }
  if (values.json === true && values.markdown === true) {
    throw new UsageError("There is one output: --json or --markdown.");
  }
  return {
    command,
    scenarios: chosen("scenario", values.scenario, command.scenarios),
    candidates: chosen("candidate", values.candidate, command.candidates),
    databases: chosen("database", values.database, command.databases ?? []),
    rounds,
    seconds: positive("seconds", values.seconds, shorter),
    node: values.node ?? process.execPath,
    limpid: limpidFrom(values.limpid),
    output: values.json === true ? "json" : values.markdown === true ? "markdown" : "table",
    help: values.help === true,
  };
}

function list(entries: readonly { name: string; about: string }[]): string {
  return entries.map(({ name, about }) => `  ${name.padEnd(21)} ${about}`).join("\n");
}

/** What `--help` says. */
export function help(): string {
  return `npm run bench -- [command] [options]

Commands (the first one by default):
${list(commands)}

Options:
  --scenario NAME,…     only these scenarios
  --candidate NAME,…    only these candidates
  --database NAME,…     only these databases, of \`orm\`
  --rounds N            how often everything is measured
  --seconds N           how long each time
  --quick               two short rounds, to see that all of it works
  --node PATH           the Node that runs the servers
  --limpid source|dist  where Limpid is taken from; source by default
  --json                figures of every round
  --markdown            the table for a document, with date and versions
  --help                this

Scenarios:
${list(scenarios)}

Servers:
${list(candidates)}

Scenarios of \`templates\`:
${list(templates)}

Its engines: ${Object.keys(engines).join(", ")}

Scenarios of \`orm\`:
${list(orm)}

Its databases: ${databaseNames.join(", ")}
Its candidates: ${candidateNames.join(", ")}`;
}
