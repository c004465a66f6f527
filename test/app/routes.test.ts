/** Routes, groups, mounted applications, resources, named routes: what answers what. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { App, html, type Middleware, Request, Response, type Result } from "limpid";
import { converse } from "../server/raw-client.ts";

const ask = async (app: App, method: string, path: string): Promise<string> => {
  const response = await app.handle(new Request(path, { method }));
  return `${response.status} ${await response.text()}`;
};

test("each method has its routes, and all takes the rest", async () => {
  const app = new App();
  app.get("/a", () => "get");
  app.post("/a", () => "post");
  app.put("/a", () => "put");
  app.patch("/a", () => "patch");
  app.delete("/a", () => "delete");
  app.options("/a", () => "options");
  app.head("/a", () => new Response(null, { headers: { "X-Head": "yes" } }));
  app.all("/a", ({ method }) => `all ${method}`);
  app.route("REPORT", "/a", {}, () => "report");
  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "REPORT"]) {
    assert.equal(await ask(app, method, "/a"), `200 ${method.toLowerCase()}`);
  }
  assert.equal(await ask(app, "PURGE", "/a"), "200 all PURGE");
  const head = await app.handle(new Request("/a", { method: "HEAD" }));
  assert.equal(head.headers.get("x-head"), "yes");
});

test("results become responses", async () => {
  const app = new App();
  const results: Record<string, Result> = {
    text: "a",
    html: html`<b>`,
    json: { a: 1 },
    list: [1],
    nothing: null,
  };
  app.get("/:kind", ({ params }) => results[params.kind]);
  const type = async (kind: string): Promise<string | null> =>
    (await app.handle(new Request(`/${kind}`))).headers.get("content-type");
  assert.equal(await type("text"), "text/plain; charset=utf-8");
  assert.equal(await type("html"), "text/html; charset=utf-8");
  assert.equal(await type("json"), "application/json");
  assert.equal(await type("list"), "application/json");
  assert.equal((await app.handle(new Request("/nothing"))).status, 204);
});

test("an unknown path is 404, a malformed one 400, a wrong method 405 with Allow, OPTIONS 204 with Allow", async () => {
  const app = new App();
  app.get("/a", () => "a");
  assert.match(await ask(app, "GET", "/b"), /^404 /);
  assert.match(await ask(app, "GET", "/%zz"), /^400 /);
  assert.match(await ask(app, "TRACE", "/a"), /^405 /);
  const wrong = await app.handle(new Request("/a", { method: "POST" }));
  assert.equal(wrong.status, 405);
  assert.equal(wrong.headers.get("allow"), "GET, HEAD, OPTIONS");
  const options = await app.handle(new Request("/a", { method: "OPTIONS" }));
  assert.equal(options.status, 204);
  assert.equal(options.headers.get("allow"), "GET, HEAD, OPTIONS");
});

test("a group has a prefix, and middleware and error handlers of its own", async () => {
  const app = new App();
  const order: string[] = [];
  const noted = (name: string): Middleware => {
    return (_request, next) => {
      order.push(name);
      return next();
    };
  };
  app.use(noted("app"));
  app.group("/api", (api) => {
    api.use(noted("api"));
    api.onError(Error, (error) => Response.json({ api: error.message }, { status: 500 }));
    api.get("/", () => "root");
    api.group("/v1", (v1) => {
      v1.use(noted("v1"));
      v1.get("/items/:id", ({ params }) => params.id);
      v1.get("/fail", () => {
        throw new RangeError("boom");
      });
    });
  });
  app.get("/plain", () => "plain");
  assert.equal(await ask(app, "GET", "/api"), "200 root");
  assert.equal(await ask(app, "GET", "/api/v1/items/7"), "200 7");
  assert.deepEqual(order.splice(0), ["app", "api", "app", "api", "v1"]);
  assert.equal(await ask(app, "GET", "/plain"), "200 plain");
  assert.deepEqual(order.splice(0), ["app"]);
  assert.equal(await ask(app, "GET", "/api/v1/fail"), '500 {"api":"boom"}');
});

test("CVE-2026-47676: a mounted application sees the rest of the canonical path", async () => {
  const inner = new App();
  inner.get("/", () => "inner root");
  inner.get("/x/:y", ({ params, path }) => `${params.y} at ${path}`);
  const app = new App();
  app.use((request, next) => {
    Object.assign(request, { user: "ada" });
    return next();
  });
  app.mount("/admin", inner);
  inner.get("/user", (request) => String(Reflect.get(request, "user")));
  assert.equal(await ask(app, "GET", "/admin"), "200 inner root");
  assert.equal(await ask(app, "GET", "/admin/x/1"), "200 1 at /x/1");
  assert.equal(await ask(app, "GET", "/%61dmin/x/%31"), "200 1 at /x/1");
  assert.equal(await ask(app, "GET", "/admin/user"), "200 ada");
  assert.match(await ask(app, "GET", "/administrator"), /^404 /);
  const plain = new App();
  plain.mount("/fn", { handle: (request) => new Response(`fn ${request.path}`) });
  assert.equal(await ask(plain, "GET", "/fn/a/b"), "200 fn /a/b");
});

test("a resource answers with the methods of its class, instantiated once", async () => {
  let made = 0;
  class Books {
    readonly #titles = new Map([["1", "Emma"]]);
    constructor() {
      made++;
    }
    get({ params }: { params: { id: string } }): string {
      return this.#titles.get(params.id) ?? "none";
    }
    async put({ params }: { params: { id: string } }): Promise<string> {
      this.#titles.set(params.id, "Changed");
      return "ok";
    }
  }
  const app = new App();
  app.resource("/books/:id", Books);
  assert.equal(await ask(app, "GET", "/books/1"), "200 Emma");
  assert.equal(await ask(app, "PUT", "/books/1"), "200 ok");
  assert.equal(await ask(app, "GET", "/books/1"), "200 Changed");
  assert.match(await ask(app, "DELETE", "/books/1"), /^405 /);
  assert.equal(made, 1);
  app.resource("/object", { get: () => "object" });
  assert.equal(await ask(app, "GET", "/object"), "200 object");
  assert.throws(() => app.resource("/empty", {}), { code: "LMP_APP_RESOURCE_EMPTY" });
  assert.deepEqual(
    app.routes().map((route) => route.handler),
    ["Books.get", "Books.put", "resource.get"],
  );
});

test("a named route gives its URL, in a group with the prefix", () => {
  const app = new App()
    .get("/posts/:slug", { name: "post.show" }, ({ params }) => params.slug)
    .get("/files/*", { name: "file" }, () => "");
  app.group("/api", (api) => void api.get("/items/:id", { name: "item" }, () => ""));
  assert.equal(app.url("post.show", { slug: "a b-ü" }), "/posts/a%20b-%C3%BC");
  assert.equal(app.url("post.show", { slug: "a" }, { page: 2 }), "/posts/a?page=2");
  assert.equal(app.url("file", { "*": "a/b" }), "/files/a/b");
  assert.equal(app.url("item", { id: 7 }), "/api/items/7");
});

test("a handler or middleware that is no function is refused where it is given", () => {
  const app = new App();
  const nothing = undefined as unknown as () => string;
  assert.throws(() => app.get("/a", nothing), { code: "LMP_APP_HANDLER_INVALID", message: /GET \/a/ });
  assert.throws(() => app.use(nothing), { code: "LMP_APP_HANDLER_INVALID" });
});

test("a route added later is served too", async () => {
  const app = new App();
  app.get("/a", () => "a");
  assert.equal(await ask(app, "GET", "/a"), "200 a");
  app.get("/b", () => "b");
  app.use((_request, next) => next());
  assert.equal(await ask(app, "GET", "/b"), "200 b");
});

test("OPTIONS * asks about the server as a whole and is 204", async () => {
  const app = new App();
  app.get("/*", () => "any");
  const server = await app.listen({ port: 0, host: "127.0.0.1" });
  const { responses } = await converse(
    server.address?.port ?? 0,
    "OPTIONS * HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
  );
  assert.equal(responses[0]?.status, 204);
  await app.close();
});
