/** The options of `npm run fuzz`. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

/** What requests are given to; then templates; then values and texts for databases. */
export const targetNames = ["socket", "parser", "differential", "template", "escaper", "sql"] as const;
export type TargetName = (typeof targetNames)[number];

export interface FuzzOptions {
  readonly target: TargetName;
  readonly seconds: number;
  /** Ends the run early. */
  readonly inputs: number;
  readonly seed: number;
  readonly jobs: number;
  readonly json: boolean;
  /** Where findings are written. */
  readonly folder: string;
  /** A finding to try again. */
  readonly replay: string | undefined;
}

export const usage = `npm run fuzz -- [--target socket|parser|differential|template|escaper|sql] [--seconds 60] [--inputs N]
                  [--seed N] [--jobs N] [--json] [--findings FOLDER] [--replay FILE]`;

/** Reads the arguments; throws an error with the usage for what is not one. */
export function fuzzOptions(args: readonly string[]): FuzzOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      target: { type: "string", default: "socket" },
      seconds: { type: "string", default: "60" },
      inputs: { type: "string", default: "Infinity" },
      seed: { type: "string", default: String(Date.now() % 1_000_000_000) },
      jobs: { type: "string", default: "1" },
      json: { type: "boolean", default: false },
      findings: { type: "string", default: join(tmpdir(), "limpid-fuzz") },
      replay: { type: "string" },
    },
  });
  const target = targetNames.find((name) => name === values.target);
  if (target === undefined) throw new Error(`There is no target ${values.target}.\n${usage}`);
  return {
    target,
    seconds: positive("seconds", values.seconds),
    inputs: positive("inputs", values.inputs),
    seed: positive("seed", values.seed, 0),
    jobs: positive("jobs", values.jobs),
    json: values.json,
    folder: values.findings,
    replay: values.replay,
  };
}

function positive(name: string, text: string, least = 1): number {
  const value = Number(text);
  if (value >= least && (Number.isInteger(value) || value === Number.POSITIVE_INFINITY)) return value;
  throw new Error(`--${name} is a whole number from ${least} upwards, not ${text}.\n${usage}`);
}
