/** a handler that blocks the event loop now and then; the server refuses meanwhile and names the route. */
import { Program } from "./apparatus/program.ts";
import { script } from "./apparatus/script.ts";
import { sleep } from "./apparatus/statistics.ts";
import type { LoadResult } from "./clients/open-loop.ts";
import type { Announced } from "./servers/working.ts";

await script({ seconds: 20, block: 500, every: 2000, rate: 300 }, async (run) => {
  const { seconds, block, every, rate } = run.options;
  using server = new Program("servers/working", { core: 0 });
  using client = new Program("clients/open-loop", { core: 1 });
  using probe = new Program("clients/open-loop", { core: 1 });
  const port = await server.ask<number>("listen", {});
  const before = await client.ask<LoadResult>("load", { port, path: "/task/200", seconds: 3, rate });
  run.exactly("refused while nothing blocks", before.shed.count, 0, "requests");
  run.shown("p99 while nothing blocks", before.accepted.p99, "ms");

  const blocking = (async () => {
    for (let left = seconds * 1000; left > 0; left -= every) {
      await Promise.all([
        fetch(`http://127.0.0.1:${port}/block/${block}`).then((answer) => answer.text()),
        sleep(every),
      ]);
    }
  })();
  const [during, alive] = await Promise.all([
    client.ask<LoadResult>("load", { port, path: "/task/200", seconds, rate }),
    probe.ask<LoadResult>("load", { port, path: "/livez", seconds, rate: 20 }),
    blocking,
  ]);
  run.atLeast("refused while it blocks", during.shed.count, 1, "requests");
  run.shown("accepted while it blocks", during.accepted.count, "requests");
  run.shown("accepted requests, p99", during.accepted.p99, "ms");
  run.exactly("neither answered nor refused", during.errors, 0, "requests");
  run.exactly("/livez refused", alive.shed.count + alive.errors, 0, "requests");
  run.atMost("/livez, slowest", alive.accepted.max, block + 100, "ms");

  const after = await client.ask<LoadResult>("load", { port, path: "/task/200", seconds: 7, rate });
  run.atMost("until the last refusal afterwards", after.lastShed, 5000, "ms");
  const { blocked, warnings } = await server.ask<Announced>("announced");
  const named = blocked[`GET /block/${block}`] ?? 0;
  const all = Object.values(blocked).reduce((sum, count) => sum + count, 0);
  run.atLeast("blocks that were noticed", all, 2, "times");
  run.exactly("blocks with the right name", named, all, "times");
  run.atLeast(
    "log lines that name the path",
    warnings.filter((line) => line.includes(`/block/${block}`)).length,
    1,
    "lines",
  );
  for (const line of warnings.slice(0, 4)) run.note(line);
});
