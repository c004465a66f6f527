/** The load generator as the runner sees it: a process of its own that does one job at a time. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { IdleResult } from "../generator/idle-connections.ts";
import type { Measurement } from "../generator/load.ts";
import type { Job, Outcome } from "../generator/messages.ts";
import { pinned } from "./pinned.ts";

const file = join(import.meta.dirname, "../generator/process.ts");

/** The process of the generator. */
export class GeneratorProcess {
  readonly #child: ChildProcess;

  constructor() {
    const [program, args] = pinned("load", [process.execPath, file]);
    this.#child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  }

  /** Fails unless the answers are right. */
  async verify(port: number, scenario: string, contents: number): Promise<void> {
    await this.#do({ kind: "verify", port, scenario, contents });
  }

  /** Measures a scenario. */
  async load(port: number, scenario: string, pid: number, seconds: number): Promise<Measurement> {
    return (await this.#do({ kind: "load", port, scenario, pid, seconds })) as Measurement;
  }

  /** Opens idle connections up to a number; they stay until `release`. */
  async hold(port: number, connections: number): Promise<IdleResult> {
    return (await this.#do({ kind: "idle", port, connections })) as IdleResult;
  }

  /** Closes the idle connections. */
  async release(): Promise<void> {
    await this.#do({ kind: "close" });
  }

  /** Ends it. */
  stop(): void {
    this.#child.disconnect();
  }

  async #do(job: Job): Promise<Measurement | IdleResult | undefined> {
    this.#child.send(job);
    const [outcome] = (await once(this.#child, "message")) as [Outcome];
    if ("failure" in outcome) throw new Error(outcome.failure);
    return outcome.result;
  }
}
