/** `limpid db seed`: fills a database with its first rows. */
import type { Command } from "../../command.ts";
import { answer } from "./answer.ts";
import { databaseFlag, jsonFlag } from "./database-flags.ts";
import { findSeeds, runSeeds, seedsFlag } from "./run-seeds.ts";

export const seed: Command = {
  name: "db seed",
  summary: "Run the seeds in one transaction.",
  flags: [databaseFlag, seedsFlag, jsonFlag],
  examples: ["limpid db seed", "limpid db seed --seeds db/demo.ts"],
  run: (input, terminal) =>
    answer(input, terminal, async () => {
      const file = findSeeds(input, terminal, "needed");
      const milliseconds = await runSeeds(file, input, terminal);
      return { json: { seeded: true, milliseconds }, text: `seeded  (${milliseconds} ms)\n` };
    }),
};
