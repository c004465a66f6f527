/** A running candidate: started on its core, asked for its ports, told to collect its garbage, stopped. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Ports } from "../candidates/ready.ts";
import type { Candidate } from "../candidates.ts";
import { pinned } from "./pinned.ts";

/** A line that a candidate writes. */
type Line = { ready: Ports } | { collected: boolean };

/** The process of one candidate. */
export class CandidateProcess {
  readonly candidate: Candidate;
  readonly pid: number;
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  #ports: Ports = {};

  private constructor(candidate: Candidate, child: ChildProcessByStdio<Writable, Readable, null>) {
    this.candidate = candidate;
    this.#child = child;
    this.pid = child.pid ?? 0;
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** Starts a candidate and waits until it listens. */
  static async start(candidate: Candidate, command: readonly string[]): Promise<CandidateProcess> {
    const [program, args] = pinned("server", command);
    const child = spawn(program, args, {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, NODE_ENV: "production", NO_COLOR: "1" },
    });
    const started = new CandidateProcess(candidate, child);
    const line = await started.#line();
    if ("ready" in line) started.#ports = line.ready;
    return started;
  }

  /** Where it answers a scenario. */
  portFor(scenario: string): number {
    const port = typeof this.#ports === "number" ? this.#ports : this.#ports[scenario];
    if (port === undefined) throw new Error(`${this.candidate.name} has no port for ${scenario}.`);
    return port;
  }

  /** Collects garbage; false where the runtime does not let one. */
  async collect(): Promise<boolean> {
    this.#child.stdin.write("collect\n");
    const line = await this.#line();
    return "collected" in line && line.collected;
  }

  /** Ends it. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await ended;
  }

  /** The next line that is meant for the runner; a server may log others. */
  async #line(): Promise<Line> {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done === true) throw new Error(`${this.candidate.name} has ended.`);
      if (/^\{"(?:ready|collected)":/.test(value)) return JSON.parse(value) as Line;
      process.stderr.write(`${this.candidate.name}: ${value}\n`);
    }
  }
}
