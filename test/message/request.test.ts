/** The request: what it knows lazily, and its content, read once and bounded. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Request } from "limpid/message";

const post = (body: string, type?: string): Request =>
  new Request("/", { method: "POST", body, headers: type === undefined ? {} : { "Content-Type": type } });

test("method, path, query, url, host and version", () => {
  const request = new Request("http://example.com:8000/a/%C3%BC?x=1&x=2&y=%20", { method: "PUT" });
  assert.equal(request.method, "PUT");
  assert.equal(request.path, "/a/ü");
  assert.equal(request.target, "/a/%C3%BC?x=1&x=2&y=%20");
  assert.deepEqual(request.query.getAll("x"), ["1", "2"]);
  assert.equal(request.query.get("y"), " ");
  assert.equal(request.host, "example.com:8000");
  assert.equal(request.url, "http://example.com:8000/a/%C3%BC?x=1&x=2&y=%20");
  assert.equal(request.version, "1.1");
  assert.equal(request.protocol, "http");
  assert.equal(request.ip, "127.0.0.1");
});

test("L1: the path is decoded once and a malformed one is 400", () => {
  assert.equal(new Request("/%2561").path, "/%61");
  for (const path of ["/%zz", "/a/../b", "/a//b", "/%2e%2e/a", "/a%2fb", "/a%00", "/%ff", "/a\\b"]) {
    assert.throws(() => new Request(path).path, { status: 400, code: "LMP_HTTP_PATH_INVALID" }, path);
  }
});

test("cookies are read by name, the first of a name wins", () => {
  const request = new Request("/", { headers: { Cookie: "a=1; b=2; a=3" } });
  assert.equal(request.cookies.get("a"), "1");
  assert.equal(request.cookies.get("b"), "2");
  assert.equal(request.cookies.get("constructor"), undefined);
});

test("content as text, JSON, bytes, buffer, blob, form, FormData and stream", async () => {
  assert.equal(await post("ünï").text(), "ünï");
  assert.deepEqual(await post('{"a":[1]}').json(), { a: [1] });
  assert.deepEqual(await post("A").bytes(), new Uint8Array([65]));
  assert.equal((await post("AB").arrayBuffer()).byteLength, 2);
  assert.equal(await (await post("AB").blob()).text(), "AB");
  const urlencoded = "application/x-www-form-urlencoded";
  const form = await post("name=Ada+L&tag=a&tag=b", urlencoded).form();
  assert.equal(form.get("name"), "Ada L");
  assert.deepEqual(form.getAll("tag"), ["a", "b"]);
  assert.equal(form.files.size, 0);
  const data = await post("a=1", `${urlencoded}; charset=utf-8`).formData();
  assert.equal(data.get("a"), "1");
  const stream = post("stream").stream;
  assert.ok(stream);
  assert.equal(await new globalThis.Response(stream).text(), "stream");
});

test("a request without content has an empty one", async () => {
  const request = new Request("/");
  assert.equal(request.stream, null);
  assert.equal(await request.text(), "");
});

test("text is decoded in the charset its media type names", async () => {
  const latin1 = new Request("/", {
    method: "POST",
    body: new Uint8Array([0xfc]),
    headers: { "Content-Type": "text/plain; charset=iso-8859-1" },
  });
  assert.equal(await latin1.text(), "ü");
  await assert.rejects(post("a", "text/plain; charset=klingon").text(), { status: 415 });
  const broken = new Request("/", { method: "POST", body: new Uint8Array([0xff]) });
  await assert.rejects(broken.text(), { status: 400, code: "LMP_BODY_TEXT_INVALID" });
});

test("a second reading is a clear error, whatever the first was", async () => {
  const request = post("{}");
  await request.json();
  assert.equal(request.bodyUsed, true);
  await assert.rejects(request.text(), { code: "LMP_BODY_USED" });
  assert.throws(() => request.stream, { code: "LMP_BODY_USED" });
});

test("content past the limit is 413, announced or not, and never cut short", async () => {
  const announced = post("12345");
  announced.bodyLimit = 4;
  await assert.rejects(announced.text(), { status: 413, code: "LMP_BODY_TOO_LARGE" });
  async function* pieces(): AsyncGenerator<string> {
    yield "123";
    yield "45";
  }
  const streamed = new Request("/", { method: "POST", body: pieces() });
  streamed.bodyLimit = 4;
  await assert.rejects(streamed.text(), { status: 413 });
  const exact = post("1234");
  exact.bodyLimit = 4;
  assert.equal(await exact.text(), "1234");
});

test("JSON: what is malformed, too deep, too much or would reach a prototype is 400", async () => {
  for (const text of ["", "{", "{a:1}", "[1,]", "nul"]) {
    await assert.rejects(post(text).json(), { status: 400, code: "LMP_BODY_JSON_INVALID" }, text);
  }
  const deep = "[".repeat(33) + "]".repeat(33);
  const wide = `[${"0,".repeat(10_000)}0]`;
  for (const text of [deep, wide, '{"__proto__":{"x":1}}', '{"a":{"constructor":1}}', '[{"prototype":1}]']) {
    await assert.rejects(
      post(text).json(),
      { status: 400, code: "LMP_BODY_JSON_REFUSED" },
      text.slice(0, 40),
    );
  }
  assert.equal(Reflect.get({}, "x"), undefined);
  await post("[".repeat(32) + "]".repeat(32)).json();
});

test("a form of another media type is 415, a malformed Content-Type too", async () => {
  await assert.rejects(post("a=1").form(), { status: 415 });
  await assert.rejects(post("a=1", "no type").form(), { status: 415 });
});

test("the signal is aborted with the one the request was made with", () => {
  const controller = new AbortController();
  const request = new Request("/", { signal: controller.signal });
  assert.equal(request.signal.aborted, false);
  controller.abort(new Error("gone"));
  assert.equal(request.signal.aborted, true);
  assert.equal(request.signal.reason.message, "gone");
});

test("the id is stable, settable, and its own for each request", () => {
  const request = new Request("/");
  assert.match(request.id, /^[0-9a-f-]{36}$/);
  assert.equal(request.id, request.id);
  assert.notEqual(request.id, new Request("/").id);
  request.id = "mine";
  assert.equal(request.id, "mine");
});

test("CVE-2026-21710: names from a prototype are names like any other", async () => {
  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty", "then"]) {
    const request = new Request(`/${name}`, {
      method: "POST",
      headers: { [name]: "1", Cookie: `${name}=1`, "Content-Type": "application/x-www-form-urlencoded" },
      body: `${name}=1`,
    });
    assert.equal(request.headers.get(name), "1");
    assert.equal(request.cookies.get(name), "1");
    assert.equal(request.path, `/${name}`);
    assert.equal((await request.form()).get(name), "1");
  }
});

test("a URL that is none is refused", () => {
  assert.throws(() => new Request("http://"), { code: "LMP_REQUEST_URL_INVALID" });
});

test("GHSA-cp58-wc9q-qv53: compressed content is 415, however it is asked for", async () => {
  for (const coding of ["gzip", "br", "GZIP, gzip", "x"]) {
    const request = new Request("/", { method: "POST", body: "x", headers: { "Content-Encoding": coding } });
    await assert.rejects(request.text(), { status: 415, code: "LMP_BODY_ENCODING_UNSUPPORTED" });
    assert.throws(() => request.stream, { status: 415 });
  }
  const plain = new Request("/", { method: "POST", body: "x", headers: { "Content-Encoding": "identity" } });
  assert.equal(await plain.text(), "x");
});
