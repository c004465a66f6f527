/** clients that ask for 100 MB and read nothing; each is cut 30 s after the stall, and a second for the clock. */
import { script } from "./apparatus/script.ts";
import { trySlowClients } from "./apparatus/slow-clients.ts";
import { MEGABYTE } from "./apparatus/statistics.ts";

await script({ seconds: 80, clients: 2000 }, async (run) => {
  const { seconds, clients } = run.options;
  await trySlowClients(run, {
    slowness: "readers",
    clients,
    seconds,
    interval: 1000,
    redial: false,
    // The timeout is 30 s and clocks are looked at twice a second, once to see the stall and once to see it last.
    cut: { earliest: 0, latest: 31 },
    growth: 150 * MEGABYTE,
  });
});
