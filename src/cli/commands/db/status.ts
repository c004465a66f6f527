/** `limpid db status`: how the migrations stand in a database. */
import type { MigrationStanding, MigrationStatus } from "../../../orm/index.ts";
import type { Command } from "../../command.ts";
import { table } from "../../table.ts";
import { answer } from "./answer.ts";
import { databaseFlag, jsonFlag, migrationsFlag, migrationsFolder } from "./database-flags.ts";
import { shownLeftAlone } from "./plan-answer.ts";
import { counted } from "./progress.ts";
import { withDatabase } from "./with-database.ts";

export const dbStatus: Command = {
  name: "db status",
  summary: "Show which migrations have run, and whether the database is what they say.",
  flags: [databaseFlag, migrationsFlag, jsonFlag],
  examples: ["limpid db status", "limpid db status --json"],
  run: (input, terminal) =>
    answer(input, terminal, () =>
      withDatabase(input, terminal, async (source) => {
        const { migrationStatus } = await import("../../../orm/index.ts");
        const status = await migrationStatus(source, { folder: migrationsFolder(input, terminal) });
        return {
          json: { ...status, drift: status.drift ?? null, leftAlone: status.leftAlone ?? null },
          text: shown(status),
          code: isWell(status) ? 0 : 1,
        };
      }),
    ),
};

/** What is pending is no fault; what disagrees is one. */
function isWell({ migrations, drift }: MigrationStatus): boolean {
  return migrations.every(({ state }) => state === "applied" || state === "pending") && !drift?.length;
}

function shown({ migrations, heads, drift, leftAlone = [] }: MigrationStatus): string {
  if (migrations.length === 0) return "There are no migrations.\n";
  const rows = migrations.map((one) => [one.name, stateOf(one), one.appliedAt ?? "", one.hash]);
  const pending = migrations.filter(({ state }) => state === "pending").length;
  const lines = [table([["MIGRATION", "STATE", "APPLIED", "HASH"], ...rows]).trimEnd(), ""];
  lines.push(
    `${counted(pending, "migration")} pending; the next one builds upon ${heads.join(" and ") || "nothing"}.`,
  );
  if (drift !== undefined) {
    lines.push(
      drift.length === 0
        ? "The schema of the database is what its migrations say."
        : "The schema of the database is not what its migrations say. It is as if somebody had done by hand:",
      ...drift.map((operation) => `  ${operation}`),
    );
  }
  return `${lines.join("\n")}\n${shownLeftAlone(leftAlone)}`;
}

function stateOf({ state, stepsDone }: MigrationStanding): string {
  return stepsDone === undefined ? state : `${state} after step ${stepsDone}`;
}
