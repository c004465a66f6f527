/** Typed content and queries through any Standard Schema: the handler is entered with valid values or not at all. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type } from "arktype";
import fc from "fast-check";
import { App, createLogger, Request } from "limpid";
import * as v from "valibot";
import * as z from "zod";

const schemas = {
  zod: z.object({ title: z.string().min(3), tags: z.array(z.string()).optional() }),
  valibot: v.object({ title: v.pipe(v.string(), v.minLength(3)), tags: v.optional(v.array(v.string())) }),
  arktype: type({ title: "string >= 3", "tags?": "string[]" }),
};

const json = (body: unknown, contentType = "application/json"): Request =>
  new Request("/", { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": contentType } });

for (const [name, schema] of Object.entries(schemas)) {
  test(`${name}: JSON and forms are validated, mistakes are 422 by field`, async () => {
    const app = new App();
    app.post("/", { body: schema }, ({ body }) => `${body.title}:${body.tags?.join("+") ?? ""}`);
    const ask = async (request: Request): Promise<string> => (await app.handle(request)).text();
    assert.equal(await ask(json({ title: "Hello", tags: ["a", "b"] })), "Hello:a+b");
    const form = new Request("/", { method: "POST", body: new URLSearchParams("title=Hello&tags=a&tags=b") });
    assert.equal(await ask(form), "Hello:a+b");
    const wrong = await app.handle(json({ title: "Hi", tags: [1] }));
    assert.equal(wrong.status, 422);
    const problem = await wrong.json<{ code: string; fields: Record<string, string[]> }>();
    assert.equal(problem.code, "LMP_VALIDATION_FAILED");
    assert.deepEqual(Object.keys(problem.fields).sort(), ["tags.0", "title"]);
    for (const messages of Object.values(problem.fields)) assert.ok(messages[0]);
  });
}

test("a query schema gives the handler what it makes of the query", async () => {
  const app = new App();
  const query = z.object({
    page: z.coerce.number().int().min(1).default(1),
    tag: z.array(z.string()).optional(),
  });
  app.get("/", { query }, ({ query: { page, tag } }) => ({ page: page + 1, tag }));
  const ask = async (path: string): Promise<unknown> => (await app.handle(new Request(path))).json();
  assert.deepEqual(await ask("/"), { page: 2 });
  assert.deepEqual(await ask("/?page=4&tag=a&tag=b"), { page: 5, tag: ["a", "b"] });
  assert.equal((await app.handle(new Request("/?page=0"))).status, 422);
});

test("a guard of the route refuses before anything is read or validated", async () => {
  const app = new App();
  let validated = 0;
  const body = z.unknown().transform((value) => {
    validated++;
    return value;
  });
  app.post("/", { body, use: [() => "refused"] }, () => "reached");
  const request = json({});
  assert.equal(await (await app.handle(request)).text(), "refused");
  assert.equal(validated, 0);
  assert.equal(request.bodyUsed, false);
});

test("CVE-2025-32442, CVE-2026-25223, CVE-2026-33806: no spelling of Content-Type lets content past the schema", async () => {
  const app = new App({ log: createLogger({ level: "silent" }) });
  let entered: unknown;
  app.post("/", { body: schemas.zod }, ({ body }) => {
    entered = body;
    return "ok";
  });
  const noise = fc.constantFrom(
    "",
    " ",
    "\t",
    ";",
    ",",
    "; charset=utf-8",
    ";charset",
    " ;",
    "x",
    "/",
    '"',
    "; a=b; a=c",
    "\u00a0",
  );
  const base = fc.constantFrom(
    "application/json",
    "APPLICATION/JSON",
    "application/vnd.api+json",
    "text/json",
    "text/plain",
    "",
    "application/x-www-form-urlencoded",
    "*/*",
    "application/json, text/plain",
  );
  await fc.assert(
    fc.asyncProperty(noise, base, noise, noise, async (before, essence, middle, after) => {
      entered = undefined;
      const headers = { "Content-Type": `${before}${essence}${middle}${after}` };
      const valid = fc.sample(fc.boolean(), 1)[0];
      const body = JSON.stringify({ title: valid ? "long enough" : "no" });
      const response = await app.handle(new Request("/", { method: "POST", body, headers }));
      if (entered !== undefined) assert.deepEqual(entered, { title: "long enough" });
      assert.equal(response.status === 200, entered !== undefined);
      assert.ok([200, 400, 415, 422].includes(response.status), String(response.status));
    }),
    { numRuns: 3000 },
  );
});

test("content without a media type, or of one the route does not take, is 415", async () => {
  const app = new App();
  app.post("/", { body: schemas.zod }, () => "reached");
  const bytes = new TextEncoder().encode('{"title":"Hello"}');
  assert.equal((await app.handle(new Request("/", { method: "POST", body: bytes }))).status, 415);
  assert.equal((await app.handle(json({ title: "Hello" }, "text/plain"))).status, 415);
  assert.equal((await app.handle(json({ title: "Hello" }, "application/json; charset=utf-8"))).status, 200);
});

test("a route's bodyLimit holds, and raises the default", async () => {
  const app = new App();
  app.post("/small", { bodyLimit: 10 }, (request) => request.text());
  app.post("/large", { bodyLimit: 3_000_000 }, async (request) => String((await request.text()).length));
  app.post("/usual", (request) => request.text());
  const ask = async (path: string, length: number): Promise<number> =>
    (await app.handle(new Request(path, { method: "POST", body: "x".repeat(length) }))).status;
  assert.deepEqual([await ask("/small", 10), await ask("/small", 11)], [200, 413]);
  assert.deepEqual([await ask("/large", 2_000_000), await ask("/usual", 2_000_000)], [200, 413]);
});
