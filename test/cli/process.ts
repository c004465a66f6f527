/** Runs the `limpid` command as a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What a finished command printed. */
export interface Finished {
  code: number | null;
  out: string;
  err: string;
}

/** A command that runs. */
export interface Running {
  process: ChildProcess;
  /** Resolves when the output matches. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  finished: Promise<Finished>;
}

/** Options of a run. */
export interface RunOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** Flags of Node itself. */
  node?: string[];
}

/** A folder with files inside the repository, so that `limpid` resolves; removed behind the test. */
export async function folder(t: TestContext, files: Record<string, string>): Promise<string> {
  const path = await mkdtemp(join(root, "test/cli/folder-"));
  t.after(() => rm(path, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  return path;
}

/** Starts the command. */
export function start(words: string[], options: RunOptions = {}): Running {
  const flags = ["--conditions=source", ...(options.node ?? []), join(root, "src/cli/bin.ts"), ...words];
  const { PORT: _port, HOST: _host, ...inherited } = process.env;
  const env = { ...inherited, LOG_LEVEL: "fatal", ...options.env };
  const child = spawn(process.execPath, flags, { cwd: options.cwd ?? root, env });
  const result: Finished = { code: null, out: "", err: "" };
  child.stdout.on("data", (bytes: Buffer) => (result.out += bytes));
  child.stderr.on("data", (bytes: Buffer) => (result.err += bytes));
  const finished = once(child, "close").then(([code]) => ({ ...result, code: code as number | null }));
  return { process: child, finished, printed: (pattern) => printed(child, result, pattern) };
}

/** Runs the command to its end. */
export function run(words: string[], options: RunOptions = {}): Promise<Finished> {
  return start(words, options).finished;
}

function printed(child: ChildProcess, result: Finished, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const match = pattern.exec(result.out);
      if (match === null) return;
      child.stdout?.off("data", look);
      resolve(match);
    };
    child.stdout?.on("data", look);
    child.once("close", () => reject(new Error(`ended without ${pattern}: ${result.out}${result.err}`)));
    look();
  });
}
