/** `limpid db baseline`: takes a database that was there before its migrations for one in which they have run. */
import type { BaselineResult } from "../../../orm/index.ts";
import type { Command } from "../../command.ts";
import { answer } from "./answer.ts";
import { databaseFlag, jsonFlag, migrationsFlag, migrationsFolder, toFlag } from "./database-flags.ts";
import { shownLeftAlone } from "./plan-answer.ts";
import { counted, progress } from "./progress.ts";
import { withDatabase } from "./with-database.ts";

export const baseline: Command = {
  name: "db baseline",
  summary: "Mark migrations as applied in a database that is what they make already.",
  flags: [
    databaseFlag,
    migrationsFlag,
    toFlag,
    {
      name: "allow-differences",
      summary: "mark them though the database differs; a table that it lacks is refused",
    },
    { name: "replace-history", summary: "forget migrations in the database that the folder does not have" },
    jsonFlag,
  ],
  examples: ["limpid db baseline", "limpid db baseline --to create-users --json"],
  run: (input, terminal) =>
    answer(input, terminal, () =>
      withDatabase(input, terminal, async (source) => {
        const orm = await import("../../../orm/index.ts");
        const result = await orm.baseline(source, {
          folder: migrationsFolder(input, terminal),
          to: input.flags.get("to"),
          allowDifferences: input.flags.has("allow-differences"),
          replaceHistory: input.flags.has("replace-history"),
          onEvent: progress(input, terminal),
        });
        return { json: result, text: shown(result) };
      }),
    ),
};

function shown({ done, forgotten, differences, leftAlone }: BaselineResult): string {
  if (done.length + forgotten.length === 0) return "Nothing to mark: the database has every migration.\n";
  const lines = [...forgotten.map((name) => `forgot  ${name}`), ...done.map(({ name }) => `marked  ${name}`)];
  lines.push(`${counted(done.length, "migration")} marked as applied; nothing was run.`);
  if (differences.length > 0)
    lines.push("The database still needs:", ...differences.map((one) => `  ${one}`));
  return `${lines.join("\n")}\n${shownLeftAlone(leftAlone)}`;
}
