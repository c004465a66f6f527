/** Processes that write to one SQLite file, and what is in it when they have ended. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { TestContext } from "node:test";

export interface Writer {
  readonly child: ChildProcess;
  /** What it said, a line each. */
  lines(): string[];
  readonly ready: Promise<void>;
}

export function startWriter(t: TestContext, ...args: string[]): Writer {
  const program = join(import.meta.dirname, "writing-process.ts");
  const child = spawn(process.execPath, ["--conditions=source", program, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  t.after(() => child.kill("SIGKILL"));
  let output = "";
  let ready = (): void => undefined;
  const isReady = new Promise<void>((resolve) => (ready = resolve));
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (text: Buffer) => {
      output += text.toString();
      ready();
    });
  return { child, lines: () => output.split("\n").slice(0, -1), ready: isReady };
}

/** What is in the file, and whether SQLite finds it whole. */
export function stored(path: string): { readonly values: Set<string>; readonly integrity: unknown } {
  const database = new DatabaseSync(path);
  const values = new Set(
    database
      .prepare("SELECT v FROM t")
      .all()
      .map(({ v }) => String(v)),
  );
  const integrity = Object.values(database.prepare("PRAGMA integrity_check").get() ?? {})[0];
  database.close();
  return { values, integrity };
}
