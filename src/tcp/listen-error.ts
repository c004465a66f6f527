/** Why a server cannot listen, as one coded sentence with the fix. */
import { LimpidError } from "../errors/index.ts";
import type { ResolvedOptions } from "./tcp-options.ts";

/** The system's error as ours. */
export function listenError(cause: Error, options: ResolvedOptions): LimpidError {
  const found = "code" in cause ? String(cause.code) : cause.message;
  if (options.path !== undefined) return pathError(found, options.path, cause);
  const { port } = options;
  switch (found) {
    case "EADDRINUSE":
      return new LimpidError("LMP_TCP_PORT_IN_USE", `Port ${port} is in use by another program.`, {
        expected: "a free port",
        found,
        fix: `Stop the other program ("lsof -i :${port}" shows it), or choose another port, such as ${nextPort(port)}.`,
        cause,
      });
    case "EACCES":
      return new LimpidError("LMP_TCP_PORT_PRIVILEGED", `This user may not listen on port ${port}.`, {
        expected: "a port from 1024 on, or the right to use lower ones",
        found,
        fix: `Choose a port from 1024 on, such as ${8000 + (port % 1000)}, and let a proxy forward port ${port} to it.`,
        cause,
      });
    case "EADDRNOTAVAIL":
    case "EAFNOSUPPORT":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new LimpidError("LMP_TCP_ADDRESS_UNAVAILABLE", `This machine has no address ${options.host}.`, {
        expected: "an address of one of this machine's interfaces",
        found,
        fix: "Leave host out to listen on all interfaces, or use 127.0.0.1 to be reached from this machine only.",
        cause,
      });
    default:
      return failed(found, cause);
  }
}

/** Another process listens at the path. */
export function pathInUse(path: string, cause: unknown): LimpidError {
  return new LimpidError("LMP_TCP_PATH_IN_USE", `Another program listens at ${path}.`, {
    expected: "a path where nobody listens",
    found: "a program that answers",
    fix: `Stop the other program ("lsof ${path}" shows it), or choose another path.`,
    cause,
  });
}

/** There is a file at the path and it is no socket. */
export function pathOccupied(path: string, cause: unknown): LimpidError {
  return new LimpidError("LMP_TCP_PATH_UNUSABLE", `There is a file at ${path} that is not a socket.`, {
    expected: "no file, or a socket that was left behind",
    found: "a file of another kind",
    fix: "Choose another path; the file is not touched.",
    cause,
  });
}

/** What is said about each error of the system, and the fix. */
const pathFaults: ReadonlyMap<string, readonly [expected: string, fix: string]> = new Map([
  ["ENOENT", ["a folder that exists", "Create the folder of the socket first."]],
  ["ENOTDIR", ["a folder that exists", "Correct the path: a part of it is a file."]],
  [
    "EACCES",
    ["a folder this user may write to", "Choose a folder that belongs to this user, or change its rights."],
  ],
  ["EROFS", ["a folder this user may write to", "Choose a folder on a file system that is not read-only."]],
  ["EINVAL", ["a path of at most 107 bytes", "Choose a shorter path, such as one in /run or /tmp."]],
  ["ENAMETOOLONG", ["a path of at most 107 bytes", "Choose a shorter path, such as one in /run or /tmp."]],
]);

function pathError(found: string, path: string, cause: Error): LimpidError {
  const fault = pathFaults.get(found);
  if (!fault) return failed(found, cause);
  const [expected, fix] = fault;
  return new LimpidError("LMP_TCP_PATH_UNUSABLE", `No socket can be made at ${path}.`, {
    expected,
    found,
    fix,
    cause,
  });
}

function failed(found: string, cause: Error): LimpidError {
  return new LimpidError("LMP_TCP_LISTEN_FAILED", `The server cannot listen: ${cause.message}`, {
    found,
    cause,
  });
}

function nextPort(port: number): number {
  return port < 65_535 ? port + 1 : port - 1;
}
