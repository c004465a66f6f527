/** The one way in which the slow clients of three scripts are let loose and judged. */
import type { ServerOptions } from "limpid/server";
import type { Slowness } from "../clients/slow.ts";
import { MemoryWatch, openFiles } from "./process-figures.ts";
import { Program } from "./program.ts";
import type { Options, Run } from "./script.ts";
import { type Latencies, MEGABYTE, sleep } from "./statistics.ts";
import { Victims } from "./victims.ts";

/** What is asked of them and of the server. */
export interface SlowTrial {
  readonly slowness: Slowness;
  readonly clients: number;
  readonly seconds: number;
  /** Milliseconds between two bytes. */
  readonly interval: number;
  readonly redial: boolean;
  /** Seconds after which each has to be cut. */
  readonly cut: { readonly earliest: number; readonly latest: number };
  /** Bytes that the server may grow. */
  readonly growth: number;
}

interface SlowResult extends Latencies {
  readonly cuts: number;
  readonly earliest: number;
  readonly answers: Record<string, number>;
  readonly failures: Record<string, number>;
}

/** Runs a trial against a server with defaults, but for the number of connections where that is above the default. */
export async function trySlowClients(run: Run<Options>, trial: SlowTrial): Promise<void> {
  using server = new Program("servers/limpid", { core: 0 });
  using victims = new Victims();
  using hostile = new Program("clients/slow", { core: 1, nice: 10 });
  const options: ServerOptions = trial.clients > 9_500 ? { maxConnections: trial.clients + 1000 } : {};
  const port = await server.ask<number>("listen", { options });
  await victims.begin(port);
  run.progress("200 victims at 500 requests a second, alone");
  await sleep(4000);
  await server.ask("collectGarbage");
  await sleep(500);
  await victims.reset();
  const files = openFiles(server.pid);
  const memory = new MemoryWatch(server.pid);
  const before = memory.peak;
  const { slowness, clients, interval, redial } = trial;
  await hostile.ask("begin", { port, slowness, clients, interval, redial });
  run.progress(`${clients} slow clients have arrived`);
  for (let left = trial.seconds; left > 0; left -= 10) {
    await sleep(Math.min(10, left) * 1000);
    const connected = await hostile.ask<number>("connected");
    const megabytes = (memory.samples.at(-1) ?? 0) / MEGABYTE;
    run.progress(`${connected} of them connected, the server holds ${megabytes.toFixed(0)} MB`);
  }
  memory.stop();
  const result = await hostile.ask<SlowResult>("finish");
  judge(run, trial, result);
  run.atMost("growth of the server", (memory.peak - before) / MEGABYTE, trial.growth / MEGABYTE, "MB");
  run.shown("the server before", before / MEGABYTE, "MB");
  await victims.judge(run);
  hostile[Symbol.dispose]();
  await sleep(1500);
  run.atMost("file descriptors left behind", openFiles(server.pid) - files, 0, "descriptors");
}

function judge(run: Run<Options>, { clients, cut }: SlowTrial, result: SlowResult): void {
  run.atLeast("connections cut", result.cuts, clients, "connections");
  run.shown("cut after, median", result.p50, "s");
  if (cut.earliest > 0) run.atLeast("cut after, earliest", result.earliest, cut.earliest, "s");
  run.atMost("cut after, latest", result.max, cut.latest, "s");
  run.note(`What the slow clients were answered: ${JSON.stringify(result.answers)}`);
  const failures = Object.values(result.failures).reduce((sum, one) => sum + one, 0);
  run.shown("dials that failed", failures, "dials");
  if (failures > 0) run.note(`Dials failed with ${JSON.stringify(result.failures)}`);
}
