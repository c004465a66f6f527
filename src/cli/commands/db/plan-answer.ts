/** Shows a plan: the SQL, what it destroys, and what is dangerous in it. */
import type { Finding, PlannedMigration } from "../../../orm/index.ts";
import type { Answer } from "./answer.ts";

/** A plan for people and as JSON. */
export function planAnswer(migrations: readonly PlannedMigration[]): Answer {
  if (migrations.length === 0) return { json: { migrations }, text: "Nothing to do.\n" };
  return { json: { migrations }, text: `${migrations.map(shown).join("\n")}` };
}

function shown({ name, direction, statements, transaction, loses, findings }: PlannedMigration): string {
  const how = transaction ? "in one transaction" : "step by step";
  const lines = [
    `-- ${name} (${direction}, ${how})`,
    ...statements.map((sql) => (sql.startsWith("--") ? sql : `${sql};`)),
  ];
  for (const loss of loses) lines.push(`-- destroys ${loss}`);
  return `${[...lines, ...findings.flatMap(shownFinding)].join("\n")}\n`;
}

/** The tables that nobody here knows, in a line. */
export function shownLeftAlone(tables: readonly string[]): string {
  return tables.length === 0
    ? ""
    : `-- left alone, because no model and no migration knows it: ${tables.join(", ")}\n`;
}

/** A finding as comments of SQL, so that the whole plan can be pasted. */
export function shownFinding({ name, subject, sentence, instead }: Finding): string[] {
  const lines = [`-- warning: ${subject}: ${sentence} [${name}]`];
  if (instead.length > 0)
    lines.push("--   instead:", ...instead.map((sql) => `--   ${sql.replaceAll("\n", "\n--   ")}`));
  return lines;
}
