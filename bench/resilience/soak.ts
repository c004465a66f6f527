/** R-18 in short: mixed traffic over plain connections and TLS with 1 % hostile input; nothing grows, nothing falls. */
import { openFiles, processorSeconds, residentBytes } from "./apparatus/process-figures.ts";
import { Program } from "./apparatus/program.ts";
import { script } from "./apparatus/script.ts";
import { type Latencies, MEGABYTE, median, sleep, slope } from "./apparatus/statistics.ts";

interface MixedResult extends Latencies {
  readonly answers: Record<string, number>;
  readonly wrong: Record<string, number>;
}

/** Samples of memory, each behind a garbage collection. */
const SAMPLES = 30;

await script({ seconds: 90, "hostile-percent": 1 }, async (run) => {
  const { seconds, "hostile-percent": hostile } = run.options;
  using server = new Program("servers/limpid", { core: 0 });
  using client = new Program("clients/mixed", { core: 1 });
  const port = await server.ask<number>("listen", {});
  const tlsPort = await server.ask<number>("listen", { tls: "server" });
  const files = openFiles(server.pid);
  await client.ask("begin", { port, tlsPort, hostile: hostile / 100 });
  const memory: number[] = [];
  const descriptors: number[] = [];
  for (let sample = 1; sample <= SAMPLES; sample++) {
    await sleep((seconds * 1000) / SAMPLES);
    await server.ask("collectGarbage");
    memory.push(residentBytes(server.pid));
    descriptors.push(openFiles(server.pid));
    if (sample % 5 === 0)
      run.progress(`${((memory.at(-1) ?? 0) / MEGABYTE).toFixed(1)} MB, ${descriptors.at(-1)} files`);
  }
  const { answers, wrong, p50, p99 } = await client.ask<MixedResult>("finish");
  const processor = processorSeconds(server.pid);
  await sleep(seconds < 30 ? 7000 : 17_000);
  const measured = memory.slice(SAMPLES / 3);
  const late = median(measured.slice(-5));
  run.exactly("crashes", server.crashed ? 1 : 0, 0, "crashes");
  run.atMost("growth after the first third", (slope(measured) * measured.length) / MEGABYTE, 4, "MB");
  run.shown("the server at the end", late / MEGABYTE, "MB");
  run.atMost("file descriptors left behind", openFiles(server.pid) - files, 0, "descriptors");
  run.exactly("connections left behind", await server.ask<number>("connections"), 0, "connections");
  const failed = Object.values(wrong).reduce((sum, one) => sum + one, 0);
  run.atLeast("right requests answered", answers["200"] ?? 0, 1, "requests");
  run.exactly("right requests that failed", failed, 0, "requests");
  run.shown("latency, median", p50, "ms");
  run.shown("latency, p99", p99, "ms");
  run.shown("processor time of the server", processor, "s");
  run.note(`Answers: ${JSON.stringify(answers)}`);
  if (failed > 0) run.note(`Failed: ${JSON.stringify(wrong)}`);
});
