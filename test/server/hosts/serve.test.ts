/** `serve` and `fromFetch`: what a Fetch-style application gets, and that both kinds of objects pass for each other. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { App, Request as LimpidRequest } from "limpid";
import { type FetchFunction, fromFetch, type ServeOptions, serve } from "limpid/server";
import { converse } from "../raw-client.ts";

const platform = { Request, Response, Headers, fetch };

async function start(t: TestContext, fetch: FetchFunction, options: Partial<ServeOptions> = {}) {
  const server = await serve({ fetch, port: 0, hostname: "127.0.0.1", ...options });
  t.after(() => server.close({ grace: 0 }));
  return { url: server.url, port: server.address?.port ?? 0 };
}

test("overrideGlobalObjects: false leaves the global object alone and gives real requests", async (t) => {
  let given: globalThis.Request | undefined;
  const plain: FetchFunction = (request) => {
    given = request;
    return new Response("plain");
  };
  const { url } = await start(t, plain, { overrideGlobalObjects: false });
  assert.equal(await (await fetch(url)).text(), "plain");
  assert.equal(globalThis.Response, platform.Response);
  assert.equal(new platform.Request(given as globalThis.Request).url, `${url}/`);
});

test("light and real objects are instances of both constructors", async (t) => {
  const { url } = await start(t, (request) => {
    const light = new Response("x");
    const checks = {
      request: request instanceof Request && request instanceof platform.Request,
      headers: request.headers instanceof Headers,
      response: light instanceof Response && light instanceof platform.Response,
      fields: light.headers instanceof Headers,
      real: new platform.Response("x") instanceof Response,
      stream: new Response(new ReadableStream()) instanceof Response,
      json: Response.json({}) instanceof platform.Response,
    };
    return Response.json(checks);
  });
  const checks = (await (await fetch(url)).json()) as Record<string, boolean>;
  assert.deepEqual(new Set(Object.values(checks)), new Set([true]), JSON.stringify(checks));
});

test("a subclass of Response is one of the platform's", async (t) => {
  await start(t, () => new Response());
  class Page extends Response {
    constructor(markup: string) {
      super(markup, { headers: { "Content-Type": "text/html" } });
    }
  }
  const page = new Page("<p>");
  assert.ok(page instanceof Page && page instanceof platform.Response);
  assert.deepEqual([page.headers.get("content-type"), await page.text()], ["text/html", "<p>"]);
});

test("a light request can be copied, cloned, passed on and read in every way", async (t) => {
  const { url } = await start(t, async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/target") return new Response(`${request.method} ${await request.text()}`);
    if (pathname === "/copy") return new Response(await new Request(request).text());
    if (pathname === "/clone") return new Response((await request.clone().text()) + (await request.text()));
    if (pathname === "/form") return new Response((await request.formData()).get("a")?.toString());
    if (pathname === "/forward") return fetch(new Request(new URL("/target", request.url), request));
    if (pathname === "/mode")
      return new Response(`${request.redirect} ${request.body instanceof ReadableStream}`);
    if (pathname === "/twice")
      return new Response(
        await request
          .text()
          .then(() => request.text())
          .catch(String),
      );
    if (request.headers.has("x-again")) return new Response(`again ${await request.text()}`);
    if (pathname === "/direct") return fetch(request, { headers: { "X-Again": "1" } });
    return new Response(searchParams.get("q"));
  });
  const post = async (path: string, body: string | FormData): Promise<string> =>
    (await fetch(url + path, { method: "POST", body })).text();
  assert.equal(await post("/target", "x"), "POST x");
  assert.equal(await post("/copy", "x"), "x");
  assert.equal(await post("/clone", "x"), "xx");
  assert.equal(await post("/forward", "x"), "POST x");
  assert.equal(await post("/direct", "x"), "again x");
  assert.equal(await post("/mode", "x"), "follow true");
  assert.match(await post("/twice", "x"), /TypeError/);
  const form = new FormData();
  form.set("a", "field");
  assert.equal(await post("/form", form), "field");
});

test("URLs are written as the platform writes them", async () => {
  const application = fromFetch((request) => new Response(request.url));
  const urls = [
    "/a?b='c'",
    "/a/../b",
    "/a/%2e%2E/b",
    "/%7Ea",
    "/a|b",
    "/é",
    "/a%20b?c=d",
    "//b",
    "/.well-known/x",
    "/a;b=1,2",
  ];
  for (const path of urls) {
    const response = await application.handle(new LimpidRequest(`http://EXAMPLE.com:80${path}`));
    const expected = new URL(`http://EXAMPLE.com:80${path}`).href;
    assert.equal(await response.text(), expected);
  }
});

test("fields behave as the platform's, errors included", async (t) => {
  const { url } = await start(t, (request) => {
    const { headers } = request;
    assert.throws(() => headers.get("a b"), TypeError);
    headers.set("X-Added", " trimmed ");
    const response = new Response("x", { headers: { B: "2", a: "1", "Set-Cookie": "s" } });
    assert.throws(() => response.headers.set("a", "x\r\ny"), TypeError);
    response.headers.append("A", "3");
    response.headers.delete("missing");
    assert.deepEqual(
      [...response.headers],
      [
        ...new Headers([
          ["b", "2"],
          ["a", "1"],
          ["a", "3"],
          ["set-cookie", "s"],
          ["content-type", "text/plain;charset=UTF-8"],
        ]),
      ],
    );
    assert.throws(() => new Response("x", { headers: { "a b": "1" } }), TypeError);
    assert.throws(() => new Response("x", { status: 600 }), RangeError);
    assert.throws(() => new Response("x", { status: 204 }), TypeError);
    return new Response(headers.get("x-added"), response);
  });
  const response = await fetch(url);
  assert.deepEqual(
    [response.status, await response.text(), response.headers.get("a")],
    [200, "trimmed", "1, 3"],
  );
});

test("a light response can be read, cloned and taken apart like a real one", async (t) => {
  await start(t, () => new Response());
  const response = new Response("content", { status: 201, headers: { "X-A": "1" } });
  response.headers.set("X-A", "2");
  const clone = response.clone();
  assert.deepEqual([clone.status, clone.headers.get("x-a"), await clone.text()], [201, "2", "content"]);
  assert.equal(response.bodyUsed, false);
  assert.ok(response.body instanceof ReadableStream);
  assert.equal(await response.text(), "content");
  assert.equal(response.bodyUsed, true);
  await assert.rejects(response.text(), TypeError);
  assert.deepEqual(
    [response.ok, response.type, response.redirected, response.statusText],
    [true, "default", false, ""],
  );
});

test("content that was read already is 500, and what is no Response too", async (t) => {
  const { url } = await start(t, async (request) => {
    const response = new Response("x");
    if (request.url.endsWith("/read")) await response.text();
    return request.url.endsWith("/none") ? (undefined as unknown as Response) : response;
  });
  assert.equal((await fetch(`${url}/read`)).status, 500);
  assert.equal((await fetch(`${url}/none`)).status, 500);
  assert.equal((await fetch(url)).status, 200);
});

test("content announced past the limit is 413 before the function runs; methods without a Request are 501", async (t) => {
  let calls = 0;
  const fetch: FetchFunction = () => {
    calls++;
    return new Response("reached");
  };
  const { port } = await start(t, fetch, { bodyLimit: 10 });
  const tail = "Host: h\r\nConnection: close\r\n";
  const large = await converse(port, `POST / HTTP/1.1\r\n${tail}Content-Length: 11\r\n\r\n01234567890`);
  assert.equal(large.responses[0]?.status, 413);
  const trace = await converse(port, `TRACE / HTTP/1.1\r\n${tail}\r\n`);
  assert.equal(trace.responses[0]?.status, 501);
  assert.equal(calls, 0);
});

test("a platform response in memory goes out with its length, a stream in chunks", async (t) => {
  const { port } = await start(t, (request) =>
    request.url.endsWith("/text")
      ? new platform.Response("whole")
      : new platform.Response(ReadableStream.from([Buffer.from("in "), Buffer.from("pieces")])),
  );
  const whole = await converse(port, "GET /text HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  assert.deepEqual(
    [whole.responses[0]?.headers.get("content-length"), whole.responses[0]?.body],
    ["5", "whole"],
  );
  const pieces = await converse(port, "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  assert.equal(pieces.responses[0]?.body, "in pieces");
});

test("a fetch function is mounted beside routes", async () => {
  const app = new App();
  app.get("/new", () => "new");
  app.mount(
    "/old",
    fromFetch((request, { remoteAddr }) => new Response(`${request.url} ${remoteAddr.hostname}`)),
  );
  const response = await app.handle(new LimpidRequest("http://h/old/x?y"));
  assert.equal(await response.text(), "http://h/old/x?y 127.0.0.1");
});
