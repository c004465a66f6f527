/** `limpid db migrate`: applies what is pending. */
import type { Command } from "../../command.ts";
import { answer } from "./answer.ts";
import {
  allowDataLossFlag,
  databaseFlag,
  jsonFlag,
  migrationsFlag,
  migrationsFolder,
  toFlag,
} from "./database-flags.ts";
import { planAnswer } from "./plan-answer.ts";
import { counted, progress } from "./progress.ts";
import { withDatabase } from "./with-database.ts";

export const migrate: Command = {
  name: "db migrate",
  summary: "Apply the migrations that the database does not have yet.",
  flags: [
    databaseFlag,
    migrationsFlag,
    toFlag,
    allowDataLossFlag,
    { name: "dry-run", summary: "print the SQL that would run, and run nothing" },
    jsonFlag,
  ],
  examples: ["limpid db migrate", "limpid db migrate --database postgres://app@db/shop --json"],
  run: (input, terminal) =>
    answer(input, terminal, () =>
      withDatabase(input, terminal, async (source) => {
        const orm = await import("../../../orm/index.ts");
        const folder = migrationsFolder(input, terminal);
        const to = input.flags.get("to");
        if (input.flags.has("dry-run")) return planAnswer(await orm.planMigrations(source, { folder, to }));
        const { done } = await orm.migrate(source, {
          folder,
          to,
          allowDataLoss: input.flags.has("allow-data-loss"),
          onEvent: progress(input, terminal),
        });
        const nothing = "Nothing to do: the database has every migration.\n";
        const text = done.length === 0 ? nothing : `${counted(done.length, "migration")} done.\n`;
        return { json: { done }, text };
      }),
    ),
};
