/** The arguments of one use of a filter: read by name, checked, and refused in words that show the filter's signature. */
import { Html } from "../../message/index.ts";
import { TemplateError } from "../template-error.ts";
import { kindOf } from "../values/kind.ts";
import { truthy } from "../values/truth.ts";
import { textOf } from "./text-of.ts";

/** A filter as its author may write it: `center(width=80)`. */
export interface Signature {
  readonly name: string;
  readonly text: string;
  readonly parameters: readonly string[];
}

/** An argument that a filter cannot take. */
export function invalidArgument(
  signature: Signature,
  parameter: string,
  expected: string,
  found: string,
): TemplateError {
  return new TemplateError(
    "LMP_TEMPLATE_ARGUMENT_INVALID",
    `The filter \`${signature.name}\` cannot take this \`${parameter}\`.`,
    { expected, found, fix: `It is used as \`${signature.text}\`.` },
  );
}

/** What an argument is, for an error: numbers as they are, others by their kind, for they may be secrets. */
function shown(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return kindOf(value);
}

/** Arguments at the positions of a signature's parameters; one that is undefined or null counts as left out. */
export class Arguments {
  readonly signature: Signature;
  readonly #values: readonly unknown[];

  constructor(signature: Signature, values: readonly unknown[]) {
    this.signature = signature;
    this.#values = values;
  }

  /** The argument as it was given; undefined where it was left out. */
  get(parameter: string): unknown {
    return this.#values[this.signature.parameters.indexOf(parameter)] ?? undefined;
  }

  /** An argument that may be anything, null as well; `fallback` where it was left out. */
  anything(parameter: string, fallback: unknown): unknown {
    const value = this.#values[this.signature.parameters.indexOf(parameter)];
    return value === undefined ? fallback : value;
  }

  /** An argument that cannot be left out. */
  required(parameter: string, expected: string): unknown {
    const value = this.get(parameter);
    if (value === undefined) throw this.refused(parameter, expected);
    return value;
  }

  integer(parameter: string, fallback: number, from: number, to: number): number {
    const value = this.get(parameter) ?? fallback;
    const number = typeof value === "bigint" ? Number(value) : value;
    if (typeof number === "number" && Number.isInteger(number) && number >= from && number <= to)
      return number;
    throw this.refused(parameter, `a whole number from ${from} to ${to}`);
  }

  text(parameter: string, fallback: string): string {
    const value = this.get(parameter);
    if (value === undefined) return fallback;
    if (typeof value === "object" && !(value instanceof Html)) throw this.refused(parameter, "a string");
    return textOf(value);
  }

  flag(parameter: string, fallback: boolean): boolean {
    const value = this.get(parameter);
    return value === undefined ? fallback : truthy(value);
  }

  choice<T extends string>(parameter: string, fallback: T, choices: readonly T[]): T {
    const value = this.get(parameter);
    if (value === undefined) return fallback;
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) {
      throw this.refused(parameter, `one of ${choices.map((choice) => `"${choice}"`).join(", ")}`);
    }
    return chosen;
  }

  /** The error for an argument that cannot be taken. */
  refused(parameter: string, expected: string): TemplateError {
    return invalidArgument(this.signature, parameter, expected, shown(this.get(parameter)));
  }
}
