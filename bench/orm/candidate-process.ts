/** A candidate in a process of its own, seen from the one that measures. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { commandFor, type Runtimes } from "../candidates.ts";
import { pinned } from "../measure/pinned.ts";
import type { Connection } from "./operations.ts";
import type { Answer, Figures, Order } from "./process.ts";
import type { DatabaseName } from "./tables.ts";

/** What the candidate gave in each scenario, turn by turn. */
export type Answers = Readonly<Record<string, readonly Answer[]>>;

/** A process that waits for what to measure. */
export class CandidateProcess {
  readonly name: string;
  readonly answers: Answers;
  readonly #child: ChildProcess;

  private constructor(name: string, child: ChildProcess, answers: Answers) {
    this.name = name;
    this.#child = child;
    this.answers = answers;
  }

  /** Starts the process; fails where the candidate cannot be loaded or one of the scenarios fails. */
  static async start(
    database: DatabaseName,
    name: string,
    connection: Connection,
    { scenarios, ...runtimes }: Runtimes & { readonly scenarios: readonly string[] },
  ): Promise<CandidateProcess> {
    const file = join(import.meta.dirname, "process.ts");
    const told = [database, name, JSON.stringify(connection), ...scenarios];
    const command = [...commandFor("node", file, runtimes), ...told];
    const [program, args] = pinned("server", command);
    const child = spawn(program, args, {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      // Dates and the difference between `undefined` and nothing have to arrive.
      serialization: "advanced",
      env: { ...process.env, NODE_ENV: "production" },
    });
    try {
      return new CandidateProcess(name, child, (await said(child, name)) as Answers);
    } catch (error) {
      child.kill("SIGKILL");
      throw error;
    }
  }

  /** Microseconds of one operation. */
  async measure(order: Order): Promise<Figures> {
    this.#child.send(order);
    return (await said(this.#child, this.name)) as Figures;
  }

  /** Ends the process, and waits until it has: its connections are closed then. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await ended;
  }
}

async function said(child: ChildProcess, name: string): Promise<unknown> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const ended = once(child, "exit", { signal }).then(([code]) => {
    throw new Error(`The process of ${name} has ended with code ${code}; what it said is above.`);
  });
  const message = once(child, "message", { signal }).then(([value]) => value as unknown);
  try {
    return await Promise.race([message, ended]);
  } finally {
    waiting.abort();
    message.catch(() => {});
    ended.catch(() => {});
  }
}
