/** Offers the status of this process: on a unix socket for `limpid status`, and printed at SIGUSR2. */
import { rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { rootLogger } from "../../log/index.ts";
import type { Terminal } from "../command.ts";
import { madeRunFolder } from "./run-folder.ts";
import type { Status } from "./status.ts";

/** Milliseconds until a reader that does not read is let go. */
const PATIENCE = 5_000;

/** Never throws and never keeps the process alive: a status that cannot be told must not keep anybody from serving. */
export function offerStatus(status: () => Promise<Status>, terminal: Terminal): void {
  // Windows has neither this signal nor folders with such rights.
  if (process.platform === "win32") return;
  process.on("SIGUSR2", () => {
    status().then((now) => terminal.out(`${JSON.stringify(now)}\n`), unavailable);
  });
  const folder = madeRunFolder();
  if (folder === undefined) {
    unavailable(new Error("There is no folder that belongs to this user alone."));
    return;
  }
  const path = join(folder, `${process.pid}.sock`);
  // Whoever had this process id before has left it behind.
  rmSync(path, { force: true });
  const server = createServer((socket) => answer(socket, status));
  server.on("error", unavailable);
  // Where this process is itself a worker of another program, the socket is nevertheless its own.
  server.listen({ path, exclusive: true });
  server.unref();
  process.once("exit", () => rmSync(path, { force: true }));
}

/** One line of JSON for whoever connects; nothing is read, so that nothing can be asked for. */
function answer(socket: Socket, status: () => Promise<Status>): void {
  socket.on("error", () => {});
  socket.unref();
  socket.setTimeout(PATIENCE, () => socket.destroy());
  socket.resume();
  status().then(
    (now) => socket.end(`${JSON.stringify(now)}\n`),
    () => socket.destroy(),
  );
}

function unavailable(error: Error): void {
  rootLogger().warn({ error, logger: "limpid.cli" }, "limpid status will not find this process");
}
