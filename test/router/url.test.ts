/** Reverse URLs: from a name to a path that leads back to the same parameters. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canonicalPath } from "limpid/http";
import { Router } from "limpid/router";

const router = new Router<string>()
  .add("/posts/:slug", "post", { name: "post" })
  .add("/files/*", "file", { name: "file" })
  .add("/items/:id(\\d+)/:tab?", "item", { name: "item" })
  .add("/:name.:extension", "asset", { name: "asset" });

test("parameters are encoded, a wildcard keeps its slashes, an optional one may be left out", () => {
  assert.equal(router.url("post", { slug: "a b&ü?#" }), "/posts/a%20b%26%C3%BC%3F%23");
  assert.equal(router.url("file", { "*": "a/b c" }), "/files/a/b%20c");
  assert.equal(router.url("item", { id: 7 }), "/items/7");
  assert.equal(router.url("item", { id: 7n, tab: "x" }), "/items/7/x");
  assert.equal(router.url("asset", { name: "app", extension: "css" }), "/app.css");
});

test("a query is appended, a list repeats its name, nothing is left out", () => {
  assert.equal(
    router.url("post", { slug: "a" }, { page: 2, tag: ["x", "y z"], none: undefined, empty: "" }),
    "/posts/a?page=2&tag=x&tag=y+z&empty=",
  );
});

test("what would not lead back is refused", () => {
  assert.throws(() => router.url("none"), { code: "LMP_ROUTER_URL_NAME_UNKNOWN" });
  assert.throws(() => router.url("post"), { code: "LMP_ROUTER_URL_PARAM_MISSING" });
  assert.throws(() => router.url("post", { slug: "a", id: "b" }), { code: "LMP_ROUTER_URL_PARAM_UNKNOWN" });
  for (const slug of ["", ".", "..", "a/b", "a\\b", "a\0", "a\nb"]) {
    assert.throws(
      () => router.url("post", { slug }),
      { code: "LMP_ROUTER_URL_PARAM_INVALID" },
      JSON.stringify(slug),
    );
  }
  assert.throws(() => router.url("item", { id: "seven" }), { code: "LMP_ROUTER_URL_PARAM_INVALID" });
  assert.throws(() => router.url("file", { "*": "../etc" }), { code: "LMP_ROUTER_URL_PARAM_INVALID" });
});

test("property: a URL that was made leads back to its route and its parameters", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1 });
  let made = 0;
  fc.assert(
    fc.property(text, text, (slug, rest) => {
      for (const [name, params] of [
        ["post", { slug }],
        ["file", { "*": `${slug}/${rest}` }],
      ] as const) {
        let url: string;
        try {
          url = router.url(name, params);
        } catch {
          continue;
        }
        made++;
        const match = router.match(canonicalPath(url) ?? "");
        assert.equal(match?.target, name);
        assert.deepEqual({ ...match?.params }, params);
      }
    }),
    { numRuns: 1000 },
  );
  assert.ok(made > 500, String(made));
});
