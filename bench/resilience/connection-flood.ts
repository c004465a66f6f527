/** from 1 to 5,000 connections above the cap; the extra ones hear so at once and the others notice nothing. */
import { Program } from "./apparatus/program.ts";
import { script } from "./apparatus/script.ts";
import { type Latencies, sleep } from "./apparatus/statistics.ts";
import { Victims } from "./apparatus/victims.ts";

interface FloodResult extends Latencies {
  readonly answers: Record<string, number>;
}

const VICTIMS = 200;

await script({ cap: 2000, rate: 5000, most: 5000, backlog: 511 }, async (run) => {
  const { cap, rate, most, backlog } = run.options;
  using server = new Program("servers/limpid", { core: 0 });
  using holder = new Program("clients/idle", { core: 1 });
  using flood = new Program("clients/flood", { core: 1 });
  using victims = new Victims();
  const options = { maxConnections: cap, keepAliveTimeout: 600_000, backlog };
  const port = await server.ask<number>("listen", { options });
  await victims.begin(port, VICTIMS);
  const errors = await holder.ask<Record<string, number>>("dial", { port, clients: cap - VICTIMS });
  run.exactly("connections below the cap that were refused", Object.keys(errors).length, 0, "connections");
  await sleep(1000);
  await victims.reset();
  const counts = [1, 10, 100, 1000, most].filter((count) => count <= most);
  let slowest = 0;
  let wrong = 0;
  for (const clients of counts) {
    const { answers, p50, p99, max } = await flood.ask<FloodResult>("flood", { port, clients, rate });
    run.progress(`cap + ${clients}: ${JSON.stringify(answers)}`);
    run.note(
      `cap + ${clients}: ${JSON.stringify(answers)}, ${p50.toFixed(1)} ms median, ${p99.toFixed(1)} ms p99`,
    );
    slowest = Math.max(slowest, max);
    const { 503: told = 0, reset = 0 } = answers;
    wrong += clients - told - reset;
    await sleep(500);
  }
  run.atMost("until an extra one hears, slowest", slowest, 100, "ms");
  run.exactly("extra ones that hear anything else", wrong, 0, "connections");
  await victims.judge(run);
  const answered = await holder.ask<number>("askAgain");
  run.exactly("held connections that answer afterwards", answered, cap - VICTIMS, "connections");
  await holder.ask("close", VICTIMS);
  const recovered = await flood.ask<number>("recover", { port, clients: VICTIMS });
  run.atMost(`until ${VICTIMS} new ones have room again`, recovered, 1000, "ms");
});
