/** `toFetchHandler`, which `app.fetch` is, beyond the contract. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { App, bodyLimit, Response as LimpidResponse, trustProxy } from "limpid";
import { toFetchHandler, upgrade } from "limpid/server";

const address = toFetchHandler({ handle: ({ ip }) => new LimpidResponse(ip) });
const ask = async (info?: unknown): Promise<string> => (await address(new Request("http://h/"), info)).text();

test("the client's address is taken from what Deno and Bun pass along", async () => {
  assert.equal(await ask({ remoteAddr: { transport: "tcp", hostname: "192.0.2.1", port: 1 } }), "192.0.2.1");
  assert.equal(await ask({ requestIP: () => ({ address: "::ffff:192.0.2.2" }) }), "192.0.2.2");
});

test("where nobody tells the address, no proxy is believed by accident", async () => {
  for (const info of [undefined, null, {}, { requestIP: () => null }, { remoteAddr: null }, "env"]) {
    assert.equal(await ask(info), "0.0.0.0");
  }
  const app = new App();
  app.use(trustProxy(["loopback", "private", "unix"]));
  app.get("/", ({ ip }) => ip);
  const response = await app.fetch(
    new Request("http://h/", { headers: { "X-Forwarded-For": "198.51.100.1" } }),
  );
  assert.equal(await response.text(), "0.0.0.0");
});

test("host and protocol are those of the URL, the Host field first", async () => {
  const fetch = toFetchHandler({ handle: ({ url }) => new LimpidResponse(url) });
  assert.equal(
    await (await fetch(new Request("https://example.com:8443/a?b#c"))).text(),
    "https://example.com:8443/a?b",
  );
});

test("an upgrade is 501, and statuses without a body have none", async () => {
  const upgrading = toFetchHandler({ handle: () => upgrade("echo", () => {}) });
  assert.equal((await upgrading(new Request("http://h/"))).status, 501);
  for (const status of [204, 205, 304]) {
    const fetch = toFetchHandler({ handle: () => new LimpidResponse(null, { status }) });
    assert.equal((await fetch(new Request("http://h/"))).body, null);
  }
});

test("it never rejects, whatever the application does", async () => {
  const failing = toFetchHandler({ handle: () => Promise.reject(new Error("a secret")) });
  const response = await failing(new Request("http://h/"));
  assert.equal(response.status, 500);
  assert.doesNotMatch(await response.text(), /secret/);
  const informal = toFetchHandler({ handle: () => new LimpidResponse(null, { status: 103 }) });
  assert.equal((await informal(new Request("http://h/"))).status, 500);
});

test("a field that Limpid does not take is 400, not an exception", async () => {
  const response = await address(new Request("http://h/", { headers: { "X-Odd": "a\u0001b" } }));
  assert.equal(response.status, 400);
});

test("an announced length is refused before anything is read", async () => {
  const app = new App();
  app.post("/", { use: [bodyLimit(10)] }, (request) => request.text());
  let pulled = 0;
  const body = new ReadableStream({ pull: () => void pulled++ }, { highWaterMark: 0 });
  const headers = { "Content-Length": "11" };
  const request = new Request("http://h/", { method: "POST", body, headers, duplex: "half" });
  assert.equal((await app.fetch(request)).status, 413);
  assert.equal(pulled, 0);
});

test("content past the limit ends the stream it comes from", async () => {
  const cancelled = Promise.withResolvers<void>();
  const app = new App();
  app.post("/", { use: [bodyLimit(10)] }, (request) => request.text());
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(8)),
    cancel: () => cancelled.resolve(),
  });
  const response = await app.fetch(new Request("http://h/", { method: "POST", body, duplex: "half" }));
  assert.equal(response.status, 413);
  await cancelled.promise;
});

test("a text without a type gets none, and bytes stay bytes", async () => {
  const fetch = toFetchHandler({
    handle: ({ path }) => {
      const response =
        path === "/text" ? new LimpidResponse("x") : new LimpidResponse(new Uint8Array([0, 255]));
      response.headers.delete("content-type");
      return response;
    },
  });
  assert.equal((await fetch(new Request("http://h/text"))).headers.get("content-type"), null);
  assert.deepEqual([...(await (await fetch(new Request("http://h/bytes"))).bytes())], [0, 255]);
});
