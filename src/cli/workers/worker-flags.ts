/** The flags of `limpid start` about workers and how they end. */
import { availableParallelism } from "node:os";
import type { Flag, Input } from "../command.ts";

/** More processes than any machine has use for; a slip of the finger must not start ten thousand. */
const MOST = 1024;
const LONGEST_PAUSE = 600_000;

export const workerFlags: readonly Flag[] = [
  {
    name: "workers",
    short: "w",
    value: "<number>",
    summary: "processes that share the port, auto for one a core; default: this process alone",
    accepts: {
      expected: `auto, or a whole number from 1 to ${MOST}`,
      test: (value) => value === "auto" || wholeNumber(value, 1, MOST),
    },
  },
  {
    name: "shutdown-delay",
    value: "<ms>",
    summary: "milliseconds to go on serving after a signal to stop",
    default: "0",
    accepts: {
      expected: `a whole number from 0 to ${LONGEST_PAUSE}`,
      test: (value) => wholeNumber(value, 0, LONGEST_PAUSE),
    },
  },
];

/** How many workers are asked for; undefined for none. */
export function workerCount({ flags }: Input): number | undefined {
  const asked = flags.get("workers");
  if (asked === undefined) return undefined;
  return asked === "auto" ? availableParallelism() : Number(asked);
}

/** Milliseconds between a signal and the end of listening. */
export function shutdownDelay({ flags }: Input): number {
  return Number(flags.get("shutdown-delay") ?? 0);
}

function wholeNumber(value: string, least: number, most: number): boolean {
  return /^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most;
}
