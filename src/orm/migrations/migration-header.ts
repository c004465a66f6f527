/** The head of a migration file: what it builds upon, what it touches, and what it destroys. */
import { LimpidError } from "../../errors/index.ts";
import type { Destroyed } from "./migration.ts";

/** The comment that every migration in SQL begins with. */
export const TITLE = "limpid migration";

export interface MigrationHeader {
  readonly parents: readonly string[];
  readonly touches: readonly string[] | undefined;
  readonly loses: readonly Destroyed[];
}

/** Reads the lines before the first section. Throws `LMP_ORM_MIGRATION_INVALID`. */
export function parseHeader(lines: readonly string[], file: string): MigrationHeader {
  const fields = new Map<string, string[]>();
  for (const line of lines) {
    const [, key = "", value = ""] = /^--\s*(parents|touches|loses):(.*)$/.exec(line) ?? [];
    if (key !== "") fields.set(key, [...(fields.get(key) ?? []), ...listed(value)]);
    else if (line.trim() !== "" && !line.startsWith("--")) {
      throw new LimpidError("LMP_ORM_MIGRATION_INVALID", `${file} has SQL before its first section.`, {
        expected: "-- up sqlite, -- up postgresql or -- up mysql on a line before the SQL",
        found: line.slice(0, 60),
        fix: "Say for which database the SQL is.",
      });
    }
  }
  const parents = fields.get("parents");
  if (parents === undefined) throw parentsMissing(file);
  for (const hash of parents) assertHash(hash, file);
  return {
    parents,
    touches: fields.get("touches"),
    loses: (fields.get("loses") ?? []).map((text) => parseDestroyed(text, file)),
  };
}

function parentsMissing(file: string): LimpidError {
  return new LimpidError("LMP_ORM_MIGRATION_INVALID", `${file} does not say what it builds upon.`, {
    expected: "a line `-- parents:` with hashes, or `-- parents: none`, before the first section",
    found: "no such line",
    fix: "Add the line; `limpid db status` shows the hashes.",
  });
}

/** The items of a list with commas; `none` is an empty one. */
export function listed(text: string): string[] {
  const items = text.split(",").map((item) => item.trim());
  return items.filter((item) => item !== "" && item !== "none");
}

/** Throws `LMP_ORM_MIGRATION_INVALID` for what is no hash of a migration. */
export function assertHash(hash: unknown, file: string): asserts hash is string {
  if (typeof hash === "string" && /^[0-9a-f]{32}$/.test(hash)) return;
  throw new LimpidError("LMP_ORM_MIGRATION_INVALID", `${file} names a parent that is no hash.`, {
    expected: "32 hexadecimal digits, as `limpid db status` shows them",
    found: JSON.stringify(hash),
    fix: "Copy the hash of the migration that this one builds upon.",
  });
}

/** Reads `table posts`, `column posts.title` or `rows posts`. Throws `LMP_ORM_MIGRATION_INVALID`. */
export function parseDestroyed(text: string, file: string): Destroyed {
  const [, kind, table = "", column] = /^(table|column|rows)\s+([^\s.]+)(?:\.(\S+))?$/.exec(text) ?? [];
  if (kind === "column" && column !== undefined) return { table, column };
  if (kind === "table" && column === undefined) return { table };
  if (kind === "rows" && column === undefined) return { table, rows: true };
  throw new LimpidError("LMP_ORM_MIGRATION_INVALID", `${file} declares a loss that cannot be understood.`, {
    expected: "table posts, column posts.title or rows posts",
    found: text,
    fix: "Mend the line that begins with `-- loses:`.",
  });
}

/** As `parseDestroyed` reads it. */
export function shownDestroyed({ table, column, rows }: Destroyed): string {
  if (column !== undefined) return `column ${table}.${column}`;
  return `${rows === true ? "rows" : "table"} ${table}`;
}
