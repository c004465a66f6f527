/** Keeps the process serving when an application loses a promise or throws where nobody listens. */
import { rootLogger } from "../log/index.ts";

/**
 * Logs what would end the process, and goes on. Node ends a process for fear that its state is broken; of a server
 * every other request would pay for that, and a handler's slip must not decide over them.
 */
export function surviveLostErrors(): void {
  process.on("uncaughtException", (error: unknown) => {
    rootLogger().fatal({ error: asError(error) }, "an exception that nobody caught");
  });
  process.on("unhandledRejection", (error: unknown) => {
    rootLogger().error({ error: asError(error) }, "a rejection that nobody handled");
  });
}

/** What was thrown, as an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}
