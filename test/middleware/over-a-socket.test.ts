/** The standard set in an application, asked with raw bytes over a real socket. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import {
  App,
  bodyLimit,
  cors,
  html,
  logger,
  methodOverride,
  requestId,
  secureHeaders,
  timeout,
  trustProxy,
} from "limpid";
import { createLogger } from "limpid/log";

const lines: Record<string, unknown>[] = [];
const log = createLogger({ format: "json", destination: { write: (line) => lines.push(JSON.parse(line)) } });
const origin = "https://app.example.com";
let reached = 0;

/** An application behind these proxies. */
function appBehind(proxies: readonly string[]): App {
  const app = new App({ log })
    .use(trustProxy(proxies))
    .use(requestId())
    .use(logger())
    .use(secureHeaders())
    .use(cors({ origins: [origin] }))
    .use(timeout(50))
    .use(bodyLimit(100))
    .use(methodOverride());
  app.get("/page", ({ nonce }) => html`<script nonce="${nonce}"></script>`);
  app.get("/who", ({ ip, protocol, host }) => ({ ip, protocol, host }));
  app.get("/broken", () => {
    throw new Error("It broke.");
  });
  app.get("/hangs", () => new Promise<string>(() => {}));
  app.post("/posts", async (request) => {
    reached++;
    return request.text();
  });
  app.delete("/posts", () => "deleted");
  return app as unknown as App;
}

const direct = appBehind(["192.0.2.0/24"]);
const proxied = appBehind(["loopback"]);
const ports = new Map<App, number>();
before(async () => {
  for (const app of [direct, proxied]) {
    const server = await app.listen({ host: "127.0.0.1", port: 0 });
    ports.set(app, Number(new URL(server.url).port));
  }
});
after(async () => {
  for (const app of [direct, proxied]) await app.close({ grace: 0 });
});

/** Sends the lines of a request and reads until the server closes. */
async function ask(
  app: App,
  head: string[],
  body = "",
): Promise<{ status: number; head: string; text: string }> {
  const socket = connect(ports.get(app)!, "127.0.0.1");
  socket.write(`${[...head, "Host: inside", "Connection: close"].join("\r\n")}\r\n\r\n${body}`);
  let received = "";
  for await (const bytes of socket) received += String(bytes);
  const end = received.indexOf("\r\n\r\n");
  return {
    status: Number(received.slice(9, 12)),
    head: received.slice(0, end),
    text: received.slice(end + 4),
  };
}

for (const [path, status] of [
  ["/page", 200],
  ["/nothing-here", 404],
  ["/a//b", 400],
  ["/broken", 500],
  ["/hangs", 503],
] as const) {
  test(`the fields are on a response with status ${status}`, async () => {
    const answer = await ask(direct, [`GET ${path} HTTP/1.1`, `Origin: ${origin}`]);
    assert.equal(answer.status, status);
    assert.match(answer.head, /^X-Request-Id: [0-9a-f-]{36}\r?$/m);
    assert.match(answer.head, /^X-Content-Type-Options: nosniff\r?$/m);
    assert.match(answer.head, /^Content-Security-Policy: default-src/m);
    assert.match(answer.head, /^Access-Control-Allow-Origin: https:\/\/app\.example\.com\r?$/m);
    assert.match(answer.head, /^Vary: Origin\r?$/m);
  });
}

test("one line for each request, with the stack where the fault is ours, and no error twice", async () => {
  lines.length = 0;
  await ask(direct, ["GET /broken?token=s3cret HTTP/1.1"]);
  await ask(direct, ["GET /who HTTP/1.1"]);
  assert.deepEqual(
    lines.map(({ level, status, path }) => [level, status, path]),
    [
      ["error", 500, "/broken"],
      ["info", 200, "/who"],
    ],
  );
  assert.match(lines[0]!.stack_trace as string, /It broke.*over-a-socket\.test\.ts/s);
  assert.doesNotMatch(JSON.stringify(lines), /s3cret/);
});

const forwarded = [
  "X-Forwarded-For: 203.0.113.7",
  "X-Forwarded-Proto: https",
  "X-Forwarded-Host: shop.example",
];

test("CVE-2026-3635, CVE-2026-16732: over a socket, only a listed peer is believed", async () => {
  const request = ["GET /who HTTP/1.1", ...forwarded];
  const untrusted = await ask(direct, request);
  assert.deepEqual(JSON.parse(untrusted.text), { ip: "127.0.0.1", protocol: "http", host: "inside" });
  assert.doesNotMatch(untrusted.head, /Strict-Transport-Security/);
  const trusted = await ask(proxied, request);
  assert.deepEqual(JSON.parse(trusted.text), { ip: "203.0.113.7", protocol: "https", host: "shop.example" });
  assert.match(trusted.head, /^Strict-Transport-Security: max-age=63072000; includeSubDomains\r?$/m);
});

test("class: header underscore: X_Forwarded_For over a socket is 400", async () => {
  for (const app of [direct, proxied]) {
    assert.equal((await ask(app, ["GET /who HTTP/1.1", "X_Forwarded_For: 203.0.113.7"])).status, 400);
  }
});

test("announced content past the limit is 413 without the handler, chunked content while it is read", async () => {
  reached = 0;
  assert.equal(
    (await ask(direct, ["POST /posts HTTP/1.1", "Content-Length: 101"], "x".repeat(101))).status,
    413,
  );
  assert.equal(reached, 0);
  const chunk = `65\r\n${"x".repeat(101)}\r\n0\r\n\r\n`;
  assert.equal(
    (await ask(direct, ["POST /posts HTTP/1.1", "Transfer-Encoding: chunked"], chunk)).status,
    413,
  );
  assert.equal(reached, 1);
});

test("a preflight is 204 with the method that the page may use", async () => {
  const fields = [`Origin: ${origin}`, "Access-Control-Request-Method: DELETE"];
  const answer = await ask(direct, ["OPTIONS /posts HTTP/1.1", ...fields]);
  assert.equal(answer.status, 204);
  assert.match(answer.head, /^Access-Control-Allow-Methods: .*DELETE/m);
});

test("a form asks for another method, and the router sees it", async () => {
  const fields = ["Content-Type: application/x-www-form-urlencoded", "Content-Length: 14"];
  assert.equal((await ask(direct, ["POST /posts HTTP/1.1", ...fields], "_method=DELETE")).text, "deleted");
});

test("R-21: after all of this the server still answers", async () => {
  assert.equal((await ask(direct, ["GET /page HTTP/1.1"])).status, 200);
});
