/** What the blog keeps: slugs, first posts, restarts and several processes. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { promisify } from "node:util";
import fc from "fast-check";
import { BlogStore } from "../../examples/blog/store/blog-store.ts";
import { freeSlug, isSlug, slugOf } from "../../examples/blog/store/slug.ts";
import { temporaryFolder } from "./blog-client.ts";

const run = promisify(execFile);

test("a slug is made of the title's letters and digits, in any script", () => {
  const slugs = {
    "Zürich, before seven": "zürich-before-seven",
    "Don’t  stop": "dont-stop",
    "  --Hello, World!--  ": "hello-world",
    日本語の題名: "日本語の題名",
    "C++ & C#": "c-c",
    ﬁne: "fine",
    "🎉": "post",
    "": "post",
  };
  for (const [title, slug] of Object.entries(slugs)) assert.equal(slugOf(title), slug);
});

test("whatever the title, the slug is short, stable and safe in an address", () => {
  const title = fc.string({ unit: "binary", maxLength: 200 });
  fc.assert(
    fc.property(title, (text) => {
      const slug = slugOf(text.toWellFormed());
      assert.ok(slug !== "" && [...slug].length <= 60);
      assert.doesNotMatch(slug, /[\s/\\?#%.:<>"'&]/);
      assert.equal(slugOf(slug), slug);
    }),
  );
});

test("a slug that is taken gets the first free number", () => {
  const taken = new Set(["a", "a-2", "a-3"]);
  assert.equal(
    freeSlug("A", (slug) => taken.has(slug)),
    "a-4",
  );
  assert.equal(
    freeSlug("New", () => false),
    "new-2",
  );
  assert.equal(isSlug("new"), false);
  assert.equal(isSlug("zürich-2"), true);
});

test("a new file is filled once; what was deleted does not come back", async (context) => {
  const path = join(await temporaryFolder(context), "blog.db");
  const first = new BlogStore(path);
  assert.equal(first.posts.page(1, 5).total, 7);
  for (const { slug } of first.posts.page(1, 50).posts) assert.equal(first.posts.delete(slug)?.slug, slug);
  first.close();

  const second = new BlogStore(path);
  assert.deepEqual(second.posts.page(1, 5), { posts: [], page: 1, pages: 1, total: 0 });
  second.close();
});

test("a database of an earlier blog is brought up to date", async (context) => {
  const path = join(await temporaryFolder(context), "blog.db");
  const earlier = new DatabaseSync(path);
  earlier.exec(`
    CREATE TABLE posts (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL, body TEXT NOT NULL,
      created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT;
    INSERT INTO posts (slug, title, body, created_at, updated_at) VALUES ('old', 'Old', 'Kept.', 1, 1);
    PRAGMA user_version = 1`);
  earlier.close();
  for (const restart of [1, 2]) {
    const store = new BlogStore(path);
    assert.equal(store.posts.page(1, 5).total, restart);
    assert.equal(store.posts.find("old")?.picture, undefined);
    store.posts.create({ title: "New", body: "x", picture: "a.png" });
    assert.equal(store.posts.find(restart === 1 ? "new-2" : "new-3")?.picture, "a.png");
    store.close();
  }
});

test("nothing is opened before it is needed", async (context) => {
  const path = join(await temporaryFolder(context), "no", "such", "folder", "blog.db");
  const store = new BlogStore(path);
  assert.throws(() => store.open(), { code: "BLOG_DATABASE_UNREADABLE" });
  store.close();
});

test("a file that is no database is refused with a sentence, and left alone", async (context) => {
  const path = join(await temporaryFolder(context), "blog.db");
  await writeFile(path, "Dear diary, ".repeat(100));
  assert.throws(() => new BlogStore(path).open(), {
    code: "BLOG_DATABASE_UNREADABLE",
    found: `${path}: file is not a database`,
  });
});

test("four processes that start on one new file at once agree on its first posts", async (context) => {
  const path = join(await temporaryFolder(context), "blog.db");
  const module = new URL("../../examples/blog/store/blog-store.ts", import.meta.url).href;
  const program = `
    const { BlogStore } = await import(${JSON.stringify(module)});
    const store = new BlogStore(${JSON.stringify(path)});
    for (let number = 0; number < 5; number++) store.posts.create({ title: "Same", body: "x" });
    store.close();`;
  const args = ["--conditions=source", "--input-type=module", "--eval", program];
  await Promise.all(
    Array.from({ length: 4 }, () => run(process.execPath, args, { cwd: import.meta.dirname })),
  );

  const store = new BlogStore(path);
  assert.equal(store.posts.page(1, 5).total, 7 + 20);
  assert.ok(store.posts.find("same-20"));
  store.close();
});
