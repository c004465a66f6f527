/** Posts over the JSON interface. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { blog, modes } from "./blog-client.ts";

interface PostResource {
  slug: string;
  title: string;
  body: string;
  createdAt: string;
  updatedAt: string;
  links: { self: string; comments: string; page: string };
}

interface Problem {
  status: number;
  title: string;
  code?: string;
  fields?: Record<string, string[]>;
}

for (const mode of modes) {
  suite(`the blog's JSON interface ${mode.name}`, { skip: mode.skip }, () => {
    test("lists posts, newest first", async (context) => {
      const { client } = await blog(context, mode);
      const response = await client.get("/api/posts");
      assert.equal(response.headers.get("content-type"), "application/json");
      const list = await response.json<{
        posts: (PostResource & { comments: number })[];
        page: number;
        pages: number;
        total: number;
      }>();
      assert.deepEqual(
        { page: list.page, pages: list.pages, total: list.total },
        { page: 1, pages: 1, total: 7 },
      );
      assert.equal(list.posts[0]?.slug, "what-the-tide-table-knows");
      assert.equal(list.posts[0]?.comments, 2);
      const beyond = await (await client.get("/api/posts?page=2")).json<typeof list>();
      assert.deepEqual(beyond.posts, []);
      assert.equal((await client.get("/api/posts?page=none")).status, 422);
    });

    test("creates a post and says where it is", async (context) => {
      const { client } = await blog(context, mode);
      const json = { title: "From a program", body: "One.\n\nTwo.", colour: "ignored" };
      const created = await client.post("/api/posts", { json });
      assert.equal(created.status, 201);
      assert.equal(created.headers.get("location"), "/api/posts/from-a-program");
      const post = await created.json<PostResource>();
      assert.equal(post.title, "From a program");
      assert.equal(new Date(post.createdAt).toISOString(), post.createdAt);
      assert.deepEqual(await (await client.get("/api/posts/from-a-program")).json(), post);
      assert.equal((await client.get(post.links.page)).status, 200);
      assert.deepEqual(await (await client.get(post.links.comments)).json(), { comments: [] });
    });

    test("replaces, changes and deletes a post", async (context) => {
      const { client } = await blog(context, mode);
      const path = "/api/posts/sharpening-slowly";
      const replaced = await client.put(path, { json: { title: "Blunt", body: "All of it." } });
      assert.equal(replaced.status, 200);
      const changed = await (
        await client.patch(path, { json: { body: "Some of it." } })
      ).json<PostResource>();
      assert.deepEqual(
        [changed.title, changed.body, changed.slug],
        ["Blunt", "Some of it.", "sharpening-slowly"],
      );
      const moved = await (await client.patch(path, { json: { slug: "blunt" } })).json<PostResource>();
      assert.equal(moved.links.self, "/api/posts/blunt");
      assert.equal((await client.get(path)).status, 404);
      const deleted = await client.delete("/api/posts/blunt");
      assert.equal(deleted.status, 204);
      assert.equal(await deleted.text(), "");
      assert.equal((await client.delete("/api/posts/blunt")).status, 404);
    });

    test("a chosen slug that is taken is told beside its field", async (context) => {
      const { client } = await blog(context, mode);
      const json = { title: "Mine", body: "x", slug: "sharpening-slowly" };
      const response = await client.post("/api/posts", { json });
      assert.equal(response.status, 422);
      const problem = await response.json<Problem>();
      assert.equal(problem.code, "LMP_ORM_UNIQUE_VIOLATION");
      assert.deepEqual(problem.fields, { slug: ["This is taken already."] });
      const other = await client.patch("/api/posts/zürich-before-seven", {
        json: { slug: "sharpening-slowly" },
      });
      assert.equal(other.status, 422);
      const same = await client.patch("/api/posts/sharpening-slowly", {
        json: { slug: "sharpening-slowly" },
      });
      assert.equal(same.status, 200);
      for (const slug of ["new", "Big", "a/b", "..", "", "a b", "-a"]) {
        assert.equal((await client.post("/api/posts", { json: { ...json, slug } })).status, 422, slug);
      }
    });

    test("what does not fit is a problem document with messages by field", async (context) => {
      const { client } = await blog(context, mode);
      for (const json of [{ title: 5, body: "" }, { title: null }, {}, [], "text"]) {
        const response = await client.post("/api/posts", { json });
        assert.equal(response.status, 422, JSON.stringify(json));
        assert.equal(response.headers.get("content-type"), "application/problem+json");
      }
      const problem = await (await client.post("/api/posts", { json: { title: 5 } })).json<Problem>();
      assert.equal(problem.status, 422);
      assert.deepEqual(problem.fields, { title: ["Give the post a title."], body: ["Write something."] });
      const nothing = await (
        await client.patch("/api/posts/sharpening-slowly", { json: {} })
      ).json<Problem>();
      assert.match(JSON.stringify(nothing.fields), /Give at least one of/);
    });

    test("every other refusal is a problem document too, whatever the client prefers", async (context) => {
      const { client } = await blog(context, mode);
      const headers = { Accept: "text/html" };
      const text = { ...headers, "Content-Type": "text/plain" };
      const broken = { ...headers, "Content-Type": "application/json" };
      const answers = [
        [404, await client.get("/api/posts/never-written", { headers })],
        [404, await client.get("/api/nothing", { headers })],
        [405, await client.delete("/api/posts", { headers })],
        [415, await client.post("/api/posts", { body: "title=A", headers: text })],
        [400, await client.post("/api/posts", { body: '{"title":', headers: broken })],
        [400, await client.post("/api/posts", { body: '{"__proto__":{}}', headers: broken })],
      ] as const;
      for (const [status, response] of answers) {
        assert.equal(response.status, status);
        assert.equal(response.headers.get("content-type"), "application/problem+json");
        assert.equal((await response.json<Problem>()).status, status);
      }
    });

    test("comments are listed, written, read and deleted", async (context) => {
      const { client } = await blog(context, mode);
      const path = "/api/posts/zürich-before-seven/comments";
      const before = await (await client.get(path)).json<{ comments: { author: string }[] }>();
      assert.deepEqual(
        before.comments.map(({ author }) => author),
        ["Béatrice", "Lukas", "Béatrice"],
      );
      const created = await client.post(path, { json: { author: "Ada", body: "Good morning." } });
      assert.equal(created.status, 201);
      const location = created.headers.get("location") ?? "";
      assert.match(location, /^\/api\/posts\/z%C3%BCrich-before-seven\/comments\/\d+$/);
      assert.deepEqual(await (await client.get(location)).json(), await created.json());
      assert.equal(
        (await client.get(location.replace("z%C3%BCrich-before-seven", "sharpening-slowly"))).status,
        404,
      );
      assert.equal((await client.delete(location)).status, 204);
      assert.equal((await client.delete(location)).status, 404);
      assert.equal((await client.get(`${path}/${"9".repeat(400)}`)).status, 404);
      const wrong = await (await client.post(path, { json: { author: " " } })).json<Problem>();
      assert.deepEqual(wrong.fields, { author: ["Say who you are."], body: ["Write a comment."] });
    });
  });
}
