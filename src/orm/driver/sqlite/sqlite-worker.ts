/** The program of a worker thread: one connection, which carries out orders one after another. */
import { parentPort, workerData } from "node:worker_threads";
import type { DriverRow } from "../driver.ts";
import { CommitGuard } from "./commit-guard.ts";
import { openDatabase } from "./open-database.ts";
import { SqliteConnection } from "./sqlite-connection.ts";
import { type Order, packError, type Reply, type Task, type WorkerStart } from "./worker-messages.ts";

/** What changes rows, and so must not be committed after its timeout. */
const writing = /^\s*(?:insert|update|delete|replace|with)\b/i;

const start = workerData as WorkerStart;
const guard = new CommitGuard(start.guard);
const streams = new Map<number, Generator<DriverRow[], void>>();

function carryOut(connection: SqliteConnection, task: Task): unknown {
  switch (task.kind) {
    case "rows":
    case "row":
    case "write": {
      const run = (): unknown => connection[task.kind](task.statement, task.values);
      const alone = start.role === "writer" && !connection.inTransaction && writing.test(task.statement.sql);
      return alone ? guarded(connection, run) : run();
    }
    case "script":
      return connection.script(task.sql);
    case "stream":
      streams.set(task.stream, connection.portions(task.statement, task.values, task.size));
      return undefined;
    case "next":
      return streams.get(task.stream)?.next().value;
    case "end":
      streams.get(task.stream)?.return();
      streams.delete(task.stream);
      return undefined;
    case "close":
      return connection.close();
  }
}

/** A write that stands alone, in a transaction that ends only if nobody has given up on it. */
function guarded(connection: SqliteConnection, run: () => unknown): unknown {
  connection.script("BEGIN IMMEDIATE");
  try {
    const value = run();
    if (!guard.mayCommit()) throw new Error("The write was given up.");
    connection.script("COMMIT");
    return value;
  } catch (error) {
    if (connection.inTransaction) connection.script("ROLLBACK");
    throw error;
  } finally {
    guard.committed();
  }
}

function reply(message: Reply): void {
  parentPort?.postMessage(message);
}

function serve(connection: SqliteConnection): void {
  parentPort?.on("message", ({ id, task }: Order) => {
    try {
      const value = carryOut(connection, task);
      reply({ id, value, inTransaction: connection.inTransaction });
    } catch (error) {
      reply({ id, error: packError(error), inTransaction: connection.inTransaction });
    }
    if (task.kind === "close") parentPort?.close();
  });
  reply({ id: 0, inTransaction: false });
}

try {
  serve(new SqliteConnection(openDatabase(start.path, start.role, start.busyTimeout)));
} catch (error) {
  reply({ id: 0, error: packError(error), inTransaction: false });
}
