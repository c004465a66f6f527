/** What is refused when it is added, with a message a person can act on; a refusal leaves the router as it was. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LimpidError } from "limpid/errors";
import { Router } from "limpid/router";

const malformed = [
  "x",
  "",
  "/a//b",
  "/:",
  "/:1",
  "/:a/:a",
  "/:a(",
  "/:a(\\d+",
  "/*/x/*",
  "/a?",
  "/a*b",
  "/:__proto__",
  "/*a/:a",
  "/:a?b",
  "/a(b)",
  "/:a:b",
  "/a%41",
  "/.",
  "/a/..",
  "/a\\b",
  "/a\0",
  "/a?b=c",
  "/:a?/:b?/x/:c?/:d?/y/:e?/:f?/z/:g?",
];
const unsafe = ["/:a()", "/:a((x+)+)", "/:a((a|a)*)", "/:a((?=x))", "/:a(\\1)", "/:a((x))"];

test("a malformed pattern says what was expected, what was found and how to mend it", () => {
  const router = new Router<string>().add("/kept", "kept");
  for (const pattern of malformed) {
    assert.throws(
      () => router.add(pattern, "x"),
      (error: unknown) => {
        assert.ok(error instanceof LimpidError, pattern);
        assert.equal(error.code, "LMP_ROUTER_PATTERN_INVALID", pattern);
        for (const part of [error.message, error.expected, error.found, error.fix]) assert.ok(part, pattern);
        return true;
      },
    );
  }
  assert.equal(router.routes().length, 1);
});

test("CVE-2024-45296: a constraint that could backtrack is refused, with its place", () => {
  for (const pattern of unsafe) {
    assert.throws(() => new Router().add(pattern, "x"), { code: "LMP_ROUTER_CONSTRAINT_UNSAFE" }, pattern);
  }
});

test("two routes that would answer the same are refused, naming both", () => {
  const router = new Router<string>().add("/users/:id", "one", { method: "GET" });
  for (const pattern of ["/users/:id", "/users/:name"]) {
    assert.throws(
      () => router.add(pattern, "two", { method: "GET" }),
      (error: unknown) => {
        assert.ok(error instanceof LimpidError);
        assert.equal(error.code, "LMP_ROUTER_CONFLICT");
        assert.ok(error.message.includes(pattern) && error.message.includes("/users/:id"));
        return true;
      },
    );
  }
  router.add("/users/:id", "posted", { method: "POST" });
  router.add("/users/:id(\\d+)", "number", { method: "GET" });
  assert.equal(router.routes().length, 3);
});

test("optional segments that could be read in two ways, or meet another route, are refused", () => {
  const router = new Router<string>().add("/users", "list");
  assert.throws(() => router.add("/users/:id?", "x"), { code: "LMP_ROUTER_CONFLICT", found: /\/users/ });
  assert.throws(() => router.add("/:a?/:b/:c?", "x"), { code: "LMP_ROUTER_CONFLICT", found: /two ways/ });
  assert.equal(router.match("/users/1"), undefined);
});

test("a name that is taken, and a method that no request has, are refused", () => {
  const router = new Router<string>().add("/a", "a", { name: "a", method: "GET" });
  router.add("/a", "b", { name: "a", method: "POST" });
  assert.throws(() => router.add("/b", "b", { name: "a" }), { code: "LMP_ROUTER_NAME_TAKEN" });
  for (const method of ["get", "", "G ET", "GÉT"]) {
    assert.throws(() => router.add("/c", "c", { method }), { code: "LMP_ROUTER_METHOD_INVALID" }, method);
  }
  assert.equal(router.match("/b"), undefined);
  assert.equal(router.match("/c"), undefined);
});
