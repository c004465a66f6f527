/** Waits for a lock of another process without blocking this one: SQLite's own waiting would stop the event loop. */
import { isBusy } from "./open-database.ts";

/** The longest pause between two attempts, in milliseconds. */
const maxPause = 20;

/** Runs until it is not busy, for `timeout` milliseconds at most; then the last error stands. */
export async function retryWhileBusy<Result>(run: () => Result, timeout: number): Promise<Result> {
  const deadline = performance.now() + timeout;
  for (let pause = 1; ; pause = Math.min(pause * 1.5, maxPause)) {
    // Of several that wait, one comes by chance between two writes of another: the pauses differ.
    await sleep(pause * (0.5 + Math.random()));
    try {
      return run();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error;
    }
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
