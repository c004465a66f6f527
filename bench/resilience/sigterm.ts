/** `limpid start` gets 100 SIGTERMs under 2,000 requests a second; no request that was sent is lost. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Program, root, startNode } from "./apparatus/program.ts";
import { script } from "./apparatus/script.ts";
import { median, percentile, sleep } from "./apparatus/statistics.ts";
import type { DrainRound } from "./clients/drain-load.ts";

/** What is wrong with a process that has not ended by then. */
const LONGEST = 30_000;

await script({ signals: 100 }, async (run) => {
  const { signals } = run.options;
  using load = new Program("clients/drain-load", { core: 1 });
  const lost: Record<string, number> = {};
  const drains: number[] = [];
  const rates: number[] = [];
  let answered = 0;
  let told = 0;
  let refused = 0;
  let badExits = 0;
  for (let signal = 1; signal <= signals; signal++) {
    const { server, port } = await startApp();
    const begun = performance.now();
    const round = load.ask<DrainRound>("round", { port });
    await sleep(400 + Math.random() * 600);
    const signalled = performance.now();
    const exit = await terminate(server);
    if (exit !== 0) run.note(`Round ${signal} ended with ${exit}.`);
    if (exit !== 0) badExits++;
    drains.push((performance.now() - signalled) / 1000);
    const result = await round;
    answered += result.answered;
    rates.push((result.answered / (signalled - begun)) * 1000);
    told += result.told;
    refused += result.refused;
    for (const [what, times] of Object.entries(result.lost)) lost[what] = (lost[what] ?? 0) + times;
    if (signal % 10 === 0)
      run.progress(`${signal} signals, ${answered} answered, lost: ${JSON.stringify(lost)}`);
  }
  const all = Object.values(lost).reduce((sum, times) => sum + times, 0);
  run.exactly("requests lost", all, 0, "requests");
  run.shown("of them behind a response with Connection: close", told, "requests");
  run.exactly("exits with a code other than 0", badExits, 0, "exits");
  run.atMost("from the signal to the exit, slowest", percentile(drains, 1), LONGEST / 1000, "s");
  run.shown("from the signal to the exit, median", median(drains), "s");
  run.shown("requests answered", answered, "requests");
  run.atLeast("requests a second, median", median(rates), 1500, "requests");
  run.shown("dials refused after the listener had closed", refused, "dials");
  if (all > 0) run.note(`Lost: ${JSON.stringify(lost)}`);
});

async function startApp(): Promise<{ server: ChildProcess; port: number }> {
  const words = [
    join(root, "src/cli/bin.ts"),
    "start",
    join(root, "bench/resilience/servers/drained-app.ts"),
  ];
  const server = startNode([...words, "--port", "0"], { core: 0 }, ["ignore", "pipe", "inherit"]);
  let out = "";
  for await (const bytes of server.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    out += bytes;
    const port = /Listening on http:\/\/\S+?:(\d+) /.exec(out)?.[1];
    if (port === undefined) continue;
    server.stdout?.resume();
    return { server, port: Number(port) };
  }
  throw new Error(`limpid start did not listen: ${out}`);
}

/** Resolves to the exit code, or to the signal that it took in the end. */
async function terminate(server: ChildProcess): Promise<number | string> {
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  const impatience = setTimeout(() => server.kill("SIGKILL"), LONGEST + 1000);
  const [code, signal] = await ended;
  clearTimeout(impatience);
  return typeof code === "number" ? code : String(signal);
}
