/** CVE-2025-59464: 24,000 TLS handshakes, with and without client certificates, some broken off; nothing grows. */
import { openFiles, residentBytes } from "./apparatus/process-figures.ts";
import { Program } from "./apparatus/program.ts";
import { script } from "./apparatus/script.ts";
import { MEGABYTE, sleep, slope } from "./apparatus/statistics.ts";

/** Handshakes between two samples. */
const STEP = 1000;

await script({ handshakes: 24_000 }, async (run) => {
  using server = new Program("servers/limpid", { core: 0 });
  using client = new Program("clients/handshakes", { core: 1 });
  const port = await server.ask<number>("listen", { tls: "server" });
  const mutualPort = await server.ask<number>("listen", { tls: "mutual" });
  const files = openFiles(server.pid);
  const memory: number[] = [];
  const wrong: Record<string, number> = {};
  const done: Record<string, number> = {};
  for (let count = 0; count < run.options.handshakes; count += STEP) {
    const result = await client.ask<{ done: typeof done; wrong: typeof wrong }>("run", {
      port,
      mutualPort,
      count: STEP,
    });
    for (const [kind, number] of Object.entries(result.done)) done[kind] = (done[kind] ?? 0) + number;
    for (const [kind, number] of Object.entries(result.wrong)) wrong[kind] = (wrong[kind] ?? 0) + number;
    await server.ask("collectGarbage");
    memory.push(residentBytes(server.pid));
    const megabytes = (memory.at(-1) ?? 0) / MEGABYTE;
    run.progress(`${count + STEP} handshakes, the server holds ${megabytes.toFixed(1)} MB`);
  }
  // The first third is warm-up.
  const measured = memory.slice(Math.ceil(memory.length / 3));
  const growth = slope(measured);
  run.atMost("growth after warm-up", (growth * measured.length) / MEGABYTE, 4, "MB");
  run.shown("growth for each handshake", growth / STEP, "bytes");
  await sleep(6000);
  run.atMost("file descriptors left behind", openFiles(server.pid) - files, 0, "descriptors");
  run.exactly("connections left behind", await server.ask<number>("connections"), 0, "connections");
  const failed = Object.values(wrong).reduce((sum, one) => sum + one, 0);
  run.exactly("handshakes that ended wrongly", failed, 0, "handshakes");
  run.note(`They were ${JSON.stringify(done)}; wrong were ${JSON.stringify(wrong)}.`);
});
