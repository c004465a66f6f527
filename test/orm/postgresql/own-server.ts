/** A PostgreSQL server of a test's own, in a temporary folder, which it may stop, restart, freeze and kill. */
import { execFile, spawnSync } from "node:child_process";
import { chownSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
/** The server refuses to run as root. */
const asRoot = process.getuid?.() === 0;
const programs = globSync("/usr/lib/postgresql/*/bin/pg_ctl")
  .sort()
  .at(-1)
  ?.replace(/pg_ctl$/, "");
const postgresUser = asRoot ? accountOf("postgres") : undefined;

/** Why there can be no server here, for `skip`; false where there can. On CI its absence is a failure. */
export const noServer: string | false =
  programs !== undefined && (!asRoot || postgresUser !== undefined)
    ? false
    : missing("PostgreSQL's initdb and pg_ctl are not installed");

function missing(reason: string): string {
  if (process.env.CI === "true") throw new Error(reason);
  return reason;
}

function accountOf(name: string): { uid: number; gid: number } | undefined {
  const line = readFileSync("/etc/passwd", "utf8").match(new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, "m"));
  return line === null ? undefined : { uid: Number(line[1]), gid: Number(line[2]) };
}

export class OwnServer {
  readonly port: number;
  readonly #folder: string;
  readonly #settings: string;

  private constructor(port: number, folder: string, settings: string) {
    this.port = port;
    this.#folder = folder;
    this.#settings = settings;
  }

  /** Makes and starts one; `settings` as in `-c max_connections=8`. */
  static async start(settings = ""): Promise<OwnServer> {
    const folder = mkdtempSync(join(tmpdir(), "limpid-postgresql-"));
    if (postgresUser !== undefined) chownSync(folder, postgresUser.uid, postgresUser.gid);
    const server = new OwnServer(await freePort(), folder, settings);
    await server.#program("initdb", [
      "-D",
      server.#data,
      "-A",
      "trust",
      "-U",
      "tester",
      "--no-sync",
      "-E",
      "UTF8",
    ]);
    await server.resume();
    return server;
  }

  get url(): string {
    return this.urlThrough(this.port);
  }

  urlThrough(port: number): string {
    return `postgres://tester@127.0.0.1:${port}/postgres`;
  }

  /** Starts it again after `stop` or `kill`. */
  async resume(): Promise<void> {
    const settings = `-p ${this.port} -k ${this.#folder} -c listen_addresses=127.0.0.1 -c fsync=off ${this.#settings}`;
    await this.#program("pg_ctl", [
      "-D",
      this.#data,
      "-w",
      "-l",
      join(this.#folder, "log"),
      "-o",
      settings,
      "start",
    ]);
  }

  async stop(mode: "fast" | "immediate" = "fast"): Promise<void> {
    await this.#program("pg_ctl", ["-D", this.#data, "-w", "-m", mode, "stop"]);
  }

  /** Freezes every process of the server, as a machine that hangs does. */
  freeze(): void {
    for (const pid of this.#processes()) process.kill(pid, "SIGSTOP");
  }

  thaw(): void {
    for (const pid of this.#processes()) process.kill(pid, "SIGCONT");
  }

  async remove(): Promise<void> {
    if (existsSync(join(this.#data, "postmaster.pid"))) {
      this.thaw();
      await this.stop("immediate").catch(() => {});
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #data(): string {
    return join(this.#folder, "data");
  }

  #processes(): number[] {
    const main = Number(readFileSync(join(this.#data, "postmaster.pid"), "utf8").split("\n")[0]);
    const children = spawnSync("ps", ["-o", "pid=", "--ppid", String(main)], { encoding: "utf8" }).stdout;
    return [main, ...children.trim().split(/\s+/).filter(Boolean).map(Number)];
  }

  async #program(name: string, options: string[]): Promise<void> {
    await run(join(programs ?? "", name), options, { ...postgresUser, cwd: "/", timeout: 30_000 });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
