/** Methods: which route answers, 405 with what is allowed, HEAD from GET, OPTIONS. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Router } from "limpid/router";

const router = new Router<string>()
  .add("/a", "get a", { method: "GET" })
  .add("/a", "post a", { method: "POST" })
  .add("/b", "any b")
  .add("/b", "get b", { method: "GET" })
  .add("/c", "head c", { method: "HEAD" })
  .add("/c", "get c", { method: "GET" })
  .add("/d/:id", "put d", { method: "PUT" })
  .add("/d/new", "get d", { method: "GET" });

const target = (method: string, path: string): string | undefined => {
  const result = router.find(method, path);
  return result.kind === "found" ? result.match.target : undefined;
};

test("the route of the method answers, then one for every method", () => {
  assert.equal(target("GET", "/a"), "get a");
  assert.equal(target("POST", "/a"), "post a");
  assert.equal(target("GET", "/b"), "get b");
  assert.equal(target("DELETE", "/b"), "any b");
  assert.equal(target("PURGE", "/b"), "any b");
});

test("RFC 9110 §9.3.2: HEAD is answered by GET unless it has a route of its own", () => {
  assert.equal(target("HEAD", "/a"), "get a");
  assert.equal(target("HEAD", "/c"), "head c");
  assert.equal(target("HEAD", "/b"), "get b");
});

test("RFC 9110 §15.5.6: another method is told what is allowed", () => {
  assert.deepEqual(router.find("PUT", "/a"), { kind: "method", allow: ["GET", "HEAD", "OPTIONS", "POST"] });
  assert.deepEqual(router.find("OPTIONS", "/a"), {
    kind: "method",
    allow: ["GET", "HEAD", "OPTIONS", "POST"],
  });
  assert.deepEqual(router.find("GET", "/d/7"), { kind: "method", allow: ["OPTIONS", "PUT"] });
  assert.deepEqual(router.find("GET", "/none"), { kind: "none" });
});

test("each method has its own precedence: a more literal route of another method hides nothing", () => {
  assert.equal(target("PUT", "/d/new"), "put d");
  assert.equal(target("GET", "/d/new"), "get d");
});

test("match with a method knows only its routes, without one all of them", () => {
  assert.equal(router.match("/d/7", "GET"), undefined);
  assert.equal(router.match("/d/7", "PUT")?.target, "put d");
  assert.equal(router.match("/d/7")?.target, "put d");
});

test("routes lists what was added, in order", () => {
  assert.deepEqual(
    router.routes().map(({ method, pattern }) => `${method ?? "*"} ${pattern}`),
    ["GET /a", "POST /a", "* /b", "GET /b", "HEAD /c", "GET /c", "PUT /d/:id", "GET /d/new"],
  );
});
