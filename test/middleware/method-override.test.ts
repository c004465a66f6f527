/** `methodOverride`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Request, type RequestInit } from "limpid/message";
import { compose, type MethodOverrideOptions, methodOverride } from "limpid/middleware";

async function method(init: RequestInit, options?: MethodOverrideOptions): Promise<string> {
  const run = compose([methodOverride(options)], (request) => request.method);
  return (await run(new Request("/", { method: "POST", ...init }))).text();
}
const form = (fields: Record<string, string>): RequestInit => ({ body: new URLSearchParams(fields) });
const header = (value: string): RequestInit => ({ headers: { "X-HTTP-Method-Override": value } });

test("a form field or a request field names the method", async () => {
  for (const wanted of ["PUT", "PATCH", "DELETE"]) {
    assert.equal(await method(form({ _method: wanted, title: "x" })), wanted);
    assert.equal(await method(form({ _method: wanted.toLowerCase() })), wanted);
    assert.equal(await method(header(wanted)), wanted);
  }
  assert.equal(await method({ ...form({ _method: "PUT" }), ...header("DELETE") }), "DELETE");
});

test("without either the method stays, whatever the content is", async () => {
  assert.equal(await method({}), "POST");
  assert.equal(await method(form({ title: "x" })), "POST");
  assert.equal(
    await method({ body: '{"_method":"DELETE"}', headers: { "Content-Type": "application/json" } }),
    "POST",
  );
  assert.equal(await method({ body: "_method=DELETE" }), "POST");
});

test("ASVS 13.4.4: only PUT, PATCH and DELETE can be asked for, and only by POST", async () => {
  const refused = { status: 400, code: "LMP_MIDDLEWARE_METHOD_REFUSED" };
  for (const wanted of [
    "TRACE",
    "CONNECT",
    "GET",
    "HEAD",
    "OPTIONS",
    "POST",
    "",
    "delete ",
    "__proto__",
    "PUT, DELETE",
  ]) {
    await assert.rejects(method(form({ _method: wanted })), refused, wanted);
    if (wanted.trim() === wanted) await assert.rejects(method(header(wanted)), refused, wanted);
  }
  for (const sent of ["GET", "HEAD", "PUT", "OPTIONS"]) {
    assert.equal(await method({ method: sent, ...header("DELETE") }), sent);
    assert.equal(await method({ ...form({ _method: "DELETE" }), method: sent }), sent);
  }
});

test("a field sent twice is 400, as everywhere", async () => {
  const body = new URLSearchParams([
    ["_method", "PUT"],
    ["_method", "DELETE"],
  ]);
  await assert.rejects(method({ body }), { status: 400 });
});

test("the handler reads the content as if nobody had", async () => {
  const init: RequestInit = { method: "POST", ...form({ _method: "PUT", title: "Hello wörld" }) };
  const asForm = compose([methodOverride()], async (request) => (await request.form()).get("title"));
  assert.equal(await (await asForm(new Request("/", init))).text(), "Hello wörld");
  const asText = compose([methodOverride()], (request) => request.text());
  assert.equal(await (await asText(new Request("/", init))).text(), "_method=PUT&title=Hello+w%C3%B6rld");
  const asStream = compose([methodOverride()], (request) => request.stream);
  assert.equal(await (await asStream(new Request("/", init))).text(), "_method=PUT&title=Hello+w%C3%B6rld");
});

test("content past the limit is 413", async () => {
  const request = new Request("/", { method: "POST", ...form({ text: "x".repeat(100) }) });
  request.bodyLimit = 50;
  await assert.rejects(async () => compose([methodOverride()], () => "x")(request), { status: 413 });
});

test("field and header can be named otherwise and left out", async () => {
  assert.equal(await method(form({ verb: "PUT" }), { field: "verb" }), "PUT");
  assert.equal(await method(form({ _method: "PUT" }), { field: "verb" }), "POST");
  assert.equal(await method(form({ _method: "PUT" }), { field: false }), "POST");
  assert.equal(await method(header("PUT"), { header: false }), "POST");
  assert.equal(await method({ headers: { "X-Verb": "PUT" } }, { header: "X-Verb" }), "PUT");
});

test("a chain that overrides nothing stays synchronous", () => {
  const run = compose([methodOverride()], () => "x");
  assert.ok(!(run(new Request("/", { method: "POST", ...header("PUT") })) instanceof Promise));
  assert.ok(!(run(new Request("/")) instanceof Promise));
});
