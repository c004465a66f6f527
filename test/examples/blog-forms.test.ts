/** Posts written, changed and deleted through forms. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { TestClient } from "limpid/testing";
import { blog, modes } from "./blog-client.ts";

for (const mode of modes) {
  suite(`the blog's forms ${mode.name}`, { skip: mode.skip }, () => {
    test("a post that is sent stands first in the list and on a page of its own", async (context) => {
      const { client } = await blog(context, mode);
      assert.match(
        await (await client.get("/posts/new")).text(),
        /<form method="post" enctype="multipart\/form-data" action="\/posts"/,
      );
      const form = {
        title: "  Ein Tag\tam Meer ",
        content: "Erster Absatz.\r\n\r\nZweiter,\r\nmit Umbruch.",
      };
      const sent = await client.post("/posts", { form, redirect: "manual" });
      assert.equal(sent.status, 303);
      assert.equal(sent.headers.get("location"), "/posts/ein-tag-am-meer");
      const page = await (await client.get("/posts/ein-tag-am-meer")).text();
      assert.match(page, /<h1>Ein Tag am Meer<\/h1>/);
      assert.match(page, /<p>Erster Absatz\.<\/p>\s*<p>Zweiter,<br>mit Umbruch\.<\/p>/);
      assert.match(await (await client.get("/")).text(), /teaser-link"[^>]+>Ein Tag am Meer</);
    });

    test("equal titles get slugs of their own, and the form's address stays the form's", async (context) => {
      const { client } = await blog(context, mode);
      const locations: (string | null)[] = [];
      for (const title of ["Same", "Same", "same!", "New", "🎉", "日本語の題名"]) {
        const response = await client.post("/posts", { form: { title, content: "x" }, redirect: "manual" });
        locations.push(response.headers.get("location"));
      }
      assert.deepEqual(locations.slice(0, 5), [
        "/posts/same",
        "/posts/same-2",
        "/posts/same-3",
        "/posts/new-2",
        "/posts/post",
      ]);
      assert.equal(locations[5], `/posts/${encodeURIComponent("日本語の題名")}`);
      assert.equal((await client.get(locations[5] ?? "")).status, 200);
    });

    test("a form with mistakes comes back with 422, what was typed, and the errors beside the fields", async (context) => {
      const { client } = await blog(context, mode);
      const response = await client.post("/posts", { form: { title: " ", content: 'Kept, "as" typed.' } });
      assert.equal(response.status, 422);
      const page = await response.text();
      assert.match(page, /<p class="wrong" id="title-error">Give the post a title\.<\/p>/);
      assert.match(page, /<input[^>]* aria-describedby="title-error" aria-invalid="true"/);
      assert.match(page, /<textarea[^>]*>\nKept, &#34;as&#34; typed\.<\/textarea>/);
      assert.match(page, /role="alert"[\s\S]*<a class="summary-link" href="#title">/);
      assert.doesNotMatch(page, /id="content-error"/);
      assert.match(page, /<textarea id="content" name="content" aria-describedby="content-hint" required/);
      assert.match(page, /<title>Not saved yet: write a post · Still Water<\/title>/);

      const nothing = await (await client.post("/posts", { form: {} })).text();
      assert.match(nothing, /2 things are/);
      const long = await (
        await client.post("/posts", { form: { title: "x".repeat(121), content: "x" } })
      ).text();
      assert.match(long, /Use at most 120 characters\./);
      assert.ok(long.includes(`value="${"x".repeat(121)}"`));
    });

    test("an address can be chosen, and one that is taken is told beside its field", async (context) => {
      const { client } = await blog(context, mode);
      const form = { title: "Mine", slug: " my-own ", content: "x" };
      const sent = await client.post("/posts", { form, redirect: "manual" });
      assert.equal(sent.headers.get("location"), "/posts/my-own");
      const taken = { title: "Typed", slug: "sharpening-slowly", content: "y" };
      for (const path of ["/posts", "/posts/my-own"]) {
        const response = await client.post(path, { form: taken });
        assert.equal(response.status, 422, path);
        const page = await response.text();
        assert.match(page, /<p class="wrong" id="slug-error">This is taken already\.<\/p>/, path);
        assert.match(page, /name="slug"[^>]* aria-invalid="true"[^>]* value="sharpening-slowly"/, path);
        assert.match(page, /name="title"[^>]* value="Typed"/, path);
        assert.ok(page.includes(`method="post" enctype="multipart/form-data" action="${path}"`));
      }
      const wrong = await client.post("/posts", { form: { ...form, slug: "Not One" } });
      assert.match(await wrong.text(), /id="slug-error">Use small letters and digits/);

      const moved = { ...form, slug: "moved" };
      const saved = await client.post("/posts/my-own", { form: moved, redirect: "manual" });
      assert.equal(saved.headers.get("location"), "/posts/moved");
      assert.match(await (await client.get("/posts/moved/edit")).text(), /name="slug"[^>]* value="moved"/);
      assert.equal((await client.get("/posts/my-own")).status, 404);
    });

    test("a field that is sent twice is a mistake like any other", async (context) => {
      const { client } = await blog(context, mode);
      const body = "title=One&title=Two&content=x";
      const headers = { "Content-Type": "application/x-www-form-urlencoded" };
      const response = await client.post("/posts", { body, headers });
      assert.equal(response.status, 422);
      assert.match(await response.text(), /value="One"/);
    });

    test("what is no form is refused", async (context) => {
      const { client } = await blog(context, mode);
      assert.equal((await client.post("/posts", { json: { title: "A", body: "b" } })).status, 415);
      const large = { title: "A", content: "x".repeat(1_100_000) };
      assert.equal((await client.post("/posts", { form: large })).status, 413);
    });

    test("a post is edited in a form that holds it, and keeps its address", async (context) => {
      const { client } = await blog(context, mode);
      const form = await (await client.get("/posts/sharpening-slowly/edit")).text();
      assert.match(form, /value="Sharpening, slowly"/);
      assert.match(form, /<textarea[^>]*>\nThere is a moment in sharpening/);
      const saved = await client.post("/posts/sharpening-slowly", {
        form: { title: "Sharpening, quickly", content: "Do not." },
        redirect: "manual",
      });
      assert.equal(saved.status, 303);
      assert.equal(saved.headers.get("location"), "/posts/sharpening-slowly");
      const page = await (await client.get("/posts/sharpening-slowly")).text();
      assert.match(page, /<h1>Sharpening, quickly<\/h1>/);
      assert.match(page, /edited <time/);

      const wrong = await client.post("/posts/sharpening-slowly", {
        form: { title: "Still here", content: "" },
      });
      assert.equal(wrong.status, 422);
      assert.match(
        await wrong.text(),
        /action="\/posts\/sharpening-slowly"[\s\S]*value="Still here"[\s\S]*content-error/,
      );
      assert.match(await (await client.get("/posts/sharpening-slowly")).text(), /Do not\./);
    });

    test("a post is deleted with its comments, once", async (context) => {
      const { client } = await blog(context, mode);
      const deleted = await client.post("/posts/sharpening-slowly/delete", { redirect: "manual" });
      assert.equal(deleted.status, 303);
      assert.equal(deleted.headers.get("location"), "/");
      assert.equal((await client.get("/posts/sharpening-slowly")).status, 404);
      assert.equal((await client.get("/api/posts/sharpening-slowly/comments")).status, 404);
      assert.equal((await client.post("/posts/sharpening-slowly/delete")).status, 404);
      assert.equal(
        (await client.post("/posts/sharpening-slowly", { form: { title: "A", content: "b" } })).status,
        404,
      );
      assert.doesNotMatch(await (await client.get("/")).text(), /Sharpening/);
    });

    test("deleting asks first, on a page that changes nothing", async (context) => {
      const { client } = await blog(context, mode);
      const post = await (await client.get("/posts/sharpening-slowly")).text();
      assert.match(post, /<a class="button quiet" href="\/posts\/sharpening-slowly\/delete">Delete …<\/a>/);
      const question = await (await client.get("/posts/sharpening-slowly/delete")).text();
      assert.match(question, /<h1 class="page-title">Delete “Sharpening, slowly”\?<\/h1>/);
      assert.match(question, /method="post" action="\/posts\/sharpening-slowly\/delete"/);
      assert.match(question, /deletes the post and 1 comment\. It cannot be undone\./);
      assert.match(question, /<a href="\/posts\/sharpening-slowly">Keep it<\/a>/);
      assert.equal((await client.get("/posts/sharpening-slowly")).status, 200);
      assert.equal((await client.get("/posts/never-written/delete")).status, 404);
    });

    test("what another site sends in a reader's name is refused", async (context) => {
      const { client } = await blog(context, mode);
      const form = { title: "Not mine", content: "x", author: "x", body: "x" };
      const paths = ["/posts", "/posts/sharpening-slowly", "/posts/sharpening-slowly/delete"];
      for (const path of [...paths, "/posts/sharpening-slowly/comments"]) {
        for (const headers of [
          { "Sec-Fetch-Site": "cross-site" },
          { "Sec-Fetch-Site": "same-site" },
          { Origin: "https://evil.example" },
          { Origin: "null" },
        ]) {
          const response = await client.post(path, { form, headers });
          assert.equal(response.status, 403, `${path} ${JSON.stringify(headers)}`);
          assert.match(await response.text(), /<h1>Not from there<\/h1>/);
        }
      }
      assert.match(await (await client.get("/posts/sharpening-slowly")).text(), /1 comment</);
      const own = await client.post("/posts", { form, headers: { "Sec-Fetch-Site": "same-origin" } });
      assert.equal(own.status, 303);
      assert.equal((await client.get("/", { headers: { "Sec-Fetch-Site": "cross-site" } })).status, 200);
    });

    test("a browser that does not say where it comes from proves it by the form's token", async (context) => {
      const { app } = await blog(context, mode);
      await using client = new TestClient(app, { socket: mode.socket, headers: { Accept: "text/html" } });
      const path = "/posts/sharpening-slowly/delete";
      const token = /name="_csrf" value="([\w-]+)"/.exec(await (await client.get(path)).text())?.[1] ?? "";
      assert.equal((await client.post(path)).status, 403);
      assert.equal((await client.post(path, { form: { _csrf: `${token.slice(0, -4)}AAAA` } })).status, 403);
      assert.equal((await client.post(path, { form: { _csrf: token } })).status, 303);
    });
  });
}
