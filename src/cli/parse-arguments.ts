/** Words of the command line to positionals and flags, by what the command declares. */
import { LimpidError } from "../errors/index.ts";
import type { Command, Flag, Input } from "./command.ts";
import { nearest } from "./nearest.ts";

/** Reads `--flag value`, `--flag=value`, `-f value`, `--` and positionals. Throws `LMP_CLI_…` for what is not declared. */
export function parseArguments(command: Command, words: readonly string[]): Input {
  const positionals: string[] = [];
  const flags = new Map<string, string>();
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word === "--") {
      positionals.push(...words.slice(index + 1));
      break;
    }
    if (!word.startsWith("-") || word === "-") {
      positionals.push(word);
      continue;
    }
    const equals = word.indexOf("=");
    const name = equals < 0 ? word : word.slice(0, equals);
    const flag = flagNamed(command, name);
    if (equals >= 0) flags.set(flag.name, valueOf(flag, word.slice(equals + 1)));
    else if (flag.value === undefined) flags.set(flag.name, "true");
    else flags.set(flag.name, valueOf(flag, words[++index]));
  }
  const allowed = command.argument === undefined ? 0 : 1;
  if (positionals.length > allowed) throw tooMany(command, positionals[allowed] ?? "");
  addEnvironment(command, flags);
  return { positionals, flags };
}

function addEnvironment(command: Command, flags: Map<string, string>): void {
  for (const { name, environment } of command.flags) {
    const value = environment === undefined ? undefined : process.env[environment];
    if (value !== undefined && value !== "" && !flags.has(name)) flags.set(name, value);
  }
}

function flagNamed(command: Command, written: string): Flag {
  const flag = command.flags.find((known) => written === `--${known.name}` || written === `-${known.short}`);
  if (flag !== undefined) return flag;
  const known = command.flags.map(({ name }) => `--${name}`);
  const close = nearest(written, known);
  throw new LimpidError("LMP_CLI_FLAG_UNKNOWN", `\`limpid ${command.name}\` has no flag ${written}.`, {
    expected: `one of ${known.join(", ")}`,
    found: written,
    fix: close === undefined ? `See \`limpid ${command.name} --help\`.` : `Did you mean ${close}?`,
  });
}

function valueOf(flag: Flag, value: string | undefined): string {
  if (flag.value === undefined) {
    throw new LimpidError("LMP_CLI_FLAG_VALUE", `The flag --${flag.name} takes no value.`, {
      found: value,
      fix: `Write --${flag.name} alone.`,
    });
  }
  if (value !== undefined && value !== "" && !value.startsWith("--")) return value;
  throw new LimpidError("LMP_CLI_FLAG_VALUE", `The flag --${flag.name} needs a value.`, {
    expected: flag.value,
    found: value === undefined || value === "" ? "nothing" : value,
    fix: `Write --${flag.name} ${flag.value}.`,
  });
}

function tooMany(command: Command, found: string): LimpidError {
  return new LimpidError(
    "LMP_CLI_ARGUMENT_UNKNOWN",
    `\`limpid ${command.name}\` does not know what to do with "${found}".`,
    {
      expected: command.argument === undefined ? "no argument" : `at most one, ${command.argument.name}`,
      found,
      fix: `See \`limpid ${command.name} --help\`.`,
    },
  );
}
