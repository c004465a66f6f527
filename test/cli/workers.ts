/** What the tests of several workers need: an application that says who answered, and questions to it. */
import { readFileSync } from "node:fs";
import { Agent, get } from "node:http";
import type { TestContext } from "node:test";
import { folder, type Running, start } from "./process.ts";

/** The line of a start with workers. */
export const listening = /Listening on (\S+) \(process (\d+), \d+ workers?\), started in \d+ ms\./;

/** An application of a version, which every answer tells together with the process. */
export function appOf(version: string): string {
  return `import { App } from "limpid";
const app = new App();
app.get("/", () => ({ version: "${version}", pid: process.pid }));
app.get("/slow", async () => { console.log("begun"); await new Promise((resolve) => setTimeout(resolve, 400)); return { version: "${version}", pid: process.pid }; });
app.get("/exit", () => process.exit(3));
export default app;
`;
}

/** Who answered. */
export interface Answer {
  readonly version: string;
  readonly pid: number;
  readonly connection: string | undefined;
}

/** A running `limpid start --workers`; ended behind the test, whatever becomes of it. */
export interface Cluster {
  readonly running: Running;
  readonly url: string;
  readonly cwd: string;
  readonly env: Record<string, string>;
}

/** Starts it in a folder of its own, which is also where its status is found. */
export async function startWorkers(t: TestContext, words: string[], files = {}): Promise<Cluster> {
  const cwd = await folder(t, { "app.ts": appOf("first"), ...files });
  const env = { XDG_RUNTIME_DIR: cwd, TMPDIR: cwd, LOG_LEVEL: "info" };
  const running = start(["start", "--port", "0", ...words], { cwd, env });
  t.after(() => running.process.kill("SIGKILL"));
  const [, url = ""] = await running.printed(listening);
  return { running, url: url.replace("localhost", "127.0.0.1"), cwd, env };
}

/** Asks once; on a connection of its own, or on one that the agent keeps. Rejects where no answer comes. */
export function ask(url: string, agent: Agent | false = false): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, timeout: 10_000 }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (piece: string) => (text += piece));
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode !== 200) reject(new Error(`${response.statusCode} ${text}`));
        else resolve({ ...JSON.parse(text), connection: response.headers.connection });
      });
    });
    request.on("timeout", () => request.destroy(new Error("no answer")));
    request.on("error", reject);
  });
}

/** Asks until an answer is as wanted. */
export async function askUntil(url: string, wanted: (answer: Answer) => boolean): Promise<Answer> {
  for (;;) {
    const answer = await ask(url).catch(() => undefined);
    if (answer !== undefined && wanted(answer)) return answer;
  }
}

/** Clients that ask again and again on kept connections, and what they met. */
export class Clients {
  readonly versions = new Map<string, number>();
  readonly failures: string[] = [];
  #over = false;
  readonly #loops: Promise<void>[];

  constructor(url: string, count: number) {
    this.#loops = Array.from({ length: count }, () => this.#loop(url));
  }

  /** Lets every client finish what it asked. */
  async stop(): Promise<void> {
    this.#over = true;
    await Promise.all(this.#loops);
  }

  async #loop(url: string): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (!this.#over) {
      await ask(url, agent).then(
        ({ version }) => this.versions.set(version, (this.versions.get(version) ?? 0) + 1),
        (error: unknown) => this.failures.push(String(error)),
      );
    }
    agent.destroy();
  }
}

/** Whether a process is there; one that has ended and was not yet waited for is not. */
export function runs(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    try {
      return process.platform !== "linux" && process.kill(pid, 0);
    } catch {
      return false;
    }
  }
}
