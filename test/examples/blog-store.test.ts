/** How the blog keeps posts: slugs, changes, and several who write at once. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import fc from "fast-check";
import { UniqueViolation } from "limpid/orm";
import { Post } from "../../examples/blog/models.ts";
import { openDatabase } from "../../examples/blog/store/open-database.ts";
import { changePost, createPost } from "../../examples/blog/store/posts.ts";
import { freeSlug, isSlug, slugOf } from "../../examples/blog/store/slug.ts";
import { databases } from "./databases.ts";

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
  });
}
