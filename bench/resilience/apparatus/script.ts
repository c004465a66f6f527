/** What a script of this folder is: options from the command line, figures beside their bars, an exit code. */
import { loadavg } from "node:os";
import { basename } from "node:path";
import { parseArgs } from "node:util";

/** Numbers that the command line may change: `--clients 10000`. */
export type Options = Record<string, number>;

/** One figure, with its bar where it has one. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly bar?: string;
  readonly passed?: boolean;
}

/** A script while it runs. */
export class Run<Chosen extends Options> {
  readonly options: Chosen;
  readonly figures: Figure[] = [];
  readonly notes: string[] = [];
  readonly #begun = performance.now();

  constructor(options: Chosen) {
    this.options = options;
  }

  /** A figure that must not be larger than its bar. */
  atMost(name: string, value: number, bar: number, unit: string): void {
    this.figures.push({ name, value, unit, bar: `≤ ${bar}`, passed: value <= bar });
  }

  /** A figure that must not be smaller than its bar. */
  atLeast(name: string, value: number, bar: number, unit: string): void {
    this.figures.push({ name, value, unit, bar: `≥ ${bar}`, passed: value >= bar });
  }

  /** A figure that must be its bar. */
  exactly(name: string, value: number, bar: number, unit: string): void {
    this.figures.push({ name, value, unit, bar: `= ${bar}`, passed: value === bar });
  }

  /** A figure without a bar. */
  shown(name: string, value: number, unit: string): void {
    this.figures.push({ name, value, unit });
  }

  /** A sentence for whoever reads the figures. */
  note(text: string): void {
    this.notes.push(text);
  }

  /** Says on stderr how far it is. */
  progress(text: string): void {
    const seconds = ((performance.now() - this.#begun) / 1000).toFixed(0);
    process.stderr.write(`${seconds.padStart(5)} s  ${text}\n`);
  }

  get passed(): boolean {
    return this.figures.every((figure) => figure.passed !== false);
  }
}

/** Runs a script with the options of the command line, prints its figures and sets the exit code. */
export async function script<Chosen extends Options>(
  defaults: Chosen,
  body: (run: Run<Chosen>) => Promise<void>,
): Promise<void> {
  const { options, json } = commandLine(defaults);
  const run = new Run(options);
  const [before = 0] = loadavg();
  const name = basename(process.argv[1] ?? "", ".ts");
  try {
    await body(run);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${text}\n`);
    run.note(`It broke off: ${error instanceof Error ? error.message : text}`);
    run.exactly("broken off", 1, 0, "times");
  }
  run.note(
    `Load average of the machine: ${before.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after.`,
  );
  const { figures, notes, passed } = run;
  if (json) process.stdout.write(`${JSON.stringify({ script: name, options, figures, notes, passed })}\n`);
  else process.stdout.write(table(name, run));
  // Children may still hold handles; everything has been said.
  process.exit(passed ? 0 : 1);
}

function commandLine<Chosen extends Options>(defaults: Chosen): { options: Chosen; json: boolean } {
  const flags = Object.fromEntries(Object.keys(defaults).map((name) => [name, { type: "string" as const }]));
  const { values } = parseArgs({ options: { ...flags, json: { type: "boolean" } } });
  const chosen: Options = { ...defaults };
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== "string") continue;
    const number = Number(value);
    if (value === "" || !(number >= 0)) throw new TypeError(`--${name} takes a number, and got ${value}.`);
    chosen[name] = number;
  }
  return { options: chosen as Chosen, json: values.json === true };
}

function table<Chosen extends Options>(name: string, run: Run<Chosen>): string {
  const chosen = Object.entries(run.options).map(([option, value]) => `${option} ${value}`);
  const rows = run.figures.map((figure) => [
    figure.name,
    `${round(figure.value)} ${figure.unit}`,
    figure.bar ?? "",
    figure.passed === undefined ? "" : figure.passed ? "PASS" : "FAIL",
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const notes = run.notes.map((note) => `- ${note}`);
  const verdict = `${run.passed ? "PASS" : "FAIL"} ${name} (${chosen.join(", ")})`;
  return `${[verdict, ...lines.map((line) => `  ${line}`), ...notes].join("\n")}\n`;
}

function round(value: number): number {
  if (!Number.isFinite(value)) return value;
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
