/** `limpid db`: from models to a database and back, what it prints, and its exit codes. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { main } from "limpid/cli";
import { folder } from "./process.ts";
import { limpid } from "./terminal.ts";

const head = `import { integer, model, text, varchar } from "limpid/orm";\n`;
const users = `export const User = model("users", { id: integer().primaryKey(), name: varchar(50) });\n`;
const posts = `export const Post = model("posts", {
  id: integer().primaryKey(),
  authorId: integer().references(() => User.id, { onDelete: "cascade" }),
  title: text(),
});\n`;
const files = {
  "models.ts": head + users,
  "more.ts": head + users + posts,
  "renamed.ts": head + users + posts.replace("title:", "headline:"),
  "fewer.ts": head + posts.replace(/authorId.*\n/, "") + users,
};

/** What the commands print as JSON, each some of it. */
interface Found {
  migration: { name: string; changes: { dialect: string }[] } | null;
  migrations: { state: string }[];
  done: { name: string; direction: string }[];
  heads: string[];
  drift: string[] | null;
  seeded: boolean;
  error: { code: string };
}

const database = ["--database", "sqlite:test.db"];

test("diff, plan, migrate, status and rollback, as a person sees them", async (t) => {
  const cwd = await folder(t, files);
  const written = await limpid(["db", "diff", "--dialect", "sqlite", "--name", "first"], cwd);
  assert.match(
    written.out,
    /^sqlite:\n {2}create table users\nmigrations\/\d{8}-\d{4}-first\.sql written\. Read it/,
  );
  assert.deepEqual([written.code, written.err], [0, ""]);
  const [file = "", snapshot = ""] = (await readdir(join(cwd, "migrations"))).toReversed();
  assert.match(snapshot, /-first\.snapshot\.json$/);
  const sql = await readFile(join(cwd, "migrations", file), "utf8");
  assert.match(
    sql,
    /^-- limpid migration\n-- parents: none\n-- touches: [\s\S]*\n-- up sqlite\nCREATE TABLE "users"/,
  );
  assert.match((await limpid(["db", "diff"], cwd)).out, /^Nothing to do: .* \(sqlite\)\.\n$/);
  const plan = await limpid(["db", "plan", ...database], cwd);
  assert.match(plan.out, /^-- \S+-first \(up, in one transaction\)\nCREATE TABLE "users"[\s\S]*;\n$/);
  const applied = await limpid(["db", "migrate", ...database], cwd);
  assert.match(applied.out, /^applied {2}\S+-first {2}\(\d+ ms\)\n1 migration done\.\n$/);
  assert.match((await limpid(["db", "migrate", ...database], cwd)).out, /^Nothing to do/);
  const status = await limpid(["db", "status", ...database], cwd);
  assert.match(status.out, /^MIGRATION +STATE[\s\S]*-first +applied +20[\s\S]*\n0 migrations pending/);
  assert.match(status.out, /The schema of the database is what its migrations say\.\n$/);
  assert.equal(status.code, 0);
  const undone = await limpid(["db", "rollback", ...database], cwd);
  assert.match(undone.out, /^undone {2}\S+-first {2}\(\d+ ms\)\n1 migration undone\.\n$/);
  assert.match((await limpid(["db", "rollback", ...database], cwd)).out, /^Nothing to undo\.\n$/);
});

test("every command says the same as JSON, its errors too", async (t) => {
  const cwd = await folder(t, files);
  const json = async (...words: string[]) => {
    const { code, out } = await limpid(["db", ...words, "--json"], cwd);
    return { code, ...(JSON.parse(out) as Found) };
  };
  const { migration } = await json(
    "diff",
    "--dialect",
    "sqlite",
    "--dialect",
    "postgresql",
    "--name",
    "first",
  );
  assert.deepEqual(
    migration?.changes.map(({ dialect }) => dialect),
    ["sqlite", "postgresql"],
  );
  assert.equal((await json("diff")).migration, null);
  const plan = await json("plan", ...database);
  assert.deepEqual(Object.keys(plan.migrations[0] ?? {}), [
    "name",
    "hash",
    "direction",
    "statements",
    "transaction",
    "loses",
    "findings",
  ]);
  const { done } = await json("migrate", ...database);
  assert.deepEqual([done.length, done[0]?.name, done[0]?.direction], [1, migration?.name, "up"]);
  const status = await json("status", ...database);
  assert.deepEqual(
    [status.migrations[0]?.state, status.heads, status.drift],
    ["applied", [migration?.name], []],
  );
  assert.equal((await json("rollback", ...database)).done[0]?.direction, "down");
  assert.deepEqual((await json("reset", ...database, "--yes")).seeded, false);
  const failed = await json("rollback", ...database, "--to", "nothing");
  assert.deepEqual([failed.code, failed.error.code], [1, "LMP_ORM_OPTION_INVALID"]);
});

