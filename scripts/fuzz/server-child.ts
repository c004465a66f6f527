/** Starts the server's process, asks for its memory, and notices how it ends. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export class ServerChild {
  readonly port: number;
  readonly #process: ChildProcess;
  /** What the process said before it died, and how; undefined while it lives. */
  crash: string | undefined;

  private constructor(child: ChildProcess, port: number) {
    this.#process = child;
    this.port = port;
    let said = "";
    child.stderr?.on("data", (text: Buffer) => {
      said = (said + text.toString()).slice(-4000);
    });
    child.once("exit", (code, signal) => {
      this.crash = `exit ${code ?? signal}: ${said}`;
    });
  }

  static async start(): Promise<ServerChild> {
    const child = fork(join(import.meta.dirname, "server-process.ts"), {
      execArgv: ["--conditions=source", "--expose-gc"],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    const [{ port }] = (await once(child, "message")) as [{ port: number }];
    return new ServerChild(child, port);
  }

  async memory(): Promise<{ rss: number; heap: number }> {
    return { rss: 0, heap: 0, ...(await this.#ask("memory")) };
  }

  /** Milliseconds of processor time so far: what others do on the machine does not count. */
  async processorTime(): Promise<number> {
    return (await this.#ask("cpu")).cpu ?? 0;
  }

  /** Asks the process; nothing where it dies over the question. */
  async #ask(question: string): Promise<Record<string, number>> {
    if (this.crash !== undefined) return {};
    const child = this.#process;
    return new Promise((resolve) => {
      const exited = (): void => resolve({});
      child.once("exit", exited);
      child.once("message", (answer) => {
        child.off("exit", exited);
        resolve(answer as Record<string, number>);
      });
      child.send(question);
    });
  }

  async stop(): Promise<void> {
    if (this.crash !== undefined) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await ended;
  }
}
