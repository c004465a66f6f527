/** Finds what runs under this user and asks for its status. */
import { readdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { isPrivate, runFolders } from "./run-folder.ts";
import type { Status } from "./status.ts";

/** Milliseconds to wait for an answer. A primary itself waits up to two seconds for its workers. */
const PATIENCE = 5_000;
const MOST_BYTES = 1_000_000;

/** What runs, and who did not answer. */
export interface Found {
  readonly running: readonly Status[];
  /** Processes that have a socket and say nothing, because they are busy or stopped. */
  readonly silent: readonly number[];
}

/** The status of everything that runs, or of one process. Sockets that dead processes left behind are removed. */
export async function findRunning(pid: number | undefined): Promise<Found> {
  const running: Status[] = [];
  const silent: number[] = [];
  await Promise.all(
    sockets().map(async (socket) => {
      if (pid !== undefined && socket.pid !== pid) return;
      const answer = await ask(socket.path);
      if (answer === "dead") rmSync(socket.path, { force: true });
      else if (answer === "silent") silent.push(socket.pid);
      else running.push(answer);
    }),
  );
  return { running: running.sort((one, other) => one.pid - other.pid), silent };
}

function sockets(): { pid: number; path: string }[] {
  return runFolders()
    .filter(isPrivate)
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => /^\d+\.sock$/.test(name))
        .map((name) => ({ pid: Number.parseInt(name, 10), path: join(folder, name) })),
    );
}

function ask(path: string): Promise<Status | "dead" | "silent"> {
  const { promise, resolve } = Promise.withResolvers<Status | "dead" | "silent">();
  const socket = connect({ path });
  let text = "";
  socket.setTimeout(PATIENCE, () => socket.destroy());
  socket.setEncoding("utf8");
  socket.on("data", (piece: string) => {
    text += piece;
    if (text.length > MOST_BYTES) socket.destroy();
  });
  socket.on("error", (error: NodeJS.ErrnoException) => {
    resolve(error.code === "ECONNREFUSED" || error.code === "ENOENT" ? "dead" : "silent");
  });
  socket.on("close", () => resolve(parsed(text) ?? "silent"));
  return promise;
}

function parsed(text: string): Status | undefined {
  try {
    return JSON.parse(text) as Status;
  } catch {
    return undefined;
  }
}
