/** What runs in a worker: serves as the primary ordered, and drains when it, a signal or its own end asks for that. */
import cluster from "node:cluster";
import { setTimeout as delay } from "node:timers/promises";
import { rootLogger } from "../../log/index.ts";
import { isApp, loadApp } from "../load-app.ts";
import { asError, surviveLostErrors } from "../lost-errors.ts";
import { exitCodeOf } from "../misuse.ts";
import { type Ending, type Serving, serve } from "../serve.ts";
import { shownError } from "../shown-error.ts";
import { orStalled } from "../stall.ts";
import { processReporter } from "../status/process-report.ts";
import { GRACE } from "../until-stopped.ts";
import { isOurs, type Orders, type ToPrimary, type ToWorker } from "./messages.ts";

/** Milliseconds in which a request reaches a connection that was accepted before another worker took over. */
const SETTLE = 1_000;

const orders = JSON.parse(process.argv[2] ?? "") as Orders;
const orphaned = new AbortController();
let draining = false;
let serving: Serving | undefined;

prepare();
try {
  surviveLostErrors();
  serving = await start();
  const report = processReporter(serving);
  process.on("message", (message) => {
    if (!isOurs<ToWorker>(message)) return;
    if (message.limpid === "report") tell({ limpid: "report", report: report() });
    else if (message.limpid === "drain") void drain(0, { grace: GRACE + SETTLE, settle: SETTLE });
  });
  tell({ limpid: "ready", url: serving.url });
} catch (error) {
  tell({ limpid: "failed", text: shownError(error), code: exitCodeOf(error) });
  leave(exitCodeOf(error));
}

/** What has to hold before the application's own code runs. */
function prepare(): void {
  // Else node:cluster ends this process at once when the primary has died.
  if (cluster.worker !== undefined) cluster.worker.exitedAfterDisconnect = true;
  // A primary that has just died cannot be written to; `disconnect` tells of it.
  cluster.worker?.on("error", () => {});
  process.once("disconnect", () => {
    orphaned.abort();
    void drain(0, { grace: GRACE });
  });
  // A terminal sends its signals to the whole group; reloading and the status are the primary's.
  for (const signal of ["SIGHUP", "SIGUSR2"] as const) {
    if (process.platform !== "win32") process.on(signal, () => {});
  }
  // The primary passes its signal on, and a terminal or a service manager may have sent it here too.
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => void drain(orders.pause, { grace: GRACE }));
  }
}

async function start(): Promise<Serving> {
  // The channel alone would keep a process waiting that has nothing left to do.
  process.channel?.unref();
  try {
    const application = await orStalled(loadApp(orders.application, process.cwd()));
    if (isApp(application)) await orStalled(application.start());
    process.channel?.ref();
    return await serve(application, orders.options);
  } catch (error) {
    process.channel?.ref();
    throw error;
  }
}

/** Ends what has begun, then the process; only the first call counts. */
async function drain(pause: number, how: Ending): Promise<void> {
  if (draining) return;
  draining = true;
  if (serving === undefined) process.exit(0);
  tell({ limpid: "draining" });
  if (pause > 0) await delay(pause, undefined, { signal: orphaned.signal }).catch(() => {});
  try {
    await serving.close(how);
    leave(0);
  } catch (error) {
    rootLogger().error({ error: asError(error) }, "the application did not close well");
    leave(1);
  }
}

/**
 * Exits when the primary answers. A connection that it was just handing over comes before the answer and goes back;
 * without that it would hang for ever.
 */
function leave(code: number): void {
  if (!process.connected) process.exit(code);
  process.on("message", (message) => {
    if (isOurs<ToWorker>(message) && message.limpid === "exit") process.exit(code);
  });
  process.once("disconnect", () => process.exit(code));
  tell({ limpid: "done", code });
}

function tell(message: ToPrimary): void {
  if (process.connected) process.send?.(message);
}
