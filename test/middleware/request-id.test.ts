/** `requestId`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Request } from "limpid/message";
import { appliedLater, compose, requestId } from "limpid/middleware";
import { requestWithLog } from "./log-lines.ts";

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const echo = compose([requestId({ trust: true })], (request) => request.id);
const withId = (id: string): Request => new Request("/", { headers: { "X-Request-Id": id } });

test("the id is new, unique, and sent back", async () => {
  const run = compose([requestId()], (request) => request.id);
  const first = await run(new Request("/"));
  const second = await run(new Request("/"));
  assert.match(first.headers.get("x-request-id")!, uuid);
  assert.equal(await first.text(), first.headers.get("x-request-id"));
  assert.notEqual(first.headers.get("x-request-id"), second.headers.get("x-request-id"));
});

test("an id from outside is not taken over unless trusted", async () => {
  const run = compose([requestId()], (request) => request.id);
  assert.match(await (await run(withId("mine"))).text(), uuid);
  assert.equal(await (await echo(withId("mine"))).text(), "mine");
});

test("a trusted id is taken over only where it is short and harmless", async () => {
  const good = ["a", "A-b_c.d~e", "Root=1-67891233-abcdef012345678912345678", "0".repeat(128)];
  for (const id of good) assert.equal(await (await echo(withId(id))).text(), id);
  const bad = ["", "a b", "a,b", "a/b", "<script>", '"', "a;b", "é", "\u00a0", "%0a", "0".repeat(129)];
  for (const id of bad) assert.match(await (await echo(withId(id))).text(), uuid, id);
  const twice = new Request("/", {
    headers: [
      ["X-Request-Id", "a"],
      ["X-Request-Id", "b"],
    ],
  });
  assert.match(await (await echo(twice)).text(), uuid);
});

test("whatever is sent, the id matches the safe grammar", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) }),
      async (id) => {
        if (id.includes("\u007f")) return;
        assert.match((await echo(withId(id))).headers.get("x-request-id")!, /^[A-Za-z0-9._~:=+-]{1,128}$/);
      },
    ),
    { numRuns: 300 },
  );
});

test("log lines of the request carry the id", () => {
  const { request, lines } = requestWithLog("/");
  compose([requestId({ generate: () => "r-1" })], ({ log }) => {
    log.info("hello");
  })(request);
  assert.equal(lines()[0]!.request_id, "r-1");
});

test("the field can be named otherwise, and the id is on error responses", () => {
  const run = compose([requestId({ header: "X-Correlation-Id", generate: () => "r-2" })], () => {
    throw new Error("broken");
  });
  const request = new Request("/");
  assert.throws(() => run(request));
  const fields = new Map<string, string>();
  const response = { headers: { set: (name: string, value: string) => fields.set(name, value) } };
  for (const apply of appliedLater(request)) apply(response as never);
  assert.deepEqual([...fields], [["X-Correlation-Id", "r-2"]]);
  assert.throws(() => requestId({ header: "a b" }), { code: "LMP_MIDDLEWARE_OPTION_INVALID" });
});
