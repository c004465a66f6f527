/** A running server of the folder, pinned to the servers' core: Node with a candidate, or nginx in one process. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pinned } from "../measure/pinned.ts";

/** A process that answers on a port. */
export interface ServerProcess {
  readonly name: string;
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a candidate. */
export async function startServer(name: string, folder: string, scratch: string): Promise<ServerProcess> {
  return name === "nginx" ? startNginx(folder, scratch) : startNode(name, folder);
}

async function startNode(name: string, folder: string): Promise<ServerProcess> {
  const script = join(import.meta.dirname, "candidates.ts");
  const [program, args] = pinned("server", [process.execPath, "--conditions=source", script, name, folder]);
  const child = spawn(program, args, {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const { port } = JSON.parse(String(line)) as { port: number };
  return { name, pid: child.pid ?? 0, port, stop: () => stopped(child) };
}

async function startNginx(folder: string, scratch: string): Promise<ServerProcess> {
  const place = join(scratch, "nginx");
  mkdirSync(place, { recursive: true });
  const port = await freePort();
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (one) => `${one}_temp_path ${place}/${one};`,
  );
  const config = `daemon off; master_process off; worker_processes 1; pid ${place}/pid; error_log ${place}/error.log;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; keepalive_timeout 600;
  open_file_cache max=100 inactive=600s; open_file_cache_valid 1s; default_type application/octet-stream; ${paths.join(" ")}
  server { listen 127.0.0.1:${port} backlog=4096; root ${folder}; add_header Cache-Control "public, max-age=3600"; } }`;
  writeFileSync(join(place, "nginx.conf"), config);
  const [program, args] = pinned("server", ["nginx", "-p", place, "-c", join(place, "nginx.conf")]);
  const child = spawn(program, args, { stdio: ["ignore", "inherit", "ignore"] });
  await answering(port);
  return { name: "nginx", pid: child.pid ?? 0, port, stop: () => stopped(child) };
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

async function answering(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const socket = connect(port, "127.0.0.1");
    const came = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true));
      socket.once("error", () => resolve(false));
    });
    socket.destroy();
    if (came) return;
    await sleep(50);
  }
  throw new Error("nginx does not listen.");
}

/** Resident memory of a process, in MiB. */
export function residentMiB(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"));
  return Number(line?.[1] ?? 0) / 1024;
}