test("a rename is asked for, and a drop needs consent twice", async (t) => {
  const cwd = await folder(t, files);
  await limpid(["db", "diff", "--models", "more.ts", "--dialect", "sqlite", "--name", "first"], cwd);
  await limpid(["db", "migrate", ...database], cwd);
  const asked = await limpid(["db", "diff", "--models", "renamed.ts"], cwd);
  assert.equal(asked.code, 1);
  assert.match(asked.err, /--rename posts\.title:posts\.headline[\s\S]*LMP_ORM_MIGRATION_AMBIGUOUS/);
  const dry = await limpid(
    ["db", "diff", "--models", "renamed.ts", "--rename", "posts.title:posts.headline", "--dry-run"],
    cwd,
  );
  assert.match(dry.out, /RENAME COLUMN "title" TO "headline"/);
  assert.match(dry.out, /rename column posts\.title to headline/);
  const refused = await limpid(["db", "diff", "--models", "fewer.ts"], cwd);
  assert.match(refused.err, /would drop column posts\.author_id[\s\S]*--allow-data-loss/);
  const allowed = await limpid(
    ["db", "diff", "--models", "fewer.ts", "--allow-data-loss", "--name", "second"],
    cwd,
  );
  assert.match(allowed.out, /destroys column posts\.author_id/);
  const { DatabaseSync } = await import("node:sqlite");
  const db = new DatabaseSync(join(cwd, "test.db"));
  db.exec("INSERT INTO users (name) VALUES ('a'); INSERT INTO posts (author_id, title) VALUES (1, 'b')");
  const stopped = await limpid(["db", "migrate", ...database], cwd);
  assert.match(
    stopped.err,
    /would destroy data[\s\S]*column posts\.author_id[\s\S]*LMP_ORM_MIGRATION_DATA_LOSS/,
  );
  assert.equal((await limpid(["db", "migrate", ...database, "--allow-data-loss"], cwd)).code, 0);
  assert.equal(db.prepare("SELECT count(*) AS n FROM posts").get()?.n, 1);
  db.exec("ALTER TABLE users ADD COLUMN extra TEXT");
  db.close();
  const drifted = await limpid(["db", "status", ...database], cwd);
  assert.equal(drifted.code, 1);
  assert.match(drifted.out, /is not what its migrations say[\s\S]*add column users\.extra\n$/);
  const live = await limpid(
    ["db", "diff", "--models", "fewer.ts", "--from-database", ...database, "--dry-run", "--allow-data-loss"],
    cwd,
  );
  assert.match(
    live.out,
    /^-- warning: the database has drifted: add column users\.extra\n[\s\S]*drop column users\.extra/,
  );
});

test("reset asks at a terminal, and without one or in production needs --yes", async (t) => {
  const cwd = await folder(t, { ...files, "seeds.ts": seeds });
  await limpid(["db", "diff", "--dialect", "sqlite", "--name", "first"], cwd);
  const refused = await limpid(["db", "reset", "--database", "sqlite:test.db?password=secret"], cwd);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /LMP_CLI_CONFIRMATION/);
  assert.doesNotMatch(refused.err, /secret/);
  const { out, err } = await limpid(["db", "reset", ...database, "--yes"], cwd);
  assert.match(out, /The database is new: 1 migration done, seeded\.\n$/, err);
  assert.match((await limpid(["db", "seed", ...database], cwd)).out, /^seeded {2}\(\d+ ms\)\n$/);
});

