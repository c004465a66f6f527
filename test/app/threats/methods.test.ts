/** No other method, and nothing that claims to be another one, goes around a guard. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { App, createLogger, Request } from "limpid";
import { TestClient } from "limpid/testing";

function app(): { app: App; ran: () => string[] } {
  let ran: string[] = [];
  const app = new App({ log: createLogger({ level: "silent" }) });
  const use = [
    (_request: Request, next: () => unknown) => {
      ran.push("guard");
      return next() as never;
    },
  ];
  app.get("/guarded", { use }, () => void ran.push("get"));
  app.post("/posts", () => void ran.push("post"));
  app.delete("/posts", () => void ran.push("delete"));
  app.put("/posts", () => void ran.push("put"));
  return {
    app,
    ran: () => {
      const all = ran;
      ran = [];
      return all;
    },
  };
}

const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,24}$/);
const method = fc.oneof(
  token,
  fc.constantFrom(
    "GET",
    "HEAD",
    "get",
    "Get",
    "head",
    "OPTIONS",
    "TRACE",
    "TRACK",
    "DEBUG",
    "PROPFIND",
    "POST",
    "GETS",
    "QUERY",
  ),
);

test("class: method override, HEAD, OPTIONS, TRACE: 2,000 methods: only GET and HEAD reach a GET handler, behind its guard", async () => {
  const { app: application, ran } = app();
  await fc.assert(
    fc.asyncProperty(method, async (name) => {
      const { status, headers } = await application.handle(new Request("/guarded", { method: name }));
      const expected = name === "GET" || name === "HEAD" ? ["guard", "get"] : [];
      assert.deepEqual(ran(), expected, name);
      if (expected.length > 0 || name === "OPTIONS") assert.equal(status, 204);
      else {
        assert.equal(status, 405, name);
        assert.ok(headers.get("allow")?.includes("GET"));
      }
    }),
    { numRuns: 2000 },
  );
});

test("class: TRACE is 405 over a socket and echoes nothing", async () => {
  await using client = new TestClient(app().app, { socket: true });
  const response = await client.request("TRACE", "/guarded", { headers: { "X-Secret": "s3cret" } });
  assert.equal(response.status, 405);
  assert.doesNotMatch(await response.text(), /s3cret/);
});

const names = [
  "X-HTTP-Method-Override",
  "X-HTTP-Method",
  "X-Method-Override",
  "_method",
  "X-Original-Method",
  "Method",
  ":method",
];
const places = ["header", "query", "form"] as const;

test("class: method override is off: 1,000 ways to ask for it leave a POST a POST", async () => {
  const { app: application, ran } = app();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.constantFrom("DELETE", "delete", "PUT", " DELETE", "DELETE, POST", "PATCH"),
      fc.constantFrom(...places),
      async (name, value, place) => {
        const pair = new URLSearchParams([[name, value]]);
        const target = place === "query" ? `/posts?${pair}` : "/posts";
        const headers = place === "header" && !name.startsWith(":") ? { [name]: value } : undefined;
        const body = place === "form" ? pair : undefined;
        await application.handle(new Request(target, { method: "POST", headers, body }));
        assert.deepEqual(ran(), ["post"]);
      },
    ),
    { numRuns: 1000 },
  );
});
