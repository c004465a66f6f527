/** `onPaths`: whole segments of the one canonical path, so that no spelling passes a guard. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { HttpError } from "limpid/errors";
import { Request, Response } from "limpid/message";
import { compose, type Middleware, onPaths } from "limpid/middleware";
import { Router } from "limpid/router";

const guard: Middleware = () => new Response("no", { status: 403 });
const guarded = async (patterns: string | string[], path: string): Promise<boolean> =>
  (await compose([onPaths(patterns, guard)], () => "x")(new Request(`http://localhost${path}`))).status ===
  403;

const table: [pattern: string, path: string, runs: boolean][] = [
  ["/admin", "/admin", true],
  ["/admin", "/admin/", true],
  ["/admin/", "/admin", true],
  ["/admin", "/admin?x=/y", true],
  ["/admin", "/admin/users", false],
  ["/admin", "/administrator", false],
  ["/admin", "/x/admin", false],
  ["/admin", "/Admin", false],
  ["/admin/*", "/admin", true],
  ["/admin/*", "/admin/", true],
  ["/admin/*", "/admin/users/7", true],
  ["/admin/*", "/administrator", false],
  ["/admin/*", "/x/admin/users", false],
  ["/admin/*", "/%61dmin/users", true],
  ["/café/*", "/caf%C3%A9/menu", true],
  ["/*", "/", true],
  ["/*", "/anything/at/all", true],
  ["/", "/", true],
  ["/", "/x", false],
];
for (const [pattern, path, runs] of table) {
  test(`${pattern} ${runs ? "takes" : "leaves"} ${path}`, async () => {
    assert.equal(await guarded(pattern, path), runs);
  });
}

test("several patterns are alternatives", async () => {
  const patterns = ["/a", "/b/*"];
  assert.equal(await guarded(patterns, "/a"), true);
  assert.equal(await guarded(patterns, "/b/c"), true);
  assert.equal(await guarded(patterns, "/c"), false);
});

test("patterns that could never match, or that mean more than they seem to, are refused", () => {
  const wrong = [
    "",
    "admin",
    "*",
    "/a*",
    "/a/*/b",
    "//a",
    "/a//b",
    "/a/..",
    "/./a",
    "/:id",
    "/a?b",
    "/a#b",
    "/%61",
    "/a\\b",
  ];
  for (const pattern of [...wrong, [], 7]) {
    assert.throws(
      () => onPaths(pattern as string, guard),
      { code: "LMP_MIDDLEWARE_PATTERN_INVALID" },
      String(pattern),
    );
  }
});

/** Spellings of `/admin/users`, from one rewriting or from several on top of one another. */
const rewritings: ((path: string, pick: number) => string)[] = [
  (path, pick) =>
    path.replace(/[a-z]/g, (letter, at: number) => ((pick >> (at % 20)) & 1 ? hex(letter) : letter)),
  (path, pick) =>
    path.replace(/[a-z]/g, (letter, at: number) => ((pick >> (at % 20)) & 1 ? letter.toUpperCase() : letter)),
  (path, pick) => insert(path, pick, "/"),
  (path, pick) => insert(path, pick, "/."),
  (path, pick) => insert(path, pick, "/x/.."),
  (path, pick) => insert(path, pick, "%2f"),
  (path, pick) => insert(path, pick, "%5C"),
  (path, pick) => insert(path, pick, "\\"),
  (path, pick) => insert(path, pick, "%00"),
  (path, pick) => insert(path, pick, ";x=1"),
  (path, pick) => insert(path, pick, "%2e%2e/"),
  (path, pick) => path.replace("a", ["%2561", "%61", "%C1%A1", "%u0061", "ａ", "%EF%BD%81"][pick % 6]!),
  (path) => `${path}/`,
  (path) => `${path}?x=/admin`,
];
const hex = (letter: string): string => `%${letter.charCodeAt(0).toString(16)}`;
const insert = (path: string, pick: number, text: string): string => {
  const at = pick % (path.length + 1);
  return path.slice(0, at) + text + path.slice(at);
};

test("CVE-2026-22031, CVE-2026-2880, CVE-2026-2293: no spelling reaches the handler past the guard", async () => {
  const router = new Router<string>()
    .add("/admin", "secret")
    .add("/admin/users", "secret")
    .add("/*", "public");
  let guards = 0;
  let refusals = 0;
  const run = compose(
    [
      onPaths("/admin/*", () => {
        guards++;
        return new Response("no", { status: 403 });
      }),
    ],
    (request) => {
      assert.notEqual(router.match(request.path)?.target, "secret", `reached by ${request.target}`);
      return "public";
    },
  );
  const rewriting = fc.tuple(fc.nat(rewritings.length - 1), fc.nat(0xfffff));
  const spelling = fc
    .tuple(fc.constantFrom("/admin", "/admin/users"), fc.array(rewriting, { minLength: 1, maxLength: 3 }))
    .map(([path, steps]) =>
      steps.reduce<string>((text, [which, pick]) => rewritings[which]!(text, pick), path),
    );
  await fc.assert(
    fc.asyncProperty(spelling, async (path) => {
      try {
        await run(new Request(`http://localhost${path.startsWith("/") ? path : `/${path}`}`));
      } catch (error) {
        if (!(error instanceof HttpError) || error.status !== 400) throw error;
        refusals++;
      }
    }),
    { numRuns: 5000 },
  );
  assert.ok(guards > 500, `the guard ran ${guards} times`);
  assert.ok(refusals > 500, `${refusals} paths were refused`);
});

test("CVE-2025-29927: no request header influences which middleware runs", async () => {
  const names = [
    ...["x-middleware-subrequest", "x-middleware-next", "x-middleware-rewrite", "x-middleware-skip"],
    ...["x-original-url", "x-rewrite-url", "x-forwarded-path", "x-forwarded-uri", "x-http-method-override"],
    ...["limpid.appliedlater", "appliedlater", "structure", "next", "__proto__", "constructor"],
  ];
  const run = compose([onPaths("/admin/*", guard)], () => "reached");
  for (const name of names) {
    for (const value of [
      "1",
      "/",
      "middleware:middleware:middleware:middleware:middleware",
      "src/middleware",
      "GET",
    ]) {
      const response = await run(new Request("/admin/users", { headers: [[name, value]] }));
      assert.equal(response.status, 403, `${name}: ${value}`);
    }
  }
});
