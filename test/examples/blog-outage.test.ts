/** The blog while its database is away: pages that say so, and recovery by itself. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { TestClient } from "limpid/testing";
import { createApp } from "../../examples/blog/create-app.ts";
import { noServer, OwnServer } from "../orm/postgresql/own-server.ts";
import { silent } from "./blog-client.ts";
import { temporaryFolder } from "./databases.ts";

test("while PostgreSQL is away readers are told so, and it goes on when it is back", {
  skip: noServer,
  timeout: 60_000,
}, async (context) => {
  const server = await OwnServer.start();
  context.after(() => server.remove());
  const app = createApp({
    database: server.url,
    pictures: join(await temporaryFolder(context), "pictures"),
    log: silent,
  });
  const client = new TestClient(app, { headers: { Accept: "text/html", Origin: "http://localhost" } });
  context.after(() => app.close());
  const form = { title: "Kept", content: "Written before." };
  assert.equal((await client.post("/posts", { form, redirect: "manual" })).status, 303);

  await server.stop();
  // All at once, because each waits for a connection until it gives up.
  const paths = ["/", "/posts/kept", "/posts/kept/edit", "/api/posts"];
  const answers = paths.map(async (path) => {
    const response = await client.get(path);
    assert.equal(response.status, 503, path);
    assert.equal(response.headers.get("retry-after"), "1", path);
    const answer = await response.text();
    if (!path.startsWith("/api/")) assert.match(answer, /<h1>Back in a moment<\/h1>/, path);
    assert.doesNotMatch(answer, /127\.0\.0\.1|postgres|at .*\.ts/i, path);
  });
  const refused = client.post("/posts", { form });
  await Promise.all(answers);
  assert.equal((await refused).status, 503);
  // What asks nothing of the database is there all the time.
  assert.equal((await client.get("/posts/new")).status, 200);

  await server.resume();
  const deadline = Date.now() + 2_000;
  while ((await client.get("/posts/kept")).status !== 200) assert.ok(Date.now() < deadline, "still away");
  assert.match(await (await client.get("/")).text(), /Kept/);
});
