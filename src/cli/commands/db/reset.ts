/** `limpid db reset`: empties a database and builds it anew. */
import { LimpidError } from "../../../errors/index.ts";
import type { Command, Input, Terminal } from "../../command.ts";
import { answer } from "./answer.ts";
import { databaseFlag, databaseUrl, jsonFlag, migrationsFlag, migrationsFolder } from "./database-flags.ts";
import { counted, progress } from "./progress.ts";
import { findSeeds, runSeeds, seedsFlag } from "./run-seeds.ts";
import { withDatabase } from "./with-database.ts";

export const reset: Command = {
  name: "db reset",
  summary: "Drop everything in the database, apply all migrations, and run the seeds.",
  flags: [
    databaseFlag,
    migrationsFlag,
    seedsFlag,
    { name: "yes", summary: "do not ask; needed where nobody sits at a terminal, and in production" },
    jsonFlag,
  ],
  examples: ["limpid db reset", "limpid db reset --yes --database sqlite:blog.db"],
  run: (input, terminal) =>
    answer(input, terminal, async () => {
      await confirm(input, terminal);
      const done = await withDatabase(input, terminal, async (source) => {
        const orm = await import("../../../orm/index.ts");
        await orm.resetDatabase(source);
        const folder = migrationsFolder(input, terminal);
        return (await orm.migrate(source, { folder, onEvent: progress(input, terminal) })).done;
      });
      const seeds = findSeeds(input, terminal, "optional");
      if (seeds !== undefined) await runSeeds(seeds, input, terminal);
      const seeded = seeds !== undefined;
      const text = `The database is new: ${counted(done.length, "migration")} done${seeded ? ", seeded" : ""}.\n`;
      return { json: { done, seeded }, text };
    }),
};

/** Throws `LMP_CLI_CONFIRMATION` unless somebody says yes. */
async function confirm({ flags, ...input }: Input, terminal: Terminal): Promise<void> {
  if (flags.has("yes")) return;
  const { maskedUrl } = await import("../../../orm/index.ts");
  const url = maskedUrl(databaseUrl({ flags, ...input }));
  const production = process.env.NODE_ENV === "production";
  if (!production && !flags.has("json") && terminal.ask !== undefined) {
    const said = await terminal.ask(`Drop everything in ${url}? Type yes: `);
    if (said.trim().toLowerCase() === "yes") return;
  }
  throw new LimpidError("LMP_CLI_CONFIRMATION", `Everything in ${url} would be dropped.`, {
    expected: "consent",
    found: production ? "none, and NODE_ENV is production" : "none",
    fix: "If that is what you want: limpid db reset --yes",
  });
}
