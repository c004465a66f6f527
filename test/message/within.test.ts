/** `request.within(prefix)`: the same request as a mounted application sees it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Request } from "limpid/message";

const post = (): Request => new Request("/admin/posts?page=2", { method: "POST", body: "hello" });

test("the path loses the prefix, and the rest stays", () => {
  const outer = post();
  const inner = outer.within("/admin");
  assert.equal(inner.path, "/posts");
  assert.equal(inner.query.get("page"), "2");
  assert.equal(inner.target, outer.target);
  assert.equal(new Request("/admin").within("/admin").path, "/");
});

test("content that middleware has put back is the content", async () => {
  const outer = post();
  await outer.bytes();
  outer.override({ content: new TextEncoder().encode("again") });
  assert.equal(await outer.within("/admin").text(), "again");
});

test("content that was read before is not read again", async () => {
  const outer = post();
  await outer.text();
  await assert.rejects(outer.within("/admin").text(), { code: "LMP_BODY_USED" });
});

test("both have one signal", () => {
  const outer = post();
  const inner = outer.within("/admin").within("/posts");
  outer.abort("too late");
  assert.equal(inner.signal.reason, "too late");
  const other = post();
  other.within("/admin").abort("from within");
  assert.equal(other.signal.reason, "from within");
});
