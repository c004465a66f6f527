/** A parameter that is sent twice is not one value, and what comes from one source is never read from another. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { App, createLogger, Request } from "limpid";

const app = new App({ log: createLogger({ level: "silent" }) });
app.post("/:id", async (request) => {
  const name = request.headers.get("x-name") ?? "";
  const form = await request.form();
  const { id } = request.params;
  return { id, query: request.query.get(name) ?? null, form: form.get(name) ?? null };
});

const name = fc.oneof(
  fc.constantFrom("id", "a[]", "a[0]", "a.b", "__proto__", "constructor", "then", "ID", "a"),
  fc.stringMatching(/^[a-z]{1,8}$/),
);
const values = fc.array(fc.string({ maxLength: 8 }), { maxLength: 3 });

test("class: HTTP parameter pollution: 2,000 mixtures of query and form", async () => {
  await fc.assert(
    fc.asyncProperty(name, values, values, async (key, inQuery, inForm) => {
      const pairs = (all: string[]): URLSearchParams => new URLSearchParams(all.map((value) => [key, value]));
      const query = pairs(inQuery.map((value) => value.toWellFormed()));
      const form = pairs(inForm.map((value) => value.toWellFormed()));
      const headers = { "X-Name": key };
      const request = new Request(`/7?${query}`, { method: "POST", headers, body: form });
      const response = await app.handle(request);
      if (inQuery.length > 1 || inForm.length > 1) {
        assert.equal(response.status, 400);
        return;
      }
      assert.equal(response.status, 200);
      const [fromQuery, fromForm] = [query.get(key), form.get(key)];
      assert.deepEqual(await response.json(), { id: "7", query: fromQuery, form: fromForm });
    }),
    { numRuns: 2000 },
  );
});
