/** What readers see when something goes wrong. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { Database, sql } from "limpid/orm";
import { blog, modes } from "./blog-client.ts";

for (const mode of modes) {
  suite(`the blog's error pages ${mode.name}`, { skip: mode.skip }, () => {
    test("a page that is not there says so and leads on", async (context) => {
      const { client } = await blog(context, mode);
      for (const path of ["/nowhere", "/posts/never-written", "/posts/never-written/edit", "/?page=99"]) {
        const response = await client.get(path);
        assert.equal(response.status, 404, path);
        assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8", path);
        const page = await response.text();
        assert.match(page, /<h1>There is nothing here<\/h1>/, path);
        assert.match(page, /href="\/">To the front page</, path);
      }
      assert.match(await (await client.get("/posts/never-written")).text(), /There is no such post/);
    });

    test("a method that is not taken is refused with those that are", async (context) => {
      const { client } = await blog(context, mode);
      const response = await client.put("/posts/new", { form: {} });
      assert.equal(response.status, 405);
      assert.match(response.headers.get("allow") ?? "", /GET/);
      assert.match(await response.text(), /<h1>That cannot be done here<\/h1>/);
    });

    test("a path that is malformed is refused with a page", async (context) => {
      const { client } = await blog(context, mode);
      for (const path of ["/posts/%ff", "/posts/%zz", "/posts/a%2Fb", "/posts/../app.ts"]) {
        const response = await client.get(path);
        assert.equal(response.status, 400, path);
        assert.match(await response.text(), /<h1>That did not work<\/h1>/, path);
      }
    });

    test("a failure inside is answered with its request's id and without a word about the inside", async (context) => {
      const { client, database } = await blog(context, mode);
      assert.equal((await client.get("/")).status, 200);
      const other = await Database.connect(database);
      await other.execute(sql`drop table comments`);
      await other.close();

      const response = await client.get("/");
      assert.equal(response.status, 500);
      const page = await response.text();
      assert.match(page, /<h1>Something broke on our side<\/h1>/);
      assert.ok(page.includes(`<code>${response.headers.get("x-request-id")}</code>`));
      assert.doesNotMatch(page, /comments|sqlite|SELECT|at .*\.ts/i);

      const api = await client.get("/api/posts");
      assert.equal(api.status, 500);
      const problem = await api.json<Record<string, unknown>>();
      assert.deepEqual(Object.keys(problem).sort(), ["instance", "status", "title"]);
      assert.equal((await client.get("/posts/new")).status, 200);
    });
  });
}
