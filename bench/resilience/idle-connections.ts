/** what 10,000 idle keep-alive connections cost, beside node:net alone, and 15,000 without an error. */
import { holdIdle } from "./apparatus/idle-connections.ts";
import { script } from "./apparatus/script.ts";

await script({ clients: 10_000, most: 15_000 }, async (run) => {
  const { clients, most } = run.options;
  const floor = await holdIdle(run, { server: "servers/bare", tls: false, clients, most: clients });
  const limpid = await holdIdle(run, { server: "servers/limpid", tls: false, clients, most });
  run.atMost("memory of a connection", limpid.bytes / 1024, 6, "KB");
  run.shown("the same before garbage is collected", limpid.uncollected / 1024, "KB");
  run.shown("memory of a connection of node:net", floor.bytes / 1024, "KB");
  run.shown("the same before garbage is collected, node:net", floor.uncollected / 1024, "KB");
  run.shown("of it JavaScript's heap, Limpid", limpid.heap / 1024, "KB");
  run.shown("of it JavaScript's heap, node:net", floor.heap / 1024, "KB");
  run.shown("Limpid's own share", (limpid.bytes - floor.bytes) / 1024, "KB");
  run.exactly(`errors of ${most} connections`, limpid.errors, 0, "errors");
  run.exactly("connections that answer once more", limpid.answered, most, "connections");
  run.note(`The stretch goal is 4 KB: ${limpid.bytes <= 4096 ? "reached" : "not reached"}.`);
});
