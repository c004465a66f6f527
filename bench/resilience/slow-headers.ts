/** slowloris, a byte of a head now and then, from clients that come back; each is cut after 10 s ± 1 s. */
import { script } from "./apparatus/script.ts";
import { trySlowClients } from "./apparatus/slow-clients.ts";
import { MEGABYTE } from "./apparatus/statistics.ts";

await script({ seconds: 60, clients: 2000, interval: 2000 }, async (run) => {
  const { seconds, clients, interval } = run.options;
  await trySlowClients(run, {
    slowness: "headers",
    clients,
    seconds,
    interval,
    redial: true,
    cut: { earliest: 9, latest: 11 },
    growth: 120 * MEGABYTE,
  });
});
