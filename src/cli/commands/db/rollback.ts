/** `limpid db rollback`: undoes what was applied last. */
import type { Command } from "../../command.ts";
import { answer } from "./answer.ts";
import {
  allowDataLossFlag,
  databaseFlag,
  jsonFlag,
  migrationsFlag,
  migrationsFolder,
  stepsFlag,
  toFlag,
} from "./database-flags.ts";
import { planAnswer } from "./plan-answer.ts";
import { counted, progress } from "./progress.ts";
import { withDatabase } from "./with-database.ts";

export const rollback: Command = {
  name: "db rollback",
  summary: "Undo the migration that was applied last, or more of them.",
  flags: [
    databaseFlag,
    migrationsFlag,
    stepsFlag,
    toFlag,
    allowDataLossFlag,
    { name: "dry-run", summary: "print the SQL that would run, and run nothing" },
    jsonFlag,
  ],
  examples: ["limpid db rollback", "limpid db rollback --steps 2", "limpid db rollback --to add-posts"],
  run: (input, terminal) =>
    answer(input, terminal, () =>
      withDatabase(input, terminal, async (source) => {
        const orm = await import("../../../orm/index.ts");
        const { flags } = input;
        const steps = flags.has("steps") ? Number(flags.get("steps")) : undefined;
        const options = { folder: migrationsFolder(input, terminal), steps, to: flags.get("to") };
        if (flags.has("dry-run")) return planAnswer(await orm.planRollback(source, options));
        const { done } = await orm.rollback(source, {
          ...options,
          allowDataLoss: flags.has("allow-data-loss"),
          onEvent: progress(input, terminal),
        });
        const nothing = "Nothing to undo.\n";
        return {
          json: { done },
          text: done.length === 0 ? nothing : `${counted(done.length, "migration")} undone.\n`,
        };
      }),
    ),
};
