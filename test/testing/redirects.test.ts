/** Redirects: the response itself by default, followed like a browser on demand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { bothWays } from "./both-ways.ts";

interface Echo {
  method: string;
  target: string;
  headers: [string, string][];
  body: string;
}

bothWays((connect) => {
  test("a redirect is the response unless it is to be followed", async () => {
    const response = await connect().client.post("/login");
    assert.equal(response.status, 303);
    assert.equal(response.headers.get("location"), "/account");
  });

  test("following keeps the cookies that were set on the way", async () => {
    const response = await connect().client.post("/login", { redirect: "follow" });
    assert.equal(await response.text(), "GET as s1");
  });

  const expected: [status: number, method: string, then: string][] = [
    [301, "GET", "GET"],
    [301, "POST", "GET"],
    [301, "PUT", "PUT"],
    [302, "POST", "GET"],
    [302, "DELETE", "DELETE"],
    [303, "POST", "GET"],
    [303, "PUT", "GET"],
    [303, "HEAD", "HEAD"],
    [307, "POST", "POST"],
    [308, "PATCH", "PATCH"],
  ];
  for (const [status, method, then] of expected) {
    test(`${status} behind ${method} asks again with ${then}`, async () => {
      const { client } = connect();
      const body = method === "GET" || method === "HEAD" ? null : "content";
      const response = await client.request(method, `/to?status=${status}`, { body, redirect: "follow" });
      assert.equal(response.status, 200);
      if (method === "HEAD") return;
      const echo = await response.json<Echo>();
      assert.equal(echo.method, then);
      assert.equal(echo.target, "/echo?moved=1");
      const kept = then === method && body !== null;
      assert.equal(echo.body, kept ? "content" : "");
      assert.equal(
        echo.headers.some(([name]) => /^content-/i.test(name)),
        kept,
      );
    });
  }

  test("a redirect without Location, and a 300, are answers", async () => {
    const { client } = connect();
    assert.equal((await client.get("/odd", { redirect: "follow" })).status, 302);
    assert.equal((await client.get("/to?status=300", { redirect: "follow" })).status, 300);
  });

  test("the 21st redirect is one too many", async () => {
    const looped = connect().client.get("/loop", { redirect: "follow" });
    await assert.rejects(looped, { code: "LMP_TESTING_REDIRECT_LIMIT" });
  });

  test("another origin is not the application", async () => {
    const gone = connect().client.get("/abroad", { redirect: "follow" });
    await assert.rejects(gone, { code: "LMP_TESTING_REDIRECT_OUTSIDE", found: "https://example.com/" });
  });

  test("a stream cannot be sent again", async () => {
    async function* body() {
      yield "once";
    }
    const sent = connect().client.post("/to?status=307", { body: body(), redirect: "follow" });
    await assert.rejects(sent, { code: "LMP_TESTING_REDIRECT_STREAM" });
  });
});
