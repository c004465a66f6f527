/** Migration files for tests: the same statements for every database. */
import { parseMigration } from "../../../src/orm/migrations/parse-migration.ts";
import { dialects } from "./databases.ts";

export interface Written {
  readonly up: string;
  readonly down?: string;
  readonly parents?: readonly string[];
  readonly touches?: string;
  readonly loses?: string;
}

/** The text of a file. */
export function migrationFile({ up, down, parents = [], touches, loses }: Written): string {
  const lines = ["-- limpid migration", `-- parents: ${parents.join(", ") || "none"}`];
  if (touches !== undefined) lines.push(`-- touches: ${touches}`);
  if (loses !== undefined) lines.push(`-- loses: ${loses}`);
  for (const dialect of dialects) {
    lines.push("", `-- up ${dialect}`, up);
    if (down !== undefined) lines.push(`-- down ${dialect}`, down);
  }
  return `${lines.join("\n")}\n`;
}

/** The hash of a file. */
export function hashOf(text: string): string {
  return parseMigration(text, { name: "any", file: "any.sql" }).hash;
}

/** Files that build upon each other, in the order of their names. */
export function chain(files: Readonly<Record<string, Omit<Written, "parents">>>): Record<string, string> {
  const texts: Record<string, string> = {};
  let parents: string[] = [];
  for (const [name, written] of Object.entries(files)) {
    const text = migrationFile({ ...written, parents });
    texts[`${name}.sql`] = text;
    parents = [hashOf(text)];
  }
  return texts;
}
