/** `limpid start --workers`: several processes on one port. */
import { rootLogger } from "../../log/index.ts";
import type { Terminal } from "../command.ts";
import type { Say } from "../speaker.ts";
import { offerStatus } from "../status/offer-status.ts";
import { GRACE, untilStopped } from "../until-stopped.ts";
import type { Orders } from "./messages.ts";
import { Primary } from "./primary.ts";

/** What it needs of the command. */
export interface Stage {
  readonly terminal: Terminal;
  readonly say: Say;
  /** Says where it listens. */
  announce(url: string): void;
}

/** Serves with so many workers until it is told to stop. Resolves to the exit code. */
export async function startWorkers(count: number, orders: Orders, stage: Stage): Promise<number> {
  const primary = new Primary(count, orders, rootLogger().child({ logger: "limpid.cli" }));
  const words = count === 1 ? "1 worker has" : `${count} workers have`;
  // Before the first worker: whoever starts a service may stop it while it loads.
  const stopped = untilStopped(
    {
      waiting: () => `${words} ${(orders.pause + GRACE) / 1000} s to end; a second signal ends them at once.`,
      stop: (signal) => primary.stop(signal),
    },
    stage.say,
  );
  if (process.platform !== "win32") process.on("SIGHUP", () => primary.reload());
  offerStatus(() => primary.status(), stage.terminal);
  const outcome = await Promise.race([stopped, primary.start()]);
  if (typeof outcome === "number" || primary.stopping) return stopped;
  if (!outcome.ready) {
    stage.terminal.err(`${outcome.text}\n`);
    return outcome.code;
  }
  stage.announce(primary.url);
  return stopped;
}
