/** `limpid start`: serves an application until it is told to stop. */
import type { App } from "../../app/index.ts";
import { LimpidError } from "../../errors/index.ts";
import { rootLogger } from "../../log/index.ts";
import type { Server, ServerOptions } from "../../server/index.ts";
import type { Command, Input, Terminal } from "../command.ts";
import { findApp, loadApp } from "../load-app.ts";
import { appArgument } from "./app-argument.ts";

/** Milliseconds that requests have to end after a signal. */
const GRACE = 10_000;

export const start: Command = {
  name: "start",
  summary: "Serve an application.",
  argument: appArgument,
  flags: [
    {
      name: "port",
      short: "p",
      value: "<number>",
      summary: "port to listen on; default: 8000",
      environment: "PORT",
    },
    {
      name: "host",
      value: "<name>",
      summary: "address to listen on; default: localhost",
      environment: "HOST",
    },
    { name: "socket", value: "<path>", summary: "unix socket to listen on, instead of port and host" },
    { name: "tls-cert", value: "<file>", summary: "certificate chain in PEM; speaks TLS, with --tls-key" },
    { name: "tls-key", value: "<file>", summary: "private key in PEM" },
  ],
  examples: ["limpid start", "limpid start src/app.ts --port 3000", "HOST=0.0.0.0 PORT=80 limpid start"],
  async run(input, terminal) {
    const begun = performance.now();
    const options = serverOptions(input);
    const path = findApp(input.positionals[0], terminal.cwd);
    const app = await loadApp(path, terminal.cwd);
    guardProcess();
    const server = await app.listen(options);
    // Before anything is printed: whoever waits for the line may send a signal at once.
    const stopped = untilStopped(app, server, terminal);
    const milliseconds = Math.round(performance.now() - begun);
    terminal.out(`Listening on ${server.url} (process ${process.pid}), started in ${milliseconds} ms.\n`);
    terminal.out("Press Ctrl+C to stop.\n");
    return stopped;
  },
};

function serverOptions({ flags }: Input): ServerOptions {
  const certFile = flags.get("tls-cert");
  const keyFile = flags.get("tls-key");
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw new LimpidError("LMP_CLI_FLAG_VALUE", "TLS needs a certificate and its key.", {
      expected: "--tls-cert and --tls-key",
      found: certFile === undefined ? "--tls-key alone" : "--tls-cert alone",
      fix: "Give both, or neither.",
    });
  }
  const tls = certFile === undefined || keyFile === undefined ? {} : { tls: { certFile, keyFile } };
  const socket = flags.get("socket");
  if (socket !== undefined) return { path: socket, ...tls };
  return { port: portOf(flags.get("port") ?? "8000"), host: flags.get("host") ?? "localhost", ...tls };
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new LimpidError("LMP_CLI_FLAG_VALUE", "The port is not valid.", {
    expected: "a whole number from 0 to 65535",
    found: text,
    fix: "Write --port 8000, or set PORT=8000.",
  });
}

/** A promise or a listener that the application lost must not take the other requests down with it. */
function guardProcess(): void {
  process.on("uncaughtException", (error) => rootLogger().fatal(error, "an exception nobody caught"));
  process.on("unhandledRejection", (error) => {
    rootLogger().error(
      error instanceof Error ? error : new Error(String(error)),
      "a rejection nobody handled",
    );
  });
}

/** Drains at the first signal, leaves at the second. Resolves to the exit code. */
function untilStopped(app: App, server: Server, terminal: Terminal): Promise<number> {
  return new Promise((resolve) => {
    let stopping = false;
    const stop = (signal: NodeJS.Signals): void => {
      if (stopping) process.exit(signal === "SIGINT" ? 130 : 143);
      stopping = true;
      terminal.out(`\nStopping: ${server.connections} open connections have ${GRACE / 1000} s to end.\n`);
      app.close({ grace: GRACE }).then(
        () => resolve(0),
        (error: unknown) => {
          rootLogger().error(
            error instanceof Error ? error : new Error(String(error)),
            "the application did not close well",
          );
          resolve(1);
        },
      );
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
  });
}
