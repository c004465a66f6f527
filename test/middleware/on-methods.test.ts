/** `onMethods`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Request, Response } from "limpid/message";
import { compose, type Middleware, onMethods } from "limpid/middleware";

const guard: Middleware = () => new Response("no", { status: 403 });
const status = async (methods: string | string[], method: string): Promise<number> =>
  (await compose([onMethods(methods, guard)], () => "x")(new Request("/", { method }))).status;

test("the middleware runs on the methods named and on no other", async () => {
  assert.equal(await status("POST", "POST"), 403);
  assert.equal(await status("POST", "GET"), 200);
  assert.equal(await status(["PUT", "DELETE"], "DELETE"), 403);
  assert.equal(await status(["PUT", "DELETE"], "POST"), 200);
});

test("class: method override, HEAD/OPTIONS/TRACE: HEAD runs GET's guards", async () => {
  assert.equal(await status("GET", "HEAD"), 403);
  assert.equal(await status("HEAD", "GET"), 200);
});

test("class: method override: X-HTTP-Method-Override is ignored unless methodOverride is used", async () => {
  const request = new Request("/", { method: "POST", headers: { "X-HTTP-Method-Override": "DELETE" } });
  const response = await compose([onMethods("DELETE", guard)], ({ method }) => method)(request);
  assert.equal(await response.text(), "POST");
});

test("methods that could never match are refused", () => {
  for (const methods of ["get", "", [], ["GET", "post"], "A B", 7]) {
    assert.throws(() => onMethods(methods as string, guard), { code: "LMP_MIDDLEWARE_OPTION_INVALID" });
  }
});
