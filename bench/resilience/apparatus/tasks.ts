/** The other end of a `Program`: what a child process can be asked to do. */

interface Question {
  readonly id: number;
  readonly task: string;
  readonly given: unknown;
}

/** Answers the parent's questions with these tasks, until the parent is gone. */
export function perform(tasks: Record<string, (given: never) => unknown>): void {
  process.on("disconnect", () => process.exit(0));
  process.on("message", async ({ id, task, given }: Question) => {
    try {
      const perform = tasks[task] as ((given: unknown) => unknown) | undefined;
      if (perform === undefined) throw new Error(`There is no task named ${task}.`);
      process.send?.({ id, value: await perform(given) });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
}

/** Collects garbage until nothing more is freed. The process needs `--expose-gc`. */
export async function collectGarbage(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
