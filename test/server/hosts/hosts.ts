/** The hosts an application runs on, each behind the same few members. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { Server, serve, toNodeListener } from "limpid/server";
import { contractApplication } from "./contract-application.ts";
import { contractHono } from "./contract-hono.ts";

/** One host with the application of the contract. */
export interface Host {
  /** Asks for a path; a redirect is not followed. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void> | void;
}

/** How to start a host, and what it cannot do. */
export interface HostKind {
  readonly name: string;
  start(): Promise<Host>;
  /** Why it cannot be started here. */
  readonly missing?: string | undefined;
  /** Tests of the contract that it cannot pass, by a word of their names, and why. */
  readonly skips?: Readonly<Record<string, string>>;
}

const bun = bunPath();
const deno = denoPath();

export const hosts: readonly HostKind[] = [
  { name: "Limpid's own server", start: ownServer },
  { name: "node:http", start: nodeHttp },
  {
    name: "app.fetch in memory",
    start: inMemory,
    skips: { "address is known": "Fetch tells no address, and in memory there is none" },
  },
  { name: "Hono on serve", start: () => honoOnServe(true) },
  { name: "Bun", start: () => foreign(bun ?? "", ["--conditions=source"]), missing: missing("bun", bun) },
  {
    name: "Deno",
    start: () => foreign(deno ?? "", ["run", "-A", "--cached-only", "--no-lock", "--conditions=source"]),
    missing: missing("deno", deno),
  },
];

async function ownServer(): Promise<Host> {
  const server = await new Server(contractApplication(), { host: "127.0.0.1" }).listen();
  return overHttp(server.url, () => server.close({ grace: 0 }));
}

async function nodeHttp(): Promise<Host> {
  const server = createServer(toNodeListener(contractApplication())).listen(0, "127.0.0.1");
  await once(server, "listening");
  return overHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, () => {
    server.close();
    server.closeAllConnections();
  });
}

async function inMemory(): Promise<Host> {
  const app = contractApplication();
  return { fetch: (path, init) => app.fetch(new Request(`http://localhost${path}`, init)), close: () => {} };
}

/** Hono on `serve`; the global objects stay replaced for as long as the process lives. */
export async function honoOnServe(overrideGlobalObjects: boolean): Promise<Host> {
  const { fetch } = contractHono();
  const where = { port: 0, hostname: "127.0.0.1" };
  const server = await serve({ ...where, fetch, bodyLimit: 50_000_000, overrideGlobalObjects });
  return overHttp(server.url, () => server.close({ grace: 0 }));
}

/** A program in a process of its own, which prints its port. */
async function foreign(command: string, args: string[]): Promise<Host> {
  const program = join(import.meta.dirname, "foreign-host.ts");
  const child = spawn(command, [...args, program], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1" },
  });
  const exit = once(child, "exit");
  let complaints = "";
  child.stderr.on("data", (bytes) => {
    complaints += String(bytes);
  });
  let printed = "";
  for await (const bytes of child.stdout.iterator({ destroyOnReturn: false })) {
    printed += String(bytes);
    if (/port \d+\n/.test(printed)) break;
  }
  child.stdout.resume();
  const [, port] = /port (\d+)\n/.exec(printed) ?? [];
  if (port === undefined) throw new Error(`${command} did not start: ${printed}${complaints}`);
  return overHttp(`http://127.0.0.1:${port}`, async () => {
    child.kill();
    await exit;
  });
}

function overHttp(origin: string, close: Host["close"]): Host {
  return { fetch: (path, init) => fetch(origin + path, { redirect: "manual", ...init }), close };
}

function missing(name: string, path: string | undefined): string | undefined {
  return path === undefined
    ? `the development dependency "${name}" has no program for this machine`
    : undefined;
}

/** Where npm has put the program of a platform; with install scripts the packages move it to places of their own. */
function bunPath(): string | undefined {
  const { platform, arch } = process;
  const cpu = arch === "arm64" ? "aarch64" : arch;
  return program(`@oven/bun-${platform}-${cpu}`, "bin/bun") ?? program("bun", "bin/bun.exe");
}

function denoPath(): string | undefined {
  const libc = process.platform === "linux" ? "-glibc" : "";
  return program(`@deno/${process.platform}-${process.arch}${libc}`, "deno");
}

function program(name: string, path: string): string | undefined {
  try {
    const file = join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), path);
    // Without its program a package has a script there that asks to install it.
    return statSync(file).size > 1_000_000 ? file : undefined;
  } catch {
    return undefined;
  }
}
