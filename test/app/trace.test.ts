/** A request can be watched on its way: the moments from the socket to the answer, in order. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { App, createLogger } from "limpid";
import { listen } from "limpid/trace";

const log = createLogger({ level: "silent" });

test("the moments of a request over a socket, in order; of a failing one too", async (t) => {
  const app = new App({ log });
  app.use(function guard(_request, next) {
    return next();
  });
  app.get("/posts/:id", ({ params }) => params.id);
  app.get("/fail", () => {
    throw new Error("boom");
  });
  const server = await app.listen({ port: 0, host: "127.0.0.1" });
  t.after(() => app.close());
  const names: string[] = [];
  const stop = listen((_data, moment) => void names.push(moment.name));
  await (await fetch(`${server.url}/posts/7`, { headers: { Connection: "close" } })).text();
  const expected = [
    "tcp.connection.open",
    "server.request.begin",
    "middleware.call.begin",
    "app.request.routed",
    "middleware.call.end",
    "server.request.end",
  ];
  assert.deepEqual(
    names.filter((name) => expected.includes(name)),
    expected,
  );
  names.length = 0;
  await fetch(`${server.url}/fail`);
  stop();
  assert.ok(names.includes("app.request.failed"));
  names.length = 0;
  await fetch(`${server.url}/posts/7`);
  assert.deepEqual(names, []);
});

test("a listener that throws takes nothing with it", async () => {
  const app = new App({ log });
  app.get("/", () => "ok");
  const warnings: unknown[] = [];
  const onWarning = (warning: Error): void => void warnings.push(warning.name);
  process.on("warning", onWarning);
  const stop = listen(() => {
    throw new Error("listener");
  }, "app.");
  const response = await app.fetch(new globalThis.Request("http://h/"));
  stop();
  assert.equal(await response.text(), "ok");
  await new Promise(setImmediate);
  process.off("warning", onWarning);
  assert.deepEqual(warnings, ["TraceListenerWarning"]);
});
