/** A test client keeps cookies like a browser; the rules themselves are in `cookie-jar.test.ts`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { bothWays } from "./both-ways.ts";

interface Echo {
  cookies: Record<string, string>;
}

bothWays((connect) => {
  test("what the application sets comes back with every request", async () => {
    const { client } = connect();
    await client.get("/cookies");
    assert.equal(client.cookies.get("a"), "1");
    assert.deepEqual((await (await client.get("/echo")).json<Echo>()).cookies, { a: "1", b: "two words" });
  });

  test("what it deletes is gone", async () => {
    const { client } = connect();
    await client.get("/cookies");
    await client.get("/forget");
    assert.deepEqual((await (await client.get("/echo")).json<Echo>()).cookies, { b: "two words" });
  });

  test("cookies of one request add to those of the jar and are not kept", async () => {
    const { client } = connect();
    client.cookies.set("theme", "dark");
    client.cookies.set("lang", "en");
    const echo = await (await client.get("/echo", { cookies: { lang: "de" } })).json<Echo>();
    assert.deepEqual(echo.cookies, { theme: "dark", lang: "de" });
    assert.equal(client.cookies.get("lang"), "en");
  });

  test("a Cookie field of the test stands for all of them", async () => {
    const { client } = connect();
    client.cookies.set("theme", "dark");
    const echo = await (await client.get("/echo", { headers: { Cookie: "only=this" } })).json<Echo>();
    assert.deepEqual(echo.cookies, { only: "this" });
  });

  test("a jar that is cleared sends nothing", async () => {
    const { client } = connect();
    await client.get("/cookies");
    client.cookies.clear();
    assert.deepEqual((await (await client.get("/echo")).json<Echo>()).cookies, {});
  });
});
