/** An engine in a process of its own, seen from the one that measures. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { commandFor, type Runtimes } from "../candidates.ts";
import { pinned } from "../measure/pinned.ts";
import type { Order } from "./process.ts";

/** The page of each scenario that the engine takes part in. */
export type Pages = Readonly<Record<string, string>>;

/** A process that waits for what to measure. */
export class EngineProcess {
  readonly name: string;
  readonly pages: Pages;
  readonly #child: ChildProcess;

  private constructor(name: string, child: ChildProcess, pages: Pages) {
    this.name = name;
    this.#child = child;
    this.pages = pages;
  }

  /** Starts the process; fails where the engine cannot be loaded or does not take its templates. */
  static async start(name: string, runtimes: Runtimes): Promise<EngineProcess> {
    const file = join(import.meta.dirname, "process.ts");
    const [program, args] = pinned("server", [...commandFor("node", file, runtimes), name]);
    const child = spawn(program, args, {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      env: { ...process.env, NODE_ENV: "production" },
    });
    return new EngineProcess(name, child, (await answer(child, name)) as Pages);
  }

  /** Microseconds of CPU for one time. */
  async measure(order: Order): Promise<number> {
    this.#child.send(order);
    return (await answer(this.#child, this.name)) as number;
  }

  stop(): void {
    this.#child.kill("SIGKILL");
  }
}

async function answer(child: ChildProcess, name: string): Promise<unknown> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const ended = once(child, "exit", { signal }).then(([code]) => {
    throw new Error(`The process of ${name} has ended with code ${code}; what it said is above.`);
  });
  const said = once(child, "message", { signal }).then(([message]) => message as unknown);
  try {
    return await Promise.race([said, ended]);
  } finally {
    waiting.abort();
    said.catch(() => {});
    ended.catch(() => {});
  }
}
