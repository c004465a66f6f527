/** The response: its exact bytes, its helpers, and what it refuses. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { html } from "limpid";
import { Response, type Result, toResponse } from "limpid/message";

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

test("serialize gives status line, fields, length and content, and nothing else", () => {
  const response = new Response('{"status": "success"}', {
    status: 200,
    headers: { "Content-Type": "application/json" },
  });
  assert.equal(
    text(response.serialize()),
    'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 21\r\n\r\n{"status": "success"}',
  );
});

test("serialize counts bytes, not characters", () => {
  assert.match(text(new Response("ünï").serialize()), /Content-Length: 5\r\n/);
});

test("serialize of an empty response tells a length where the status has content, and none where it has not", () => {
  assert.match(text(new Response().serialize()), /^HTTP\/1\.1 200 OK\r\nContent-Length: 0\r\n\r\n$/);
  assert.equal(text(Response.empty().serialize()), "HTTP/1.1 204 No Content\r\n\r\n");
  assert.equal(text(new Response(null, { status: 304 }).serialize()), "HTTP/1.1 304 Not Modified\r\n\r\n");
});

test("serialize refuses a stream with the fix", () => {
  const response = Response.stream(["a"]);
  assert.throws(() => response.serialize(), { code: "LMP_RESPONSE_STREAMED" });
});

test("a status that is none, and a body where none may be, are refused", () => {
  for (const status of [0, 99, 600, 200.5, Number.NaN]) {
    assert.throws(() => new Response(null, { status }), { code: "LMP_RESPONSE_STATUS_INVALID" });
  }
  for (const status of [101, 204, 304]) {
    assert.throws(() => new Response("x", { status }), { code: "LMP_RESPONSE_BODY_FORBIDDEN" });
  }
});

const typed: [Response, string][] = [
  [Response.json({ a: 1 }), "application/json"],
  [Response.html("<p>"), "text/html; charset=utf-8"],
  [Response.html(html`<p>`), "text/html; charset=utf-8"],
  [Response.text("a"), "text/plain; charset=utf-8"],
  [new Response("a"), "text/plain; charset=utf-8"],
  [new Response(new URLSearchParams("a=1")), "application/x-www-form-urlencoded; charset=utf-8"],
  [new Response(new Blob(["a"], { type: "text/css" })), "text/css"],
];

test("every helper names its media type, which headers may replace", () => {
  for (const [response, type] of typed) assert.equal(response.headers.get("content-type"), type);
  const problem = Response.json({}, { headers: { "content-type": "application/problem+json" } });
  assert.equal(problem.headers.get("content-type"), "application/problem+json");
});

test("a value without a JSON form is refused", () => {
  assert.throws(() => Response.json(undefined), { code: "LMP_RESPONSE_NOT_JSON" });
});

test("the content is read as text, JSON, bytes, buffer and blob, once", async () => {
  assert.equal(await new Response("ünï").text(), "ünï");
  assert.deepEqual(await Response.json({ a: [1] }).json(), { a: [1] });
  assert.deepEqual(await new Response(new Uint8Array([1, 2])).bytes(), new Uint8Array([1, 2]));
  assert.equal((await new Response("ab").arrayBuffer()).byteLength, 2);
  assert.equal(await (await Response.stream(["a", "b"]).blob()).text(), "ab");
  const read = new Response("a");
  await read.text();
  await assert.rejects(read.text(), { code: "LMP_BODY_USED" });
});

test("a file is sent with type, length and date, and saved under its name on request", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "limpid-"));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'a "ü".txt');
  await writeFile(path, "hello");
  const response = await Response.file(path, { download: true });
  assert.equal(response.headers.get("content-type"), "text/plain; charset=utf-8");
  assert.equal(response.headers.get("content-length"), "5");
  assert.match(response.headers.get("last-modified") ?? "", /GMT$/);
  assert.equal(
    response.headers.get("content-disposition"),
    `attachment; filename="a ___.txt"; filename*=UTF-8''a%20%22%C3%BC%22.txt`,
  );
  assert.equal(await response.text(), "hello");
  await assert.rejects(Response.file(join(folder, "none")), { status: 404, code: "LMP_FILE_NOT_FOUND" });
  await assert.rejects(Response.file(folder), { status: 404 });
});

test("cookies: a name set twice is sent once; a deleted one expires", () => {
  const response = new Response();
  response.cookies.set("a", "1").set("b", "2").set("a", "3");
  const fields = response.headers.getSetCookie();
  assert.equal(fields.length, 2);
  assert.match(fields[0] ?? "", /^b=2; /);
  assert.match(fields[1] ?? "", /^a=3; /);
  response.cookies.delete("b");
  assert.match(response.headers.getSetCookie()[1] ?? "", /^b=; .*Max-Age=0/);
});

const results: [Result, number, string | null, string][] = [
  ["text", 200, "text/plain; charset=utf-8", "text"],
  [html`<b>${"<"}</b>`, 200, "text/html; charset=utf-8", "<b>&lt;</b>"],
  [{ a: 1 }, 200, "application/json", '{"a":1}'],
  [[1, 2], 200, "application/json", "[1,2]"],
  [new Uint8Array([65]), 200, "application/octet-stream", "A"],
  [
    new globalThis.Response("web", { status: 201, headers: { "x-a": "b" } }),
    201,
    "text/plain;charset=UTF-8",
    "web",
  ],
  [new Blob(["x"]).stream(), 200, "application/octet-stream", "x"],
  [null, 204, null, ""],
  [undefined, 204, null, ""],
];

test("a result becomes a response", async () => {
  for (const [result, status, type, content] of results) {
    const response = toResponse(result);
    assert.equal(response.status, status);
    assert.equal(response.headers.get("content-type"), type);
    assert.equal(await response.text(), content);
  }
  const response = new Response("same");
  assert.equal(toResponse(response), response);
});

test("a result that is no response is refused with what would be one", () => {
  for (const result of [42, true, 1n, Symbol("s"), () => "x"]) {
    assert.throws(() => toResponse(result), { code: "LMP_RESULT_INVALID" });
  }
});

test("CVE-2018-12116: no control byte and no code point beyond latin1 gets into a field", () => {
  const hostile = ["\r", "\n", "\0", "\u010a", "\u560a", "\u0001", "\u007f"];
  for (const character of hostile) {
    const value = `a${character}b`;
    assert.throws(() => new Response(null, { headers: { "X-A": value } }));
    assert.throws(() => new Response(null, { headers: { [value]: "a" } }));
    assert.throws(() => new Response().headers.append("X-A", value));
    assert.throws(() => new Response(null, { statusText: value }).serialize());
    assert.throws(() => new Response().cookies.set("a", "b", { path: value }));
    assert.throws(() => new Response().cookies.set(value, "b"));
  }
});
