/** `limpid start`: serves an application until it is told to stop. */
import { logLevels } from "../../log/index.ts";
import type { Command, Input, Terminal } from "../command.ts";
import { findApp } from "../find-app.ts";
import { listenFlags, listenOptions, shownUrl } from "../listen-options.ts";
import { loadApp } from "../load-app.ts";
import { surviveLostErrors } from "../lost-errors.ts";
import { type Serving, serve } from "../serve.ts";
import { type Say, speaker } from "../speaker.ts";
import { offerStatus } from "../status/offer-status.ts";
import { statusOfOne } from "../status/status.ts";
import { GRACE, untilStopped } from "../until-stopped.ts";
import type { Orders } from "../workers/messages.ts";
import { shutdownDelay, workerCount, workerFlags } from "../workers/worker-flags.ts";
import { appArgument } from "./app-argument.ts";

export const start: Command = {
  name: "start",
  summary: "Serve an application.",
  argument: appArgument,
  flags: [
    ...listenFlags,
    ...workerFlags,
    {
      name: "log-level",
      value: "<level>",
      summary: `least level of log lines: ${logLevels.join(", ")}`,
      default: "info",
      environment: "LOG_LEVEL",
      accepts: {
        expected: `one of ${logLevels.join(", ")}`,
        test: (value) => logLevels.some((level) => level === value.toLowerCase()),
      },
    },
  ],
  examples: [
    "limpid start",
    "limpid start src/app.ts --port 3000",
    "HOST=0.0.0.0 PORT=80 limpid start --workers auto",
  ],
  async run(input, terminal) {
    const options = listenOptions(input);
    // The variable, because the application may come with another copy of this package.
    const level = input.flags.get("log-level");
    if (level !== undefined) process.env.LOG_LEVEL = level;
    const application = findApp(input.positionals[0], terminal.cwd);
    const orders: Orders = { application, options, pause: shutdownDelay(input) };
    const count = workerCount(input);
    if (count === undefined) return startAlone(input, orders, terminal);
    const { startWorkers } = await import("../workers/start-workers.ts");
    const say = speaker(terminal);
    const workers = count === 1 ? ", 1 worker" : `, ${count} workers`;
    return startWorkers(count, orders, {
      terminal,
      say,
      announce: (url) => announce(input, url, workers, say),
    });
  },
};

async function startAlone(input: Input, orders: Orders, terminal: Terminal): Promise<number> {
  surviveLostErrors();
  const serving = await serve(await loadApp(orders.application, terminal.cwd), orders.options);
  const say = speaker(terminal);
  let stopping = false;
  // Before anything is printed: whoever waits for the line may send a signal at once.
  const stopped = untilStopped(
    {
      waiting: () => waitingFor(serving),
      stop: () => {
        stopping = true;
        return serving.close({ grace: GRACE });
      },
    },
    say,
    orders.pause,
  );
  offerStatus(
    statusOfOne(orders.application, serving, () => (stopping ? "draining" : "ready")),
    terminal,
  );
  announce(input, serving.url, "", say);
  return stopped;
}

function waitingFor(serving: Serving): string {
  const connections = serving.connections();
  if (connections === 0) return "no connection is open.";
  const open = connections === 1 ? "1 open connection has" : `${connections} open connections have`;
  return `${open} ${GRACE / 1000} s to end; a second signal ends ${connections === 1 ? "it" : "them"} at once.`;
}

function announce(input: Input, url: string, workers: string, say: Say): void {
  const milliseconds = Math.round(performance.now());
  say(
    `Listening on ${shownUrl(url, input)} (process ${process.pid}${workers}), started in ${milliseconds} ms.`,
  );
  const loopback = !input.flags.has("host") && !input.flags.has("socket");
  if (loopback && process.env.NODE_ENV === "production") {
    say("Only this machine reaches it; --host 0.0.0.0 or HOST=0.0.0.0 lets others in.");
  }
  const reload = workers === "" ? "" : " SIGHUP loads the application anew.";
  say(`Press Ctrl+C to stop, or send SIGTERM to process ${process.pid}.${reload}`);
}
