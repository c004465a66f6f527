/** What every kind of pattern means: patterns, a path, and what the router finds there. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Router } from "limpid/router";

type Expected = string | undefined;

/** Patterns, and for each path the pattern that answers with its parameters; undefined where none does. */
const contract: [string, string[], [string, Expected, Record<string, string>?][]][] = [
  [
    "a literal beats a constrained parameter, which beats a parameter, which beats a wildcard, in any order of adding",
    ["/users/*", "/users/:id", "/users/:id(\\d+)", "/users/admin"],
    [
      ["/users/admin", "/users/admin", {}],
      ["/users/42", "/users/:id(\\d+)", { id: "42" }],
      ["/users/bob", "/users/:id", { id: "bob" }],
      ["/users/bob/posts", "/users/*", { "*": "bob/posts" }],
      ["/users/admins", "/users/:id", { id: "admins" }],
      ["/users/Admin", "/users/:id", { id: "Admin" }],
      ["/users", undefined],
    ],
  ],
  [
    "a choice that turns out wrong is taken back",
    ["/v/:id(\\d+)/a", "/v/:name/b", "/v/1/c", "/v/*"],
    [
      ["/v/1/a", "/v/:id(\\d+)/a", { id: "1" }],
      ["/v/1/b", "/v/:name/b", { name: "1" }],
      ["/v/1/c", "/v/1/c", {}],
      ["/v/2/c", "/v/*", { "*": "2/c" }],
      ["/v/z/a", "/v/*", { "*": "z/a" }],
    ],
  ],
  [
    "a literal is compared to its end, however long it is and wherever the path stops",
    ["/items/:id/attachments/:name", "/items/:id/tag/:name", "/überschriften/:id"],
    [
      ["/items/1/attachments/a", "/items/:id/attachments/:name", { id: "1", name: "a" }],
      ["/items/1/tag/a", "/items/:id/tag/:name", { id: "1", name: "a" }],
      ["/überschriften/7", "/überschriften/:id", { id: "7" }],
      ["/items/1/attachments/", undefined],
      ["/items/1/attachments", undefined],
      ["/items/1/attach", undefined],
      ["/items/1/attachmentz/a", undefined],
      ["/items/1/attachXents/a", undefined],
      ["/items/1/tab/a", undefined],
      ["/items/1/ta", undefined],
      ["/uberschriften/7", undefined],
    ],
  ],
  [
    "a trailing slash is another path",
    ["/a", "/b/"],
    [
      ["/a", "/a", {}],
      ["/a/", undefined],
      ["/b/", "/b/", {}],
      ["/b", undefined],
    ],
  ],
  [
    "a wildcard at the end takes what is left, which may be nothing behind the slash",
    ["/files/*"],
    [
      ["/files/a", "/files/*", { "*": "a" }],
      ["/files/docs/resume.pdf", "/files/*", { "*": "docs/resume.pdf" }],
      ["/files/", "/files/*", { "*": "" }],
      ["/files", undefined],
      ["/filesystem", undefined],
    ],
  ],
  [
    "a wildcard in the middle is one segment, and may have a name",
    ["/a/*/b", "/c/*one/d/*rest"],
    [
      ["/a/x/b", "/a/*/b", { "*": "x" }],
      ["/a/x/y/b", undefined],
      ["/c/1/d/2/3", "/c/*one/d/*rest", { one: "1", rest: "2/3" }],
    ],
  ],
  [
    "an optional parameter may be left out with its slash, at the end and in the middle",
    ["/posts/:id?", "/:lang?/about"],
    [
      ["/posts", "/posts/:id?", {}],
      ["/posts/1", "/posts/:id?", { id: "1" }],
      ["/posts/", undefined],
      ["/about", "/:lang?/about", {}],
      ["/en/about", "/:lang?/about", { lang: "en" }],
    ],
  ],
  [
    "a parameter ends where the literal behind it first stands",
    ["/:name.:extension", "/x-:a-:b"],
    [
      ["/file.tar.gz", "/:name.:extension", { name: "file", extension: "tar.gz" }],
      ["/x-1-2", "/x-:a-:b", { a: "1", b: "2" }],
      ["/x-1-2-3", "/x-:a-:b", { a: "1", b: "2-3" }],
    ],
  ],
  [
    "dots, semicolons, Unicode and letters in either case are characters like any other",
    ["/a.b", "/:x;y", "/ünï/:word", "/Case"],
    [
      ["/a.b", "/a.b", {}],
      ["/axb", undefined],
      ["/1;y", "/:x;y", { x: "1" }],
      ["/ünï/ß", "/ünï/:word", { word: "ß" }],
      ["/case", undefined],
    ],
  ],
  [
    "a backslash makes a sign of the pattern a literal",
    ["/\\:id", "/a\\*"],
    [
      ["/:id", "/\\:id", {}],
      ["/x", undefined],
      ["/a*", "/a\\*", {}],
    ],
  ],
  [
    "the root is a path",
    ["/", "/:x"],
    [
      ["/", "/", {}],
      ["/a", "/:x", { x: "a" }],
      ["", undefined],
    ],
  ],
  [
    "names that objects inherit are values like any other",
    ["/:constructor/:toString", "/s/*"],
    [
      ["/a/b", "/:constructor/:toString", { constructor: "a", toString: "b" }],
      ["/s/__proto__", "/s/*", { "*": "__proto__" }],
    ],
  ],
];

for (const [name, patterns, paths] of contract) {
  test(name, () => {
    for (const order of [patterns, [...patterns].reverse()]) {
      const router = new Router<string>();
      for (const pattern of order) router.add(pattern, pattern);
      for (const [path, expected, params] of paths) {
        const match = router.match(path);
        assert.equal(match?.target, expected, path);
        assert.equal(match?.pattern, expected, path);
        if (params !== undefined)
          assert.deepEqual(Object.entries(match?.params ?? {}), Object.entries(params), path);
      }
    }
  });
}

test("the example of the design", () => {
  const router = new Router<string>();
  router
    .add("/users", "list")
    .add("/users/:id", "show")
    .add("/files/*", "file")
    .add("/api/:version/items/:id", "item");
  assert.equal(router.match("/users/42")?.target, "show");
  assert.deepEqual({ ...router.match("/users/42")?.params }, { id: "42" });
  assert.deepEqual({ ...router.match("/files/docs/resume.pdf")?.params }, { "*": "docs/resume.pdf" });
  assert.deepEqual({ ...router.match("/api/v1/items/9")?.params }, { version: "v1", id: "9" });
});

test("parameters inherit no names", () => {
  const params = new Router<string>().add("/:id", "x").match("/1")?.params ?? {};
  for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"])
    assert.ok(!(name in params), name);
});
