/** `limpid db diff`: writes the migration that brings the database to what the models say. */
import type { DialectName, DraftOptions, MigrationDraft, Schema } from "../../../orm/index.ts";
import type { Command, Input, Terminal } from "../../command.ts";
import { misuse } from "../../misuse.ts";
import { shownFile } from "../../source-place.ts";
import { type Answer, answer } from "./answer.ts";
import { databaseFlag, jsonFlag, migrationsFlag, migrationsFolder } from "./database-flags.ts";
import { loadModels, modelsFlag } from "./load-models.ts";
import { shownFinding, shownLeftAlone } from "./plan-answer.ts";
import { withDatabase } from "./with-database.ts";

const names: readonly string[] = ["sqlite", "postgresql", "mysql"];

export const diff: Command = {
  name: "db diff",
  summary: "Write the migration for what has changed in the models.",
  flags: [
    modelsFlag,
    migrationsFlag,
    databaseFlag,
    {
      name: "dialect",
      value: "<name>",
      several: true,
      summary: `write SQL for this database: ${names.join(", ")}`,
      default: "those of the last migration, and that of the database",
      accepts: { expected: `one of ${names.join(", ")}`, test: (value) => names.includes(value) },
    },
    {
      name: "name",
      value: "<name>",
      summary: "what to call it, behind the time; default: made from the changes",
    },
    {
      name: "rename",
      value: "<old:new>",
      several: true,
      summary: "what is gone was renamed: users:people, posts.title:posts.headline",
    },
    { name: "drop", value: "<name>", several: true, summary: "what is gone was dropped: posts.title" },
    { name: "allow-data-loss", summary: "write it though it drops tables or columns" },
    { name: "from-database", summary: "compare with the database itself instead of the last migration" },
    { name: "dry-run", summary: "print the migration, and write nothing" },
    jsonFlag,
  ],
  examples: [
    "limpid db diff --name add-posts",
    "limpid db diff --dialect sqlite --dialect postgresql",
    "limpid db diff --rename posts.title:posts.headline",
  ],
  run: (input, terminal) =>
    answer(input, terminal, async () => {
      if (!input.flags.has("from-database"))
        return draft(input, terminal, await dialectsOf(input, terminal), {});
      return withDatabase(input, terminal, async (source) => {
        const { inWordsOf, schemaOfDatabase, databaseDrift } = await import("../../../orm/index.ts");
        const live = await schemaOfDatabase(source);
        const drift = await databaseDrift(source, migrationsFolder(input, terminal));
        return draft(input, terminal, [live.dialect], {
          from: [live],
          declaredAs: (schema) => inWordsOf(source, schema),
          drift,
        });
      });
    }),
};

interface Base {
  readonly from?: readonly Schema[];
  readonly declaredAs?: (schema: Schema) => Promise<Schema>;
  readonly drift?: readonly string[] | undefined;
}

async function draft(
  input: Input,
  terminal: Terminal,
  dialects: readonly DialectName[],
  { from, declaredAs, drift }: Base,
): Promise<Answer> {
  const orm = await import("../../../orm/index.ts");
  const declared = orm.declaredSchemas(await loadModels(input, terminal), dialects);
  const options: DraftOptions = {
    folder: migrationsFolder(input, terminal),
    declared,
    from,
    to: declaredAs === undefined ? undefined : await Promise.all(declared.map(declaredAs)),
    name: input.flags.get("name"),
    renames: {
      renamed: (input.lists.get("rename") ?? []).map(orm.parseRename),
      dropped: input.lists.get("drop") ?? [],
    },
    allowDataLoss: input.flags.has("allow-data-loss"),
  };
  const leftAlone = from === undefined ? undefined : await orm.tablesLeftAlone(options);
  const drifted = (drift ?? []).map((one) => `-- warning: the database has drifted: ${one}\n`);
  const heard = drifted.join("") + shownLeftAlone(leftAlone ?? []);
  const known = { drift: drift ?? null, leftAlone: leftAlone ?? null };
  if (input.flags.has("dry-run")) {
    const made = await orm.draftMigration(options);
    const text = made === undefined ? nothing(dialects, from) : `${made.sql}\n${described(made)}`;
    return { json: { migration: made ?? null, ...known }, text: heard + text };
  }
  const written = await orm.writeMigration(options);
  const json = { migration: written ?? null, ...known };
  if (written === undefined) return { json, text: heard + nothing(dialects, from) };
  const file = shownFile(written.file, terminal.cwd);
  const folder = input.flags.get("migrations");
  const where = folder === undefined ? "" : ` --migrations ${folder}`;
  const next = `${file} written. Read it, then run: limpid db migrate${where}\n`;
  return { json, text: heard + described(written) + forThisOneAlone(written, from, leftAlone) + next };
}

function nothing(dialects: readonly DialectName[], from: readonly Schema[] | undefined): string {
  const what = from === undefined ? "the migrations say" : "the database is";
  return `Nothing to do: ${what} what the models say (${dialects.join(", ")}).\n`;
}

/** A first migration that does not begin with nothing runs in no other database. */
function forThisOneAlone(
  { parents }: MigrationDraft,
  from: readonly Schema[] = [],
  leftAlone: readonly string[] = [],
): string {
  const tables = from.flatMap((schema) => schema.tables);
  if (parents.length > 0 || tables.length === leftAlone.length) return "";
  return "-- warning: no migration comes before it, so it runs in this database alone, and in no new one.\n";
}

function described({ changes }: MigrationDraft): string {
  const lines = changes.flatMap(({ dialect, operations, findings, loses }) => [
    `${dialect}:`,
    ...operations.map((operation) => `  ${operation}`),
    ...loses.map((loss) => `  destroys ${loss}`),
    ...findings.flatMap(shownFinding),
  ]);
  return `${lines.join("\n")}\n`;
}

/** The databases that the file is for. Throws `LMP_CLI_FLAG_VALUE` where nothing tells. */
async function dialectsOf(input: Input, terminal: Terminal): Promise<DialectName[]> {
  const { dialectNames, dialectOfUrl, snapshotDialects } = await import("../../../orm/index.ts");
  const named = input.lists.get("dialect");
  if (named !== undefined) return dialectNames.filter((dialect) => named.includes(dialect));
  const url = input.flags.get("database");
  const known = await snapshotDialects(migrationsFolder(input, terminal));
  const wanted = url === undefined ? known : [...known, dialectOfUrl(url)];
  if (wanted.length > 0) return dialectNames.filter((dialect) => wanted.includes(dialect));
  throw misuse("LMP_CLI_FLAG_VALUE", "Nothing tells for which database the migration is.", {
    expected: "--dialect <name>, --database <url>, or the variable DATABASE_URL",
    found: "none of them, and no migration before this one",
    fix: "Name it: limpid db diff --dialect sqlite",
  });
}
