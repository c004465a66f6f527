/** what 4,000 idle TLS connections cost, beside node:tls alone. */
import { holdIdle } from "./apparatus/idle-connections.ts";
import { script } from "./apparatus/script.ts";

await script({ clients: 4000 }, async (run) => {
  const { clients } = run.options;
  const trial = { tls: true, clients, most: clients };
  const floor = await holdIdle(run, { server: "servers/bare", ...trial });
  const limpid = await holdIdle(run, { server: "servers/limpid", ...trial });
  run.atMost("memory of a connection", limpid.bytes / 1024, 34, "KB");
  run.shown("the same before garbage is collected", limpid.uncollected / 1024, "KB");
  run.shown("memory of a connection of node:tls", floor.bytes / 1024, "KB");
  run.shown("of it JavaScript's heap, Limpid", limpid.heap / 1024, "KB");
  run.shown("of it JavaScript's heap, node:tls", floor.heap / 1024, "KB");
  run.shown("Limpid's own share", (limpid.bytes - floor.bytes) / 1024, "KB");
  run.exactly("errors", limpid.errors, 0, "errors");
  run.exactly("connections that answer once more", limpid.answered, clients, "connections");
});
