/** What the blog keeps: slugs, first posts, restarts, and several who write at once. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { suite, test } from "node:test";
import { promisify } from "node:util";
import fc from "fast-check";
import { Database, sql, statementEnd, UniqueViolation } from "limpid/orm";
import { Comment, Post } from "../../examples/blog/models.ts";
import { openDatabase } from "../../examples/blog/store/open-database.ts";
import { changePost, createPost, postPage } from "../../examples/blog/store/posts.ts";
import { freeSlug, isSlug, slugOf } from "../../examples/blog/store/slug.ts";
import { databases, temporaryFolder } from "./databases.ts";

const run = promisify(execFile);
const input = { title: "Same", body: "x" };

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
      assert.ok(isSlug(freeSlug(slug, new Set([slug]))));
    }),
  );
});

test("a slug that is taken gets the first free number", () => {
  assert.equal(freeSlug("a", new Set(["a", "a-2", "a-3"])), "a-4");
  assert.equal(freeSlug("new", new Set()), "new-2");
  assert.equal(isSlug("new"), false);
  assert.equal(isSlug("zürich-2"), true);
});

for (const { name, place, skip } of databases) {
  suite(`the blog's posts on ${name}`, { skip }, () => {
    test("a new database is filled once; what was deleted does not come back", async (context) => {
      const url = await place(context);
      const first = await openDatabase(url);
      assert.equal(await first.query(Post).count(), 7);
      assert.equal(await first.query(Comment).count(), 13);
      await first.delete(Post);
      assert.equal(await first.query(Comment).count(), 0);
      await first.close();

      const second = await openDatabase(url);
      const page = await second.session((db) => postPage(db, 1, 5));
      assert.deepEqual(page, { items: [], page: 1, pages: 1, total: 0, size: 5 });
      await second.close();
    });

    test("a page of the list is two statements, and a post with its comments too, however many there are", async (context) => {
      const db = await openDatabase(await place(context));
      context.after(() => db.close());
      for (const size of [1, 7]) {
        const list = await statementsOf(() => db.session((session) => postPage(session, 1, size)));
        assert.equal(list.length, 2, list.join("\n"));
      }
      const posts = await statementsOf(() =>
        db.session(async (session) => {
          for (const post of await session.query(Post).all()) assert.ok((await post.comments).length > 0);
        }),
      );
      assert.equal(posts.length, 2, posts.join("\n"));
      const { items } = await db.session((session) => postPage(session, 1, 7));
      assert.deepEqual(
        items.map(({ comments }) => comments),
        [2, 2, 2, 1, 3, 1, 2],
      );
    });

    test("a change that changes nothing is none, and one that does leaves the rest alone", async (context) => {
      const db = await openDatabase(await place(context));
      context.after(() => db.close());
      await db.session(async (session) => {
        const post = await createPost(session, input);
        assert.equal(post.editedAt, null);
        await changePost(session, post, { ...input, picture: null });
        assert.equal(post.editedAt, null);
        await changePost(session, post, { picture: "a.png" });
        assert.notEqual(post.editedAt, null);
        assert.equal((await db.query(Post).filter(Post.slug.eq("same")).one()).picture, "a.png");
      });
    });

    test("a slug that another post has is refused, and the session goes on", async (context) => {
      const db = await openDatabase(await place(context));
      context.after(() => db.close());
      await db.session(async (session) => {
        const post = await createPost(session, input);
        await assert.rejects(createPost(session, { ...input, slug: "same" }), UniqueViolation);
        await assert.rejects(changePost(session, post, { slug: "sharpening-slowly" }), UniqueViolation);
        assert.equal(post.slug, "same");
        assert.equal((await createPost(session, input)).slug, "same-2");
      });
      assert.equal(await db.query(Post).filter(Post.slug.startsWith("same")).count(), 2);
    });

    test("nine who write under one title at once get nine slugs", async (context) => {
      const db = await openDatabase(await place(context));
      context.after(() => db.close());
      const writers = Array.from({ length: 9 }, () => db.session((session) => createPost(session, input)));
      const slugs = (await Promise.all(writers)).map(({ slug }) => slug);
      assert.equal(new Set(slugs).size, 9);
      assert.ok(slugs.includes("same") && slugs.includes("same-9"));
    });

    test("four processes that start on one new database at once agree on its first posts", async (context) => {
      const url = await place(context);
      const address = (path: string): string =>
        JSON.stringify(new URL(`../../examples/blog/store/${path}`, import.meta.url).href);
      const program = `
        const { openDatabase } = await import(${address("open-database.ts")});
        const { createPost } = await import(${address("posts.ts")});
        const db = await openDatabase(${JSON.stringify(url)});
        for (let number = 0; number < 5; number++)
          await db.session((session) => createPost(session, ${JSON.stringify(input)}));
        await db.close();`;
      const args = ["--conditions=source", "--input-type=module", "--eval", program];
      const processes = Array.from({ length: 4 }, () =>
        run(process.execPath, args, { cwd: import.meta.dirname }),
      );
      await Promise.all(processes);

      const db = await openDatabase(url);
      assert.equal(await db.query(Post).count(), 7 + 20);
      assert.ok(await db.query(Post).filter(Post.slug.eq("same-20")).exists());
      await db.close();
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

/** The SQL that ran while the work was done. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const stop = statementEnd.listen(({ sql }) => void statements.push(sql));
  try {
    await work();
  } finally {
    stop();
  }
  return statements;
}
