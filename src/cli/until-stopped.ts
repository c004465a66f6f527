/** Waits for a signal, then lets what has begun come to its end. */
import { setTimeout as delay } from "node:timers/promises";
import { rootLogger } from "../log/index.ts";
import { asError } from "./lost-errors.ts";
import type { Say } from "./speaker.ts";

/** Something that serves until it is told to stop. */
export interface Stoppable {
  /** What has how long to end, as a sentence. */
  waiting(): string;
  /** Resolves when it has ended. What it rejects with is logged, and the exit code is 1. */
  stop(signal: NodeJS.Signals): Promise<void>;
}

/** Milliseconds that requests have to end after a signal. */
export const GRACE = 10_000;
/** 128 and the number of the signal, as shells count. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 };

/**
 * Goes on for `pause` milliseconds after the first signal, then stops; ends the process at the second signal.
 * Resolves to the exit code.
 */
export function untilStopped(serving: Stoppable, say: Say, pause = 0): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  let stopping = false;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (pause > 0) {
      say(`Stopping in ${pause} ms, and serving until then; a second signal ends it at once.`);
      await delay(pause);
    }
    say(`Stopping: ${serving.waiting()}`);
    await serving.stop(signal);
  };
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(exitCodes[signal as keyof typeof exitCodes]);
    stopping = true;
    end(signal).then(
      () => resolve(0),
      (error: unknown) => {
        rootLogger().error({ error: asError(error) }, "the application did not close well");
        resolve(1);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return promise;
}
