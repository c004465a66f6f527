/** `limpid db plan`: what `limpid db migrate` would do. */
import type { Command } from "../../command.ts";
import { answer } from "./answer.ts";
import { databaseFlag, jsonFlag, migrationsFlag, migrationsFolder, toFlag } from "./database-flags.ts";
import { planAnswer } from "./plan-answer.ts";
import { withDatabase } from "./with-database.ts";

export const plan: Command = {
  name: "db plan",
  summary: "Print the SQL that `limpid db migrate` would run, and what is dangerous in it.",
  flags: [databaseFlag, migrationsFlag, toFlag, jsonFlag],
  examples: ["limpid db plan", "limpid db plan --json"],
  run: (input, terminal) =>
    answer(input, terminal, () =>
      withDatabase(input, terminal, async (source) => {
        const { planMigrations } = await import("../../../orm/index.ts");
        const folder = migrationsFolder(input, terminal);
        return planAnswer(await planMigrations(source, { folder, to: input.flags.get("to") }));
      }),
    ),
};
