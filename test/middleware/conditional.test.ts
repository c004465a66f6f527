/** `conditional` (RFC 9110 §13). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Request, Response } from "limpid/message";
import { type ConditionalOptions, compose, compress, conditional } from "limpid/middleware";

const modified = "Wed, 21 Oct 2015 07:28:00 GMT";

async function ask(
  answer: () => unknown,
  headers: Record<string, string> = {},
  options: ConditionalOptions = {},
  method = "GET",
): Promise<Response> {
  const run = compose([conditional(options)], () => answer() as Response);
  return run(new Request("/", { method, headers }));
}
const tagOf = async (answer: () => unknown, options?: ConditionalOptions): Promise<string | null> =>
  (await ask(answer, {}, options)).headers.get("etag");

test("content gets a weak tag, the same for the same content", async () => {
  const tag = await tagOf(() => "Hello");
  assert.match(tag!, /^W\/"[\w-]{22}"$/);
  assert.equal(await tagOf(() => new Response(Buffer.from("Hello"))), tag);
  assert.notEqual(await tagOf(() => "Hallo"), tag);
  assert.equal(await tagOf(() => "Hello", { strong: true }), tag!.slice(2));
});

test("304 to whoever has it, with GET and HEAD, without content and its fields", async () => {
  const tag = (await tagOf(() => ({ a: 1 })))!;
  for (const method of ["GET", "HEAD"]) {
    for (const known of [tag, tag.slice(2), `"x", ${tag}`, "*"]) {
      const answer = () =>
        Response.json({ a: 1 }, { headers: { "Cache-Control": "max-age=5", "Content-Language": "en" } });
      const response = await ask(answer, { "If-None-Match": known }, {}, method);
      assert.equal(response.status, 304, known);
      assert.equal(response.content, null);
      assert.deepEqual([...response.headers].map(([name]) => name.toLowerCase()).sort(), [
        "cache-control",
        "etag",
      ]);
    }
  }
  assert.equal((await ask(() => ({ a: 2 }), { "If-None-Match": tag })).status, 200);
});

const dated = () => new Response("x", { headers: { "Last-Modified": modified, ETag: '"v1"' } });
const judged: [headers: Record<string, string>, status: number][] = [
  [{ "If-None-Match": '"v1"' }, 304],
  [{ "If-None-Match": '"v2"' }, 200],
  [{ "If-Modified-Since": modified }, 304],
  [{ "If-Modified-Since": "Wed, 21 Oct 2015 07:27:59 GMT" }, 200],
  [{ "If-Modified-Since": "yesterday" }, 200],
  // §13.1.3: the date counts only where there is no tag.
  [{ "If-None-Match": '"v2"', "If-Modified-Since": modified }, 200],
  [{ "If-Match": '"v1"' }, 200],
  [{ "If-Match": '"v2"' }, 412],
  [{ "If-Match": '"v1"', "If-None-Match": '"v1"' }, 304],
  [{ "If-Match": '"v2"', "If-None-Match": '"v1"' }, 412],
  [{ "If-Unmodified-Since": "Wed, 21 Oct 2015 07:27:59 GMT" }, 412],
];
for (const [headers, status] of judged) {
  test(`${JSON.stringify(headers)} is ${status}`, async () => {
    const found = await ask(dated, headers).then(
      (response) => response.status,
      (error) => {
        assert.equal(error.code, "LMP_MIDDLEWARE_PRECONDITION_FAILED");
        return error.status;
      },
    );
    assert.equal(found, status);
  });
}

test("other statuses, methods and streams are left alone", async () => {
  for (const status of [201, 204, 206, 302, 404, 500]) {
    const answer = () => new Response(status === 204 ? null : "x", { status });
    const response = await ask(answer, { "If-None-Match": "*" });
    assert.equal(response.status, status);
    assert.equal(response.headers.get("etag"), null);
  }
  assert.equal((await ask(() => "x", {}, {}, "POST")).headers.get("etag"), null);
  async function* pieces() {
    yield "x";
  }
  assert.equal(await tagOf(() => Response.stream(pieces())), null);
  assert.equal(await tagOf(() => "x".repeat(300_000)), null);
  assert.notEqual(await tagOf(() => "x".repeat(300_000), { limit: "1mb" }), null);
});

test("a 304 in place of a stream frees it", async () => {
  let freed = false;
  const content = new ReadableStream<Uint8Array>({
    cancel: () => {
      freed = true;
    },
  });
  const answer = () => new Response(content, { headers: { ETag: '"v1"' } });
  assert.equal((await ask(answer, { "If-None-Match": '"v1"' })).status, 304);
  assert.ok(freed);
});

test("methods that change something are judged where the validators are known, before the handler", async () => {
  const cases: [
    validators: ConditionalOptions["validators"],
    headers: Record<string, string>,
    runs: boolean,
  ][] = [
    [() => ({ etag: '"v1"' }), { "If-Match": '"v1"' }, true],
    [() => ({ etag: '"v2"' }), { "If-Match": '"v1"' }, false],
    [async () => ({ etag: '"v2"' }), { "If-Match": '"v1"' }, false],
    [() => ({ etag: 'W/"v1"' }), { "If-Match": 'W/"v1"' }, false],
    [() => null, { "If-Match": "*" }, false],
    [() => null, { "If-None-Match": "*" }, true],
    [() => ({ etag: '"v1"' }), { "If-None-Match": "*" }, false],
    [() => ({ lastModified: Date.parse(modified) }), { "If-Unmodified-Since": modified }, true],
    [() => ({ lastModified: Date.parse(modified) + 1000 }), { "If-Unmodified-Since": modified }, false],
    [() => undefined, { "If-Match": '"v1"' }, true],
    [undefined, { "If-Match": '"v1"' }, true],
    [() => assert.fail("asked without a precondition"), {}, true],
  ];
  for (const [validators, headers, runs] of cases) {
    for (const method of ["PUT", "PATCH", "DELETE", "POST"]) {
      let ran = false;
      const answering = ask(
        () => {
          ran = true;
          return "done";
        },
        headers,
        { validators },
        method,
      );
      if (runs) assert.equal((await answering).status, 200);
      else await assert.rejects(answering, { status: 412, code: "LMP_MIDDLEWARE_PRECONDITION_FAILED" });
      assert.equal(ran, runs, `${method} ${JSON.stringify(headers)}`);
    }
  }
});

test("where nothing is asynchronous, no promise is made", () => {
  const run = compose([conditional()], () => "x");
  assert.ok(run(new Request("/")) instanceof Response);
  assert.ok(run(new Request("/", { method: "POST" })) instanceof Response);
});

test("inside compress, a compressed page is revalidated without compressing it", async () => {
  const run = compose([compress(), conditional()], () => "x".repeat(5000));
  const headers = { "Accept-Encoding": "br" };
  const first = await run(new Request("/", { headers }));
  assert.equal(first.headers.get("content-encoding"), "br");
  const etag = first.headers.get("etag")!;
  const second = await run(new Request("/", { headers: { ...headers, "If-None-Match": etag } }));
  assert.equal(second.status, 304);
  assert.equal(second.headers.get("etag"), etag);
  assert.equal(second.headers.get("vary"), "Accept-Encoding");
});

test("a limit that is no size is refused", () => {
  assert.throws(() => conditional({ limit: -1 }), { code: "LMP_MIDDLEWARE_OPTION_INVALID" });
});
