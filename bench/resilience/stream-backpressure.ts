/** CVE-2026-25224: 1 GB is streamed to each of 200 clients that read nothing; memory stays what it was. */
import { MemoryWatch } from "./apparatus/process-figures.ts";
import { Program } from "./apparatus/program.ts";
import { script } from "./apparatus/script.ts";
import { MEGABYTE, sleep } from "./apparatus/statistics.ts";

await script({ seconds: 20, clients: 200 }, async (run) => {
  const { seconds, clients } = run.options;
  using server = new Program("servers/limpid", { core: 0 });
  using client = new Program("clients/unread", { core: 1 });
  const port = await server.ask<number>("listen", { options: {} });
  await client.ask("warm", { port });
  await server.ask("collectGarbage");
  const memory = new MemoryWatch(server.pid, 50);
  const before = memory.peak;
  await client.ask("begin", { port, clients });
  run.progress(`${clients} clients have asked for 1 GB each and read nothing`);
  await sleep(seconds * 1000);
  memory.stop();
  run.exactly("connections held", await server.ask<number>("connections"), clients, "connections");
  run.atMost("growth of the server", (memory.peak - before) / MEGABYTE, 64, "MB");
  run.shown("growth for each client", (memory.peak - before) / 1024 / clients, "KB");
  run.note("Every second client asks for an async generator, the others for a ReadableStream.");
});