test("at a terminal reset asks, but not in production", async (t) => {
  const cwd = await folder(t, files);
  const asked: string[] = [];
  const reset = (said: string): Promise<number> =>
    main(["db", "reset", ...database], {
      out: () => {},
      err: () => {},
      cwd,
      ask: async (question) => {
        asked.push(question);
        return said;
      },
    });
  assert.deepEqual([await reset("no"), await reset("yes")], [1, 0]);
  assert.deepEqual(asked, Array(2).fill("Drop everything in sqlite:test.db? Type yes: "));
  process.env.NODE_ENV = "production";
  t.after(() => delete process.env.NODE_ENV);
  assert.equal(await reset("yes"), 1);
  assert.equal(asked.length, 2);
});

const seeds = `import { User } from "./models.ts";
export default async function (db) { db.add(new User({ name: "alice" })); }
`;

const slips: [string[], number, RegExp][] = [
  [["db", "migrat"], 2, /Did you mean `limpid db migrate`\?[\s\S]*LMP_CLI_COMMAND_UNKNOWN/],
  [["db", "migrate", "--databas", "x"], 2, /Did you mean --database\?/],
  [["db", "migrate", "--database"], 2, /needs a value/],
  [["db", "diff", "--dialect", "oracle"], 2, /one of sqlite, postgresql, mysql/],
  [["db", "rollback", "--steps", "0"], 2, /a whole number from 1/],
  [["db", "diff", "--models", "none.ts", "--dialect", "sqlite"], 1, /LMP_CLI_MODELS_INVALID/],
  [
    ["db", "diff", "--models", "nothing.ts", "--dialect", "sqlite"],
    1,
    /exports no model[\s\S]*LMP_CLI_MODELS_INVALID/,
  ],
  [["db", "seed", ...database], 1, /LMP_CLI_SEEDS_INVALID/],
  [["db", "migrate", "--database", "oracle://x"], 1, /LMP_ORM_URL_INVALID/],
  [["db", "migrate", "--database", "postgres://root:secret@127.0.0.1:1/x"], 1, /LMP_ORM_CONNECT_FAILED/],
  [["db", "migrate", "--database", "mysql://root:secret@127.0.0.1:1/x"], 1, /LMP_ORM_CONNECT_FAILED/],
];

test("slips are answered with what would have been right, and no password is printed", async (t) => {
  const cwd = await folder(t, { "nothing.ts": "export const a = 1;" });
  for (const [words, code, pattern] of slips) {
    const { err, out, ...rest } = await limpid(words, cwd);
    assert.match(err, pattern, words.join(" "));
    assert.equal(rest.code, code, words.join(" "));
    assert.doesNotMatch(err + out, /secret/);
  }
});

test("without DATABASE_URL and without --database it says how to name one", async (t) => {
  const cwd = await folder(t, files);
  const before = process.env.DATABASE_URL;
  delete process.env.DATABASE_URL;
  t.after(() => before === undefined || (process.env.DATABASE_URL = before));
  const { code, err } = await limpid(["db", "status"], cwd);
  assert.equal(code, 2);
  assert.match(err, /--database <url>, or the variable DATABASE_URL/);
  const diff = await limpid(["db", "diff"], cwd);
  assert.equal(diff.code, 2);
  assert.match(diff.err, /limpid db diff --dialect sqlite/);
});

test("the group and each of its commands have help", async (t) => {
  const cwd = await folder(t, {});
  const group = await limpid(["db"], cwd);
  for (const name of ["diff", "migrate", "rollback", "status", "plan", "reset", "seed"]) {
    assert.ok(group.out.includes(`db ${name}`));
    for (const words of [
      ["db", name, "--help"],
      ["help", "db", name],
    ]) {
      const { code, out } = await limpid(words, cwd);
      assert.equal(code, 0);
      assert.match(out, new RegExp(`Usage: limpid db ${name} \\[flags\\][\\s\\S]*--json`));
    }
  }
  assert.equal((await limpid(["db", "--help"], cwd)).out, group.out);
});
