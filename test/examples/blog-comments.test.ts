/** Comments through the form under a post. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { blog, modes } from "./blog-client.ts";

for (const mode of modes) {
  suite(`the blog's comments ${mode.name}`, { skip: mode.skip }, () => {
    test("a comment stands below the others, and the browser is led to it", async (context) => {
      const { client } = await blog(context, mode);
      const form = { author: "Ada", body: "One.\r\n\r\nTwo." };
      const sent = await client.post("/posts/read-the-error-message/comments", { form, redirect: "manual" });
      assert.equal(sent.status, 303);
      const location = sent.headers.get("location") ?? "";
      assert.match(location, /^\/posts\/read-the-error-message#comment-\d+$/);
      const page = await (await client.get("/posts/read-the-error-message")).text();
      assert.match(page, /3 comments/);
      assert.match(page, /Idris[\s\S]*<b>Ada<\/b>[\s\S]*<p>One\.<\/p>\s*<p>Two\.<\/p>/);
      assert.ok(page.includes(`id="${location.split("#")[1]}"`));
    });

    test("a comment with mistakes comes back under its post, as it was typed", async (context) => {
      const { client } = await blog(context, mode);
      const form = { author: "", body: "Who am I?" };
      const response = await client.post("/posts/read-the-error-message/comments", { form });
      assert.equal(response.status, 422);
      const page = await response.text();
      assert.match(page, /<h1>Read the error message<\/h1>/);
      assert.match(page, /id="author-error">Say who you are\.</);
      assert.match(page, /<textarea[^>]*>\nWho am I\?<\/textarea>/);
      assert.match(page, /2 comments/);
    });

    test("there is nothing to comment where there is no post", async (context) => {
      const { client } = await blog(context, mode);
      const form = { author: "Ada", body: "Hello?" };
      assert.equal((await client.post("/posts/never-written/comments", { form })).status, 404);
    });

    test("a script that asks for a fragment gets the comments alone", async (context) => {
      const { client } = await blog(context, mode);
      const headers = { Accept: "*/*", "HX-Request": "true" };
      const path = "/posts/read-the-error-message/comments";
      const taken = await client.post(path, { form: { author: "Ada", body: "<b>Hi</b>" }, headers });
      assert.equal(taken.status, 201);
      assert.equal(taken.headers.get("content-type"), "text/html; charset=utf-8");
      const block = (await taken.text()).trim();
      assert.match(block, /^<section class="narrow comments" id="comments"[\s\S]*<\/section>$/);
      assert.match(block, /3 comments[\s\S]*<b>Ada<\/b>[\s\S]*<p>&lt;b&gt;Hi&lt;\/b&gt;<\/p>/);
      assert.match(block, /<input id="author" name="author"[^>]* value="">/);
      assert.match(block, /name="_csrf"/);
      assert.doesNotMatch(block, /<html|<title|<h1/);

      const wrong = await client.post(path, { form: { author: "", body: "Who?" }, headers });
      assert.equal(wrong.status, 422);
      const again = await wrong.text();
      assert.match(again, /^\s*<section[\s\S]*id="author-error">Say who you are\.[\s\S]*\nWho\?<\/textarea>/);
      assert.doesNotMatch(again, /<h1/);
    });

    test("reloading after a mistake leads back to the post", async (context) => {
      const { client } = await blog(context, mode);
      const response = await client.get("/posts/read-the-error-message/comments", { redirect: "manual" });
      assert.equal(response.status, 303);
      assert.equal(response.headers.get("location"), "/posts/read-the-error-message#comments");
    });
  });
}
