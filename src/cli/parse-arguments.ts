/** Reads the words behind a command, as the command declares them. */

import type { LimpidError } from "../errors/index.ts";
import { nearest } from "../errors/index.ts";
import type { Command, Flag, Input } from "./command.ts";
import { misuse } from "./misuse.ts";

/** Reads `--flag value`, `--flag=value`, `-f value`, `--` and positionals. Throws `LMP_CLI_…` for what is not declared. */
export function parseArguments(command: Command, words: readonly string[]): Input {
  const positionals: string[] = [];
  const flags = new Map<string, string>();
  const lists = new Map<string, string[]>();
  const give = (flag: Flag, value: string): void => {
    flags.set(flag.name, value);
    if (flag.several === true) lists.set(flag.name, [...(lists.get(flag.name) ?? []), value]);
  };
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
    if (equals >= 0) give(flag, checkedValue(flag, word.slice(equals + 1)));
    else if (flag.value === undefined) give(flag, "true");
    else give(flag, checkedValue(flag, words[++index]));
  }
  const { argument } = command;
  const allowed = argument === undefined ? 0 : argument.several === true ? Number.POSITIVE_INFINITY : 1;
  if (positionals.length > allowed) throw tooMany(command, positionals[allowed] ?? "");
  addEnvironment(command, flags);
  return { positionals, flags, lists };
}

/** A variable counts where its flag is not given; one that is empty counts as not set. */
function addEnvironment(command: Command, flags: Map<string, string>): void {
  for (const flag of command.flags) {
    const value = flag.environment === undefined ? undefined : process.env[flag.environment];
    if (value === undefined || value === "" || flags.has(flag.name)) continue;
    flags.set(flag.name, accepted(flag, value, `The variable ${flag.environment}`));
  }
}

function flagNamed(command: Command, written: string): Flag {
  const flag = command.flags.find(({ name, short }) => written === `--${name}` || written === `-${short}`);
  if (flag !== undefined) return flag;
  const known = command.flags.map(({ name }) => `--${name}`);
  const close = nearest(written, known);
  throw misuse("LMP_CLI_FLAG_UNKNOWN", `\`limpid ${command.name}\` has no flag ${written}.`, {
    expected: `one of ${known.join(", ")}`,
    found: written,
    fix: close === undefined ? `See \`limpid ${command.name} --help\`.` : `Did you mean ${close}?`,
  });
}

function checkedValue(flag: Flag, value: string | undefined): string {
  if (flag.value === undefined) {
    throw misuse("LMP_CLI_FLAG_VALUE", `The flag --${flag.name} takes no value.`, {
      found: value,
      fix: `Write --${flag.name} alone.`,
    });
  }
  if (value !== undefined && value !== "" && !value.startsWith("--")) {
    return accepted(flag, value, `The flag --${flag.name}`);
  }
  throw misuse("LMP_CLI_FLAG_VALUE", `The flag --${flag.name} needs a value.`, {
    expected: flag.accepts?.expected ?? flag.value,
    found: value === undefined || value === "" ? "nothing" : value,
    fix: `Write --${flag.name} ${flag.value}.`,
  });
}

function accepted(flag: Flag, value: string, where: string): string {
  if (flag.accepts === undefined || flag.accepts.test(value)) return value;
  throw misuse("LMP_CLI_FLAG_VALUE", `${where} has a value that it cannot take.`, {
    expected: flag.accepts.expected,
    found: value,
    fix: `Write --${flag.name} ${flag.default ?? flag.value}, or leave it out.`,
  });
}

function tooMany(command: Command, found: string): LimpidError {
  const message = `\`limpid ${command.name}\` does not know what to do with "${found}".`;
  return misuse("LMP_CLI_ARGUMENT_UNKNOWN", message, {
    expected: command.argument === undefined ? "no argument" : `at most one, ${command.argument.name}`,
    found,
    fix: `See \`limpid ${command.name} --help\`.`,
  });
}
