/** Waits for a signal, then lets what has begun come to its end. */
import { rootLogger } from "../log/index.ts";
import { asError } from "./lost-errors.ts";

/** Something that serves until it is told to stop. */
export interface Stoppable {
  /** How many connections are open. */
  connections(): number;
  /** Resolves when the last one has ended, at the latest after `grace` milliseconds. */
  close(options: { grace: number }): Promise<void>;
}

/** Milliseconds that requests have to end after a signal. */
const GRACE = 10_000;
/** 128 and the number of the signal, as shells count. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 };

/** Drains at the first signal, ends the process at the second. Resolves to the exit code. */
export function untilStopped(serving: Stoppable, say: (text: string) => void): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(exitCodes[signal as keyof typeof exitCodes]);
    stopping = true;
    say(`Stopping: ${waitingFor(serving.connections())}`);
    serving.close({ grace: GRACE }).then(
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

function waitingFor(connections: number): string {
  if (connections === 0) return "no connection is open.";
  const open = connections === 1 ? "1 open connection has" : `${connections} open connections have`;
  return `${open} ${GRACE / 1000} s to end; a second signal ends ${connections === 1 ? "it" : "them"} at once.`;
}
