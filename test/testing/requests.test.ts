/** What a test client sends: method, target, query, fields and content, the same in memory and over a socket. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { bothWays } from "./both-ways.ts";

interface Echo {
  method: string;
  target: string;
  headers: [string, string][];
  length: string | null;
  ip: string;
  url: string;
  cookies: Record<string, string>;
  body: string;
}

bothWays((connect) => {
  for (const method of ["get", "post", "put", "patch", "delete", "options"] as const) {
    test(`${method} sends its method`, async () => {
      const response = await connect().client[method]("/echo");
      assert.equal((await response.json<Echo>()).method, method.toUpperCase());
    });
  }

  test("request sends any method, in upper case", async () => {
    const response = await connect().client.request("report", "/echo");
    assert.equal((await response.json<Echo>()).method, "REPORT");
  });

  test("a plain request carries exactly these fields", async () => {
    const { headers, ip, url } = await (await connect().client.get("/echo?a=1#top")).json<Echo>();
    assert.deepEqual(headers, [
      ["Host", "localhost"],
      ["Connection", "keep-alive"],
    ]);
    assert.equal(ip, "127.0.0.1");
    assert.equal(url, "http://localhost/echo?a=1");
  });

  test("a POST without content says so", async () => {
    assert.equal((await (await connect().client.post("/echo")).json<Echo>()).length, "0");
  });

  test("query is added to the path's own, and arrays repeat their name", async () => {
    const { client } = connect();
    const query = { page: 2, tag: ["a b", "ä"], draft: false, none: undefined };
    const echo = await (await client.get("/echo?q=1", { query })).json<Echo>();
    assert.equal(echo.target, "/echo?q=1&page=2&tag=a+b&tag=%C3%A4&draft=false");
    assert.equal((await (await client.get("/echo", { query: {} })).json<Echo>()).target, "/echo");
  });

  test("json, form and body set the media type, and a header of the test is stronger", async () => {
    const { client } = connect();
    const type = ({ headers }: Echo) => headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
    const json = await (await client.post("/echo", { json: { name: "Ada" } })).json<Echo>();
    assert.deepEqual([json.body, type(json)], ['{"name":"Ada"}', "application/json"]);
    const form = await (
      await client.post("/echo", { form: { name: "Ada L.", tag: ["a", "b"] } })
    ).json<Echo>();
    assert.deepEqual(
      [form.body, type(form)],
      ["name=Ada+L.&tag=a&tag=b", "application/x-www-form-urlencoded"],
    );
    const text = await (await client.put("/echo", { body: "täxt" })).json<Echo>();
    assert.deepEqual([text.body, text.length, type(text)], ["täxt", "5", "text/plain; charset=utf-8"]);
    const own = { json: 1, headers: { "content-type": "application/vnd.api+json" } };
    assert.equal(type(await (await client.post("/echo", own)).json<Echo>()), "application/vnd.api+json");
    assert.deepEqual(await (await client.post("/json", { json: null })).json(), null);
    assert.deepEqual(await (await client.post("/form", { form: { a: "1" } })).json(), { a: "1" });
  });

  test("a stream is sent in chunks", async () => {
    async function* pieces() {
      yield "one ";
      yield new TextEncoder().encode("two");
    }
    const echo = await (await connect().client.post("/echo", { body: pieces() })).json<Echo>();
    assert.equal(echo.body, "one two");
    assert.ok(echo.headers.some(([name, value]) => name === "Transfer-Encoding" && value === "chunked"));
  });

  test("fields of the request replace those of the client, whatever their case", async () => {
    const { client } = connect({ headers: { Accept: "text/html", "X-Test": "1" } });
    const { headers } = await (
      await client.get("/echo", { headers: { accept: "application/json" } })
    ).json<Echo>();
    assert.deepEqual(headers.slice(2), [
      ["X-Test", "1"],
      ["accept", "application/json"],
    ]);
  });

  test("a URL names the host, and so does a Host field", async () => {
    const { client } = connect();
    const byUrl = await (await client.get("http://admin.example.com/echo")).json<Echo>();
    assert.deepEqual(byUrl.headers[0], ["Host", "admin.example.com"]);
    const byField = await (await client.get("/echo", { headers: { host: "shop.example.com" } })).json<Echo>();
    assert.deepEqual(byField.headers[0], ["Host", "shop.example.com"]);
  });

  test("a path goes out as written; what no request line can carry is encoded", async () => {
    const { client } = connect();
    const echo = await (await client.get("/echo?x=/../ä b")).json<Echo>();
    assert.equal(echo.target, "/echo?x=/../%C3%A4%20b");
    assert.equal((await client.get("/a/../echo")).status, 400);
  });

  test("what a server refuses before the application is refused in memory too", async () => {
    const { client } = connect();
    assert.equal((await client.get(`/${"x".repeat(20_000)}`)).status, 414);
    assert.equal((await client.get("/echo", { headers: { "X-Long": "x".repeat(40_000) } })).status, 431);
    assert.equal((await client.get("/echo", { headers: { Host: "a b" } })).status, 400);
  });

  test("two contents in one request are a mistake", async () => {
    const sent = connect().client.post("/echo", { json: 1, body: "2" });
    await assert.rejects(sent, { code: "LMP_TESTING_BODY_AMBIGUOUS" });
  });

  test("a URL that cannot be read is a mistake", async () => {
    await assert.rejects(connect().client.get("mailto:ada@example.com"), { code: "LMP_REQUEST_URL_INVALID" });
  });
});
