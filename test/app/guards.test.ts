/** THREATS 1.4: whatever reaches a handler has passed its guard, whatever the spelling of the address. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { App, createLogger, type Middleware, methodOverride, Request } from "limpid";

const silent = createLogger({ level: "silent" });

/** An application with a guard by path, one by group and one by route, each before a handler that must not be reached. */
function guarded(): { app: App; reached: () => string[]; passed: () => string[] } {
  const app = new App({ log: silent });
  const reached: string[] = [];
  const passed: string[] = [];
  app.use("/admin", (_request, next) => {
    passed.push("path");
    return next();
  });
  app.get("/admin", () => void reached.push("path"));
  app.get("/admin/users", () => void reached.push("path"));
  app.get("/admin/*", () => void reached.push("path"));
  app.group("/group", (group) => {
    group.use((_request, next) => {
      passed.push("group");
      return next();
    });
    group.get("/*", () => void reached.push("group"));
  });
  const use: Middleware[] = [
    (_request, next) => {
      passed.push("route");
      return next();
    },
  ];
  app.get("/route/:id", { use }, () => void reached.push("route"));
  app.get("/*", () => "public");
  return { app, reached: () => reached.splice(0), passed: () => passed.splice(0) };
}

const piece = fc.constantFrom(
  "admin",
  "%61dmin",
  "ADMIN",
  "Admin",
  "%2561dmin",
  "adm%69n",
  "group",
  "route",
  "users",
  "7",
  "x",
  "/",
  "//",
  "/./",
  "/../",
  "%2f",
  "%2F",
  "%5c",
  "\\",
  ";x",
  "%00",
  ".",
  "..",
  "%2e",
  "%2e%2e",
  " ",
  "%20",
  "?",
  "?a=b",
  "#",
  "%",
  "%zz",
  "\u00a0",
  "%c0%af",
  "%ff",
);

test("CVE-2026-22031, CVE-2026-2880, CVE-2026-2293, CVE-2026-44573: a handler is never reached without its guard", async () => {
  const { app, reached, passed } = guarded();
  let handled = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 8 }),
      fc.constantFrom("GET", "HEAD"),
      async (pieces, method) => {
        const response = await app.handle(new Request(`/${pieces.join("")}`, { method }));
        const guards = passed();
        for (const handler of reached()) {
          handled++;
          assert.ok(guards.includes(handler), `${handler} was reached without its guard`);
        }
        assert.ok([200, 204, 400, 404].includes(response.status), String(response.status));
      },
    ),
    { numRuns: 20_000 },
  );
  assert.ok(handled > 100, `only ${handled} requests reached a guarded handler`);
});

test("CVE-2025-29927: no header of a client has a say in what runs", async () => {
  const { app, reached, passed } = guarded();
  const names = [
    "x-middleware-subrequest",
    "x-middleware-next",
    "x-http-method-override",
    "x-original-url",
    "x-rewrite-url",
    "x-forwarded-prefix",
    "x-forwarded-host",
    "x-forwarded-for",
    "x-matched-path",
    "x-invoke-path",
    "limpid.appliedLater",
  ];
  for (const name of names) {
    for (const value of ["1", "/", "/admin", "true", "middleware", "DELETE"]) {
      await app.handle(new Request("/admin/users", { headers: { [name]: value } }));
      assert.deepEqual(passed(), ["path"], name);
      assert.deepEqual(reached(), ["path"], name);
    }
  }
});

test("class: method override, HEAD, OPTIONS, TRACE: no other method goes around a guard", async () => {
  const app = new App();
  const use = [() => "refused"];
  app.get("/a", { use }, () => "reached");
  app.delete("/b", () => "deleted");
  app.post("/b", () => "posted");
  assert.equal(await (await app.handle(new Request("/a", { method: "HEAD" }))).text(), "refused");
  assert.equal((await app.handle(new Request("/a", { method: "TRACE" }))).status, 405);
  assert.equal((await app.handle(new Request("/a", { method: "OPTIONS" }))).status, 204);
  const override = { method: "POST", headers: { "X-HTTP-Method-Override": "DELETE" } };
  assert.equal(await (await app.handle(new Request("/b", override))).text(), "posted");
  app.use(methodOverride());
  assert.equal(await (await app.handle(new Request("/b", override))).text(), "deleted");
});

test("class: HTTP parameter pollution: a parameter sent twice is not one value, and sources are never merged", async () => {
  const app = new App();
  app.post("/:id", async (request) => {
    const form = await request.form();
    return { param: request.params.id, query: request.query.get("id"), form: form.get("id") };
  });
  const send = (path: string, body: string): Request =>
    new Request(path, { method: "POST", body: new URLSearchParams(body) });
  assert.deepEqual(await (await app.handle(send("/1?id=2", "id=3"))).json(), {
    param: "1",
    query: "2",
    form: "3",
  });
  assert.equal((await app.handle(send("/1?id=2&id=4", "id=3"))).status, 400);
  assert.equal((await app.handle(send("/1?id=2", "id=3&id=4"))).status, 400);
});
