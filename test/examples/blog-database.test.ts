/** The blog's database: new ones are filled, models and migrations agree, and what is no blog is refused. */
import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { suite, test } from "node:test";
import { main } from "limpid/cli";
import { Database, migrationStatus, sql } from "limpid/orm";
import { Comment, Post } from "../../examples/blog/models.ts";
import { openDatabase } from "../../examples/blog/store/open-database.ts";
import { databases, temporaryFolder } from "./databases.ts";

const blogFolder = join(import.meta.dirname, "../../examples/blog");

test("the migrations say what the models say", async () => {
  const printed: string[] = [];
  const terminal = { out: (text: string) => printed.push(text), err: console.error, cwd: blogFolder };
  assert.equal(await main(["db", "diff", "--dry-run", "--json"], terminal), 0);
  assert.equal(JSON.parse(printed.join("")).migration, null);
});

for (const { name, place, skip } of databases) {
  suite(`the blog's database on ${name}`, { skip }, () => {
    test("a new database is filled once; what was deleted does not come back", async (context) => {
      const url = await place(context);
      const first = await openDatabase(url);
      assert.equal(await first.query(Post).count(), 7);
      assert.equal(await first.query(Comment).count(), 13);
      await first.delete(Post);
      assert.equal(await first.query(Comment).count(), 0);
      await first.close();

      const second = await openDatabase(url);
      assert.equal(await second.query(Post).count(), 0);
      await second.close();
    });

    test("its schema is what the migrations say", async (context) => {
      await using db = await openDatabase(await place(context));
      const { drift } = await migrationStatus(db.source, { folder: join(blogFolder, "migrations") });
      assert.deepEqual(drift, []);
    });
  });
}

test("a database of a blog before migrations is refused with what to do, and left alone", async (context) => {
  const folder = await temporaryFolder(context);
  const url = `sqlite:${join(folder, "blog.db")}`;
  await using earlier = await Database.connect(url);
  await earlier.execute(sql`create table posts (id integer primary key, slug text not null unique, title text not null,
    body text not null, created_at integer not null, updated_at integer not null) strict`);
  await earlier.execute(sql`insert into posts values (1, 'old', 'Old', 'Kept.', 1, 1)`);
  await assert.rejects(openDatabase(url), {
    code: "BLOG_DATABASE_FOREIGN",
    found: /table "?posts"? already exists/,
    fix: /^Move the file away \(mv blog\.db old-blog\.db\)/,
  });
  assert.deepEqual(await earlier.rows(sql`select title from posts`), [["Old"]]);
  await earlier.close();
  // Nothing is left in a log beside the file, so that the file alone can be moved.
  assert.deepEqual(await readdir(folder), ["blog.db"]);
});

test("a file that is no database is refused with a sentence, and left alone", async (context) => {
  const path = join(await temporaryFolder(context), "blog.db");
  const diary = "Dear diary, ".repeat(100);
  await writeFile(path, diary);
  await assert.rejects(openDatabase(`sqlite:${path}`), {
    code: "LMP_ORM_CONNECT_FAILED",
    message: `The database ${path} cannot be opened.`,
    found: "file is not a database",
  });
  assert.equal(await readFile(path, "utf8"), diary);
});

test("an address that leads nowhere is refused with a sentence", async (context) => {
  const nowhere = join(await temporaryFolder(context), "no", "such", "folder", "blog.db");
  await assert.rejects(openDatabase(`sqlite:${nowhere}`), {
    code: "LMP_ORM_CONNECT_FAILED",
    fix: /mkdir -p/,
  });
  await assert.rejects(openDatabase("blog.db"), { code: "LMP_ORM_URL_INVALID" });
  await assert.rejects(openDatabase("postgres://nobody@127.0.0.1:1/blog"), {
    code: "LMP_ORM_CONNECT_FAILED",
    found: "nothing that listens there",
  });
});
