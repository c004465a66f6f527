/** Takes the port or the unix socket for a server; a socket that a killed process left behind is replaced. */
import { type AddressInfo, connect, type ListenOptions, type Server } from "node:net";
import { type Address, addressOf } from "./address.ts";
import { listenError, pathInUse, pathOccupied } from "./listen-error.ts";
import type { ResolvedOptions } from "./tcp-options.ts";

/** Resolves when the server listens, with where. Rejects with a coded error. */
export async function bind(server: Server, options: ResolvedOptions): Promise<Address> {
  try {
    await listen(server, options);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (options.path === undefined || !("code" in error) || error.code !== "EADDRINUSE") {
      throw listenError(error, options);
    }
    await removeStale(options.path, error);
    await listen(server, options).catch((again: Error) => {
      throw listenError(again, options);
    });
  }
  const { path, mode } = options;
  if (path !== undefined && mode !== undefined) {
    const { chmod } = await import("node:fs/promises");
    await chmod(path, mode).catch((error: Error) => {
      throw listenError(error, options);
    });
  }
  // The address of a server that listens is never null.
  return addressOf(server.address() as AddressInfo | string, options.tls !== undefined);
}

function listen(server: Server, options: ResolvedOptions): Promise<void> {
  const { port, host, path, backlog, reusePort } = options;
  const where: ListenOptions = path === undefined ? { port, backlog, reusePort } : { path, backlog };
  if (path === undefined && host !== undefined) where.host = host;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(where, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** A socket file outlives a process that was killed; where nobody answers at it, it is removed. */
async function removeStale(path: string, cause: Error): Promise<void> {
  const { stat, unlink } = await import("node:fs/promises");
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isSocket()) throw pathOccupied(path, cause);
  if (await answers(path)) throw pathInUse(path, cause);
  await unlink(path).catch(() => {});
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ path });
    probe.once("connect", () => {
      probe.destroy();
      resolve(true);
    });
    // Only a refusal proves that nobody listens; a full backlog (EAGAIN) or missing rights do not.
    probe.once("error", (error: NodeJS.ErrnoException) =>
      resolve(error.code !== "ECONNREFUSED" && error.code !== "ENOENT"),
    );
  });
}
