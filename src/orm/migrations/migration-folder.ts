/** Reads the folder of migrations. */
import { LimpidError } from "../../errors/index.ts";
import type { Migration, Snapshot } from "./migration.ts";
import { loadModuleMigration } from "./module-migration.ts";
import { parseMigration } from "./parse-migration.ts";
import { parseSnapshot, SNAPSHOT_ENDING } from "./snapshot.ts";

const migrationFile = /^([^.].*?)\.(sql|[cm]?[jt]s)$/;

/** All migrations of a folder, by name; none where there is no folder. Throws `LMP_ORM_MIGRATION_INVALID`. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const { readdir } = process.getBuiltinModule("node:fs/promises");
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw unreadable(folder, error);
  });
  const migrations: Migration[] = [];
  for (const file of files.sort()) {
    const [, name = "", extension = ""] = migrationFile.exec(file) ?? [];
    if (name === "" || name.endsWith(".d")) continue;
    migrations.push(await readMigration(folder, file, name, extension));
  }
  assertDistinct(migrations);
  return migrations;
}

async function readMigration(
  folder: string,
  file: string,
  name: string,
  extension: string,
): Promise<Migration> {
  const { join } = process.getBuiltinModule("node:path");
  const { readFile } = process.getBuiltinModule("node:fs/promises");
  const path = join(folder, file);
  const text = await readFile(path, "utf8");
  const snapshot = await readSnapshot(join(folder, name + SNAPSHOT_ENDING));
  if (extension === "sql") return { ...parseMigration(text, { name, file, snapshot }), file: path };
  return { ...(await loadModuleMigration(path, text, { name, file, snapshot })), file: path };
}

async function readSnapshot(path: string): Promise<Snapshot | undefined> {
  const { readFile } = process.getBuiltinModule("node:fs/promises");
  const { basename } = process.getBuiltinModule("node:path");
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw unreadable(path, error);
  });
  return text === undefined ? undefined : parseSnapshot(text, basename(path));
}

function assertDistinct(migrations: readonly Migration[]): void {
  for (const [what, of] of [
    ["name", ({ name }: Migration) => name],
    ["content", ({ hash }: Migration) => hash],
  ] as const) {
    const seen = new Map<string, Migration>();
    for (const migration of migrations) {
      const other = seen.get(of(migration));
      if (other !== undefined) {
        throw new LimpidError("LMP_ORM_MIGRATION_INVALID", `Two migrations have the same ${what}.`, {
          expected: `a ${what} of its own for each`,
          found: `${other.file} and ${migration.file}`,
          fix: "Remove one of them.",
        });
      }
      seen.set(of(migration), migration);
    }
  }
}

function unreadable(path: string, cause: Error): LimpidError {
  return new LimpidError("LMP_ORM_MIGRATION_INVALID", `${path} cannot be read.`, {
    expected: "a folder of migrations that this user may read",
    found: cause.message,
    fix: "Name the right folder with --migrations, or mend its permissions.",
    cause,
  });
}
