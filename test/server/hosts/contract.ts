/** What an application does, it does on every host. */
import assert from "node:assert/strict";
import { after, before, describe, type TestContext, test } from "node:test";
import type { Host, HostKind } from "./hosts.ts";

type Check = (host: Host, t: TestContext) => Promise<void>;

const contract: Record<string, Check> = {
  "a text gets its type and length": async ({ fetch }) => {
    const response = await fetch("/");
    assert.equal(response.status, 200);
    assert.match(response.headers.get("content-type") ?? "", /^text\/plain; ?charset=utf-8$/i);
    assert.equal(await response.text(), "Hello, Zoë");
  },

  "the request arrives as it was sent": async ({ fetch }) => {
    const headers = { "X-Custom": "one, two", Cookie: "a=1; b=2" };
    const response = await fetch("/request?tag=x&tag=%C3%A9", { headers });
    assert.deepEqual(await response.json(), {
      method: "GET",
      path: "/request",
      tag: ["x", "é"],
      custom: "one, two",
      cookie: "a=1; b=2",
    });
  },

  "the client's address is known": async ({ fetch }) => {
    assert.equal(await (await fetch("/ip")).text(), "127.0.0.1");
  },

  "several cookies stay several": async ({ fetch }) => {
    const { headers } = await fetch("/cookies");
    assert.deepEqual(headers.getSetCookie(), ["a=1; Path=/", "b=2; Path=/"]);
  },

  "HEAD gets the fields of GET and no content": async ({ fetch }) => {
    const response = await fetch("/", { method: "HEAD" });
    assert.equal(response.status, 200);
    // Who answers HEAD without having made the content does not know its length, and says nothing.
    assert.ok(["11", null].includes(response.headers.get("content-length")));
    assert.equal(await response.text(), "");
  },

  "HEAD of a stream frees it": async ({ fetch }) => {
    const response = await fetch("/pieces", { method: "HEAD" });
    assert.equal(response.status, 200);
    assert.equal(await response.text(), "");
  },

  "204 and 304 have no content": async ({ fetch }) => {
    const empty = await fetch("/empty");
    assert.deepEqual([empty.status, await empty.text()], [204, ""]);
    const unchanged = await fetch("/unchanged");
    assert.deepEqual(
      [unchanged.status, unchanged.headers.get("etag"), await unchanged.text()],
      [304, '"1"', ""],
    );
  },

  "a redirect is the client's to follow": async ({ fetch }) => {
    const response = await fetch("/away");
    assert.deepEqual([response.status, response.headers.get("location")], [302, "/"]);
    await response.text();
  },

  "errors have their status and keep their secrets": async ({ fetch }) => {
    const refused = await fetch("/refused");
    assert.equal(refused.status, 418);
    await refused.text();
    const broken = await fetch("/broken");
    assert.equal(broken.status, 500);
    assert.doesNotMatch(await broken.text(), /secret/);
    const missing = await fetch("/nowhere");
    assert.equal(missing.status, 404);
    await missing.text();
  },

  "content comes back byte for byte": async ({ fetch }) => {
    const sent = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256);
    const response = await fetch("/echo", { method: "POST", body: sent });
    assert.equal(response.headers.get("content-type"), "text/x-echo");
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), Buffer.from(sent));
  },

  "no content is empty content": async ({ fetch }) => {
    const response = await fetch("/echo", { method: "POST" });
    assert.deepEqual([response.status, await response.text()], [200, ""]);
  },

  "a streamed upload arrives whole": async ({ fetch }) => {
    const pieces = Array.from({ length: 80 }, () => new Uint8Array(65_536));
    const body = ReadableStream.from(pieces) as ReadableStream<Uint8Array>;
    const response = await fetch("/length", { method: "POST", body, duplex: "half" });
    assert.equal(await response.text(), String(80 * 65_536));
  },

  "a stream arrives whole": async ({ fetch }) => {
    assert.equal(await (await fetch("/pieces")).text(), "one, two");
  },

  "a piece of a stream arrives before the next is made": async ({ fetch }) => {
    const { body } = await fetch("/stream");
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    assert.deepEqual(await reader?.read(), { done: false, value: "one" });
    await (await fetch("/release")).text();
    assert.deepEqual(await reader?.read(), { done: false, value: "two" });
    assert.equal((await reader?.read())?.done, true);
  },

  "a stream that fails breaks off": async ({ fetch }) => {
    const read = async (): Promise<string> => (await fetch("/breaks")).text();
    await assert.rejects(read);
  },

  "a client that does not read holds a stream back, and its going away ends it": async ({ fetch }) => {
    const { body } = await fetch("/endless");
    const reader = body?.getReader();
    await reader?.read();
    const produced = async (): Promise<number> => Number(await (await fetch("/produced")).text());
    let before = -1;
    for (let now = await produced(); now !== before; now = await produced()) {
      before = now;
      await new Promise((later) => setTimeout(later, 100));
    }
    assert.ok(before < 64_000_000, `${before} bytes were produced for a client that reads nothing`);
    await reader?.cancel();
    assert.equal(await (await fetch("/cancelled")).text(), "yes");
  },

  "the signal is aborted when the client goes away": async ({ fetch }) => {
    const client = new AbortController();
    const waiting = fetch("/waiting", { signal: client.signal });
    const settled = waiting.catch(() => "gone");
    await (await fetch("/begun")).text();
    client.abort();
    assert.equal(await (await fetch("/aborted")).text(), "yes");
    // In memory nobody breaks the promise off.
    await Promise.race([settled, "still waiting"]);
  },
};

/** Defines the tests of a host. */
export function contractOf(kind: HostKind): void {
  // Where everything is installed that the tests need, nothing may be missing.
  describe(kind.name, { skip: process.env.CI === "true" ? false : (kind.missing ?? false) }, () => {
    let host: Host;
    before(async () => {
      host = await kind.start();
    });
    after(() => host?.close());
    for (const [name, check] of Object.entries(contract)) {
      test(name, { skip: reason(kind, name), timeout: 20_000 }, (t) => check(host, t));
    }
  });
}

function reason({ skips = {} }: HostKind, name: string): string | false {
  const [, why] = Object.entries(skips).find(([words]) => name.includes(words)) ?? [];
  return why ?? false;
}
