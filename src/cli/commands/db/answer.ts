/** Prints what a command of `limpid db` found: for a person, or as JSON. */
import { LimpidError } from "../../../errors/index.ts";
import type { Input, Terminal } from "../../command.ts";
import { exitCodeOf } from "../../misuse.ts";

/** What a command found, in both forms, and its exit code. */
export interface Answer {
  readonly json: unknown;
  readonly text: string;
  /** Default: 0. */
  readonly code?: number;
}

/** Runs `work` and prints its answer. With `--json` an error is printed as JSON too, with what is known of it. */
export async function answer(input: Input, terminal: Terminal, work: () => Promise<Answer>): Promise<number> {
  if (!input.flags.has("json")) {
    const { text, code } = await work();
    terminal.out(text);
    return code ?? 0;
  }
  try {
    const { json, code } = await work();
    terminal.out(`${JSON.stringify(json, null, 2)}\n`);
    return code ?? 0;
  } catch (error) {
    if (!(error instanceof LimpidError)) throw error;
    const { code, message, expected, found, fix } = error;
    terminal.out(`${JSON.stringify({ error: { code, message, expected, found, fix } }, null, 2)}\n`);
    return exitCodeOf(error);
  }
}
