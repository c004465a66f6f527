/** Runs the command in this process, for commands that end by themselves. */
import { main } from "limpid/cli";

/** What a command printed, and its exit code. */
export interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `limpid` with these words in the folder `cwd`. */
export async function limpid(words: readonly string[], cwd: string): Promise<Printed> {
  let out = "";
  let err = "";
  const code = await main(words, { out: (text) => (out += text), err: (text) => (err += text), cwd });
  return { code, out, err };
}
