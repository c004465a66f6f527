/** Plugins, start and close hooks, listening, and the Fetch side of an application. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { App, createLogger, Request, Response } from "limpid";

test("plugins and start hooks run once, before the first request, without a socket", async () => {
  const events: string[] = [];
  const app = new App();
  app.install(async (installed) => {
    await new Promise(setImmediate);
    events.push("plugin");
    installed.get("/plugin", () => "from the plugin");
  });
  app.onStart(async () => void events.push("start"));
  app.onClose(() => void events.push("close first"));
  app.onClose(() => void events.push("close last"));
  const responses = await Promise.all([1, 2, 3].map(() => app.handle(new Request("/plugin"))));
  assert.deepEqual(
    responses.map((response) => response.status),
    [200, 200, 200],
  );
  assert.deepEqual(events.splice(0), ["plugin", "start"]);
  await app.close();
  assert.deepEqual(events, ["close last", "close first"]);
});

test("a start hook that fails keeps the application from starting, and may be tried again", async () => {
  let fail = true;
  const app = new App({ log: createLogger({ level: "silent" }) });
  app.onStart(() => {
    if (fail) throw new Error("no database");
  });
  app.get("/", () => "ok");
  await assert.rejects(app.listen(0), /no database/);
  assert.equal((await app.handle(new Request("/"))).status, 500);
  fail = false;
  assert.equal((await app.handle(new Request("/"))).status, 200);
});

test("a close hook that fails does not keep the others from running", async () => {
  const events: string[] = [];
  const app = new App();
  app.onClose(() => void events.push("ran"));
  app.onClose(() => Promise.reject(new Error("stuck")));
  await app.start();
  await assert.rejects(app.close(), /stuck/);
  assert.deepEqual(events, ["ran"]);
});

test("listen, answer, close, and listen again", async () => {
  const app = new App();
  app.get("/", () => "hello");
  for (let round = 0; round < 2; round++) {
    const server = await app.listen({ port: 0, host: "127.0.0.1" });
    assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(await (await fetch(server.url)).text(), "hello");
    await assert.rejects(app.listen(0), { code: "LMP_APP_LISTENING" });
    await app.close();
    await assert.rejects(fetch(server.url));
  }
});

test("app.fetch answers a platform request with a platform response", async () => {
  const app = new App();
  app.post("/echo", async (request) => {
    const response = Response.json({ path: request.path, text: await request.text() }, { status: 201 });
    response.cookies.set("a", "1").set("b", "2");
    return response;
  });
  app.get("/stream", () => Response.stream(["a", "b"]));
  const response = await app.fetch(
    new globalThis.Request("http://host/echo", { method: "POST", body: "hi" }),
  );
  assert.equal(response.status, 201);
  assert.equal(response.headers.getSetCookie().length, 2);
  assert.deepEqual(await response.json(), { path: "/echo", text: "hi" });
  assert.equal(await (await app.fetch(new globalThis.Request("http://host/stream"))).text(), "ab");
});

test("explain lists what will run, in order, and why", async () => {
  const app = new App();
  app.use(function timing(_request, next) {
    return next();
  });
  app.group("/admin", (admin) => {
    admin.use(function guard(_request, next) {
      return next();
    });
    const use = [
      function audit(_request: Request, next: () => Response | Promise<Response>) {
        return next();
      },
    ];
    admin.get("/users/:id", { name: "user", use }, function showUser({ params }) {
      return params.id;
    });
  });
  const explanation = app.explain("GET", "/admin/users/7");
  assert.deepEqual(
    explanation.steps.map((step) => `${step.kind} ${step.name}`),
    [
      "middleware timing",
      "routing /admin/users/:id",
      "middleware guard",
      "middleware audit",
      "handler showUser",
    ],
  );
  assert.match(String(explanation), /^GET \/admin\/users\/7\n {2}1\. middleware {2}timing/);
  assert.match(String(app.explain("GET", "/none")), /404/);
  assert.match(String(app.explain("PUT", "/admin/users/7")), /405, Allow: GET, HEAD, OPTIONS/);
  assert.equal(JSON.parse(JSON.stringify(explanation)).pattern, "/admin/users/:id");
});
