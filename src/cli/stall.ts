/** Tells of a command that waits for ever: Node would end the process without a word. */
import { LimpidError } from "../errors/index.ts";

/** The promise, or `LMP_CLI_STALLED` as soon as nothing is left that could settle it. */
export async function orStalled<Value>(promise: Promise<Value>): Promise<Value> {
  const { promise: stalled, reject } = Promise.withResolvers<never>();
  const tell = (): void => {
    reject(
      new LimpidError("LMP_CLI_STALLED", "The command waits for something that will never happen.", {
        expected: "a promise that settles",
        found: "nothing left to run, and a promise still pending",
        fix: "Look for a top-level `await` in the application's modules, or a start hook, that never settles.",
      }),
    );
  };
  process.once("beforeExit", tell);
  try {
    return await Promise.race([promise, stalled]);
  } finally {
    process.off("beforeExit", tell);
  }
}
