/** Child processes: a server on the first core, clients on the second, each asked to do things over its channel. */
import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";

/** The repository's root. */
export const root: string = join(import.meta.dirname, "../../..");

/** What a process is pinned to and how gently it runs. */
export interface Placing {
  /** 0 for servers, 1 for clients. Ignored where there is one core, or no `taskset`. */
  readonly core: 0 | 1;
  /** 19 gives way to everybody. Default: 0. */
  readonly nice?: number;
}

/** What comes back from a child for one task. */
interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

const pins = existsSync("/usr/bin/taskset") && availableParallelism() > 1;
const children = new Set<ChildProcess>();

process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
});

/** Starts Node on a file, pinned, with as many file descriptors as the system permits. */
export function startNode(
  words: readonly string[],
  placing: Placing,
  stdio: StdioOptions,
  env: Record<string, string> = {},
): ChildProcess {
  const pin = pins ? ["taskset", "-c", String(placing.core)] : [];
  const nice = placing.nice ? ["nice", "-n", String(placing.nice)] : [];
  const command = [...pin, ...nice, process.execPath, "--conditions=source", "--expose-gc", ...words];
  const raise = 'ulimit -n "$(ulimit -Hn)" 2>/dev/null; exec "$@"';
  const child = spawn("sh", ["-c", raise, "sh", ...command], {
    cwd: root,
    stdio,
    env: { ...process.env, LOG_LEVEL: "fatal", ...env },
  });
  children.add(child);
  child.once("exit", () => children.delete(child));
  return child;
}

/** A program of `servers/` or `clients/` that runs. */
export class Program implements Disposable {
  readonly process: ChildProcess;
  readonly #name: string;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #lastId = 0;
  #ended: Error | undefined;

  /** `name` is a path from `bench/resilience/`, such as `"servers/limpid"`. */
  constructor(name: string, placing: Placing) {
    this.#name = name;
    const file = join(root, "bench/resilience", `${name}.ts`);
    this.process = startNode([file], placing, ["ignore", "inherit", "inherit", "ipc"]);
    this.process.on("message", (answer: Answer) => this.#settle(answer));
    this.process.on("exit", (code, signal) => this.#end(code, signal));
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** Whether it ended although nobody told it to. */
  get crashed(): boolean {
    return this.#ended !== undefined;
  }

  /** Asks for a task of the program and waits for what it gives. */
  ask<Value>(task: string, given?: unknown): Promise<Value> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const id = ++this.#lastId;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(id, waiting);
    this.process.send({ id, task, given });
    return waiting.promise as Promise<Value>;
  }

  /** Ends it. */
  [Symbol.dispose](): void {
    this.process.removeAllListeners("exit");
    children.delete(this.process);
    this.process.kill("SIGKILL");
  }

  #settle({ id, value, error }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(`${this.#name}: ${error}`));
  }

  #end(code: number | null, signal: string | null): void {
    children.delete(this.process);
    this.#ended = new Error(`${this.#name} ended by itself, with ${signal ?? `exit code ${code}`}.`);
    for (const waiting of this.#waiting.values()) waiting.reject(this.#ended);
    this.#waiting.clear();
  }
}
