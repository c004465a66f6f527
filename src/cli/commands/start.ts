/** `limpid start`: serves an application until it is told to stop. */
import { logLevels, rootLogger } from "../../log/index.ts";
import { Server, type ServerOptions } from "../../server/index.ts";
import type { Command, Input, Terminal } from "../command.ts";
import { findApp } from "../find-app.ts";
import { listenFlags, listenOptions, shownUrl } from "../listen-options.ts";
import { type Exported, isApp, loadApp } from "../load-app.ts";
import { surviveLostErrors } from "../lost-errors.ts";
import { type Stoppable, untilStopped } from "../until-stopped.ts";
import { appArgument } from "./app-argument.ts";

export const start: Command = {
  name: "start",
  summary: "Serve an application.",
  argument: appArgument,
  flags: [
    ...listenFlags,
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
  examples: ["limpid start", "limpid start src/app.ts --port 3000", "HOST=0.0.0.0 PORT=80 limpid start"],
  async run(input, terminal) {
    const options = listenOptions(input);
    // The variable, because the application may come with another copy of this package.
    const level = input.flags.get("log-level");
    if (level !== undefined) process.env.LOG_LEVEL = level;
    const path = findApp(input.positionals[0], terminal.cwd);
    surviveLostErrors();
    const serving = await serve(await loadApp(path, terminal.cwd), options);
    const say = speaker(terminal);
    // Before anything is printed: whoever waits for the line may send a signal at once.
    const stopped = untilStopped(serving, say);
    announce(input, serving.url, say);
    return stopped;
  },
};

interface Serving extends Stoppable {
  readonly url: string;
}

async function serve(application: Exported, options: ServerOptions): Promise<Serving> {
  if (isApp(application)) {
    const server = await application.listen(options);
    return {
      url: server.url,
      connections: () => server.connections,
      close: (how) => application.close(how),
    };
  }
  const server = await new Server(application, options).listen();
  return { url: server.url, connections: () => server.connections, close: (how) => server.close(how) };
}

function announce(input: Input, url: string, say: (text: string) => void): void {
  const milliseconds = Math.round(performance.now());
  say(`Listening on ${shownUrl(url, input)} (process ${process.pid}), started in ${milliseconds} ms.`);
  const loopback = !input.flags.has("host") && !input.flags.has("socket");
  if (loopback && process.env.NODE_ENV === "production") {
    say("Only this machine reaches it; --host 0.0.0.0 or HOST=0.0.0.0 lets others in.");
  }
  say(`Press Ctrl+C to stop, or send SIGTERM to process ${process.pid}.`);
}

/** In production the lines are log lines, so that whatever reads the log can read them too. */
function speaker(terminal: Terminal): (text: string) => void {
  const log = rootLogger();
  if (process.env.NODE_ENV !== "production" || !log.isLevelEnabled("info")) {
    return (text) => terminal.out(`${text}\n`);
  }
  return (text) => log.info({ logger: "limpid.cli" }, text);
}
