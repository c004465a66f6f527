/** content at a byte a second, or that stops altogether; each is cut within 20 s. */
import { script } from "./apparatus/script.ts";
import { trySlowClients } from "./apparatus/slow-clients.ts";
import { MEGABYTE } from "./apparatus/statistics.ts";

await script({ seconds: 60, clients: 2000, interval: 1000 }, async (run) => {
  const { seconds, clients, interval } = run.options;
  await trySlowClients(run, {
    slowness: "bodies",
    clients,
    seconds,
    interval,
    redial: true,
    cut: { earliest: 0, latest: 20 },
    growth: 150 * MEGABYTE,
  });
});
