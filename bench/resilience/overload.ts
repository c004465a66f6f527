/** three times the load a server can carry; what it accepts it answers in time, the rest it refuses at once. */
import { Program } from "./apparatus/program.ts";
import { script } from "./apparatus/script.ts";
import type { Load, LoadResult } from "./clients/open-loop.ts";
import type { Announced } from "./servers/working.ts";

/** Seconds of the phases that only measure what is normal. */
const MEASURED = 5;
/** The share of its capacity that a server carries on a normal day. */
const NORMAL = 0.8;

await script({ seconds: 30, factor: 3, microseconds: 1000, wait: 0 }, async (run) => {
  const { seconds, factor, microseconds, wait } = run.options;
  using server = new Program("servers/working", { core: 0 });
  using client = new Program("clients/open-loop", { core: 1 });
  using probe = new Program("clients/open-loop", { core: 1 });
  const port = await server.ask<number>("listen", {});
  const path = wait > 0 ? `/wait/${wait}/${microseconds}` : `/task/${microseconds}`;
  const load = (phase: Omit<Load, "port" | "path">): Promise<LoadResult> =>
    client.ask("load", { port, path, ...phase });

  await load({ seconds: 2, connections: 32 });
  const closed = await load({ seconds: MEASURED, connections: 64 });
  const peak = closed.goodput;
  run.shown("peak, 64 clients that wait for their answers", peak, "requests/s");
  run.exactly("shed from clients that wait for their answers", closed.shed.count, 0, "requests");
  run.progress(`peak ${peak.toFixed(0)} requests/s`);
  const normal = await load({ seconds: MEASURED, rate: peak * NORMAL });
  run.shown(`p99 at ${NORMAL * 100} % of it`, normal.accepted.p99, "ms");
  run.exactly(`shed at ${NORMAL * 100} % of it`, normal.shed.count, 0, "requests");
  run.progress(`normal: ${JSON.stringify(normal)}`);

  const [over, alive] = await Promise.all([
    load({ seconds, rate: peak * factor }),
    probe.ask<LoadResult>("load", { port, path: "/livez", seconds, rate: 20 }),
  ]);
  run.progress(`overload: ${JSON.stringify(over)}`);
  run.atLeast("goodput under overload", (over.goodput / peak) * 100, 80, "% of peak");
  run.atMost("accepted requests, p99", over.accepted.p99, 2 * normal.accepted.p99, "ms");
  run.shown("the clients' own event loop, p99", over.ownP99, "ms");
  run.shown("accepted requests, p50", over.accepted.p50, "ms");
  run.shown("accepted requests, slowest", over.accepted.max, "ms");
  run.atMost("refusals, p99", over.shed.p99, 20, "ms");
  run.shown("refusals, p50", over.shed.p50, "ms");
  run.shown("refusals", over.shed.count, "requests");
  run.exactly("refusals without Retry-After", over.shed.count - over.told, 0, "requests");
  run.exactly("neither answered nor refused", over.errors, 0, "requests");
  run.atMost("/livez, p99", alive.accepted.p99, 100, "ms");
  run.progress(`alive: ${JSON.stringify(alive)}`);
  run.shown("/livez, slowest", alive.accepted.max, "ms");
  run.exactly("/livez refused", alive.shed.count + alive.errors, 0, "requests");

  const after = await load({ seconds: 8, rate: peak * NORMAL });
  run.progress(`afterwards: ${JSON.stringify(after)}`);
  run.atMost("until the last refusal afterwards", after.lastShed, 5000, "ms");
  run.shown("refused afterwards", after.shed.count, "requests");
  const { begins, ends, warnings } = await server.ask<Announced>("announced");
  run.exactly("announced ends, for each beginning", ends / begins, 1, "");
  run.shown("log lines", warnings.length, "lines");
});
