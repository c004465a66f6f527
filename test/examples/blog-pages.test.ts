/** The pages of the blog that are only read. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { statementEnd } from "limpid/orm";
import { blog, modes } from "./blog-client.ts";

for (const mode of modes) {
  suite(`the blog's pages ${mode.name}`, { skip: mode.skip }, () => {
    test("the front page lists five posts, newest first, with excerpt and comments", async (context) => {
      const { client } = await blog(context, mode);
      const response = await client.get("/");
      assert.equal(response.status, 200);
      assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
      const page = await response.text();
      const titles = [...page.matchAll(/class="teaser-link" href="[^"]+">([^<]+)</g)].map(
        (match) => match[1],
      );
      assert.deepEqual(titles, [
        "What the tide table knows",
        "Read the error message",
        "A garden has no undo",
        "Sharpening, slowly",
        "Zürich before seven",
      ]);
      assert.match(page, /the shop opens with the tide\./);
      assert.match(page, /href="\/posts\/z%C3%BCrich-before-seven#comments">3 comments</);
      assert.match(page, /href="\/\?page=2">Older →</);
    });

    test("the second page holds the rest, and there is no third", async (context) => {
      const { client } = await blog(context, mode);
      const page = await (await client.get("/?page=2")).text();
      assert.match(page, /The kettle that knew about back-pressure[\s\S]*A notebook beside the keyboard/);
      assert.match(page, /href="\/">← Newer</);
      assert.equal((await client.get("/?page=3")).status, 404);
    });

    test("a page that is no number is refused", async (context) => {
      const { client } = await blog(context, mode);
      for (const page of ["0", "-1", "1.5", "two", "1e99", ""]) {
        assert.equal((await client.get(`/?page=${page}`)).status, 422, page);
      }
    });

    test("a post is shown by its slug, with paragraphs and comments in order", async (context) => {
      const { client } = await blog(context, mode);
      const response = await client.get("/posts/z%C3%BCrich-before-seven");
      assert.equal(response.status, 200);
      const page = await response.text();
      assert.match(page, /<title>Zürich before seven · Still Water<\/title>/);
      assert.equal(page.match(/<p>/g)?.length, 3 + 3 + 1 + 1);
      assert.match(page, /Béatrice[\s\S]*The sweepers start[\s\S]*Lukas[\s\S]*Which baker\?[\s\S]*Béatrice/);
    });

    test("a page costs two statements, however many posts and comments are on it", async (context) => {
      const { client } = await blog(context, mode);
      let statements: string[] = [];
      context.after(statementEnd.listen(({ sql }) => void statements.push(sql)));
      const paths = ["/", "/?page=2", "/posts/sharpening-slowly", "/posts/zürich-before-seven", "/api/posts"];
      await client.get("/posts/new");
      for (const path of paths) {
        statements = [];
        assert.equal((await client.get(path)).status, 200);
        assert.equal(statements.length, 2, `${path}: ${statements.join("\n")}`);
      }
    });

    test("an old address of the list leads to the new one", async (context) => {
      const { client } = await blog(context, mode);
      const response = await client.get("/posts", { redirect: "manual" });
      assert.equal(response.status, 308);
      assert.equal(response.headers.get("location"), "/");
    });

    test("HEAD answers like GET, without the content", async (context) => {
      const { client } = await blog(context, mode);
      const response = await client.head("/posts/sharpening-slowly");
      assert.equal(response.status, 200);
      assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
      assert.equal(await response.text(), "");
    });

    test("every page carries the fields that protect its reader, and its request's id", async (context) => {
      const { client } = await blog(context, mode);
      for (const path of ["/", "/posts/new", "/posts/sharpening-slowly", "/nowhere"]) {
        const { headers } = await client.get(path);
        assert.match(headers.get("content-security-policy") ?? "", /default-src 'self'/, path);
        assert.equal(headers.get("x-content-type-options"), "nosniff", path);
        assert.match(headers.get("x-request-id") ?? "", /^[\w-]{8,}$/, path);
      }
    });

    test("the stylesheet is cached for good under its version, and asked about otherwise", async (context) => {
      const { client } = await blog(context, mode);
      const page = await (await client.get("/")).text();
      const address = /rel="stylesheet" href="([^"]+)"/.exec(page)?.[1] ?? "";
      const versioned = await client.get(address);
      assert.equal(versioned.status, 200);
      assert.equal(versioned.headers.get("content-type"), "text/css; charset=utf-8");
      assert.equal(versioned.headers.get("cache-control"), "public, max-age=31536000, immutable");
      assert.match(await versioned.text(), /prefers-color-scheme: dark/);

      assert.match(address, /^\/static\/style\.[\da-f]{8}\.css$/);
      const plain = await client.get("/static/style.css");
      assert.equal(plain.headers.get("cache-control"), "public, max-age=3600");
      const etag = plain.headers.get("etag") ?? "";
      const again = await client.get("/static/style.css", {
        headers: { "If-None-Match": `"other", W/${etag}` },
      });
      assert.equal(again.status, 304);
      assert.equal(await again.text(), "");
      assert.equal((await client.get("/static/favicon.svg")).headers.get("content-type"), "image/svg+xml");
    });

    test("only the files of the folder are there", async (context) => {
      const { client } = await blog(context, mode);
      for (const name of ["..%2fapp.ts", "app.ts", "__proto__", "constructor", "STYLE.CSS", "style.css%00"]) {
        const { status } = await client.get(`/static/${name}`);
        assert.ok(status === 404 || status === 400, `${name}: ${status}`);
      }
    });
  });
}
