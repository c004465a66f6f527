/** Reads a migration in TypeScript or JavaScript: a module that exports `parents`, `touches`, `up` and `down`. */
import { LimpidError } from "../../errors/index.ts";
import { hashOfModule } from "./content-hash.ts";
import type { MigrationFunction, ModuleMigration, Snapshot } from "./migration.ts";
import { assertHash, parseDestroyed } from "./migration-header.ts";

/** Loads the module at `path`. Throws `LMP_ORM_MIGRATION_INVALID`. */
export async function loadModuleMigration(
  path: string,
  text: string,
  { name, file, snapshot }: { name: string; file: string; snapshot: Snapshot | undefined },
): Promise<ModuleMigration> {
  const hash = hashOfModule(text);
  const { pathToFileURL } = process.getBuiltinModule("node:url");
  let exported: Record<string, unknown>;
  try {
    // The hash in the address, because a module that was loaded before it changed would be kept.
    exported = (await import(`${pathToFileURL(path).href}?${hash}`)) as Record<string, unknown>;
  } catch (cause) {
    throw new LimpidError("LMP_ORM_MIGRATION_INVALID", `${file} could not be loaded.`, {
      expected: "a module that exports parents, touches, up and down",
      found: cause instanceof Error ? cause.message : String(cause),
      fix: `Mend ${file}.`,
      cause,
    });
  }
  const { up, down } = exported;
  if (!isFunction(up)) throw invalid(file, "up", "export async function up(db) { … }", up);
  if (down !== undefined && !isFunction(down)) {
    throw invalid(file, "down", "export async function down(db) { … }, or none", down);
  }
  const parents = strings(exported.parents, file, "parents");
  if (parents === undefined) throw invalid(file, "parents", "export const parents = [];", undefined);
  for (const parent of parents) assertHash(parent, file);
  const loses = (strings(exported.loses, file, "loses") ?? []).map((one) => parseDestroyed(one, file));
  const touches = strings(exported.touches, file, "touches");
  return { kind: "module", name, file, hash, parents, touches, snapshot, loses, up, down };
}

function isFunction(value: unknown): value is MigrationFunction {
  return typeof value === "function";
}

function strings(value: unknown, file: string, name: string): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((one): one is string => typeof one === "string")) return value;
  throw invalid(file, name, `export const ${name} = ["…"];`, value);
}

function invalid(file: string, name: string, expected: string, found: unknown): LimpidError {
  return new LimpidError("LMP_ORM_MIGRATION_INVALID", `${file} has no usable export \`${name}\`.`, {
    expected,
    found: found === undefined ? "none" : typeof found,
    fix: `Export \`${name}\`.`,
  });
}
