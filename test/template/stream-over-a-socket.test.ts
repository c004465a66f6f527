/** A handler that returns a streamed template, over a real connection: pieces as they come, and the nonce of the policy. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { App, secureHeaders, toNodeListener } from "limpid";
import { Template } from "limpid/template";

const page = new Template("<script>start()</script><p>{{ slow }}</p><style>p { color: red }</style>");
let slow = Promise.withResolvers<string>();
let closed = Promise.withResolvers<void>();

async function* endless(): AsyncGenerator<string> {
  try {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      yield "x".repeat(10_000);
    }
  } finally {
    closed.resolve();
  }
}

const app = new App();
app.use(secureHeaders());
app.get("/page", () => page.renderStream({ slow: slow.promise }));
app.get("/endless", () =>
  new Template("{% for x in xs %}{{ x }}{% endfor %}").renderStream({ xs: endless() }),
);
const server = createServer(toNodeListener(app));
let origin = "";

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

test("the first bytes are there before the slow value is, and carry the nonce", async () => {
  slow = Promise.withResolvers();
  const response = await fetch(`${origin}/page`);
  const nonce = /'nonce-([^']+)'/.exec(response.headers.get("content-security-policy") ?? "")?.[1];
  assert.ok(nonce);
  assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const first = await reader.read();
  assert.equal(first.value, `<script nonce="${nonce}">start()</script><p>`);
  slow.resolve("now");
  let rest = "";
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) rest += value;
  assert.equal(rest, `now</p><style nonce="${nonce}">p { color: red }</style>`);
});

test("a client that goes away ends the rendering", async () => {
  closed = Promise.withResolvers();
  const leaving = new AbortController();
  const response = await fetch(`${origin}/endless`, { signal: leaving.signal });
  await response.body!.getReader().read();
  leaving.abort();
  await closed.promise;
});
