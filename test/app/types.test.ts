/** What an application knows at compile time; this file is checked by `tsc`, and runs to show that it holds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { App, type Middleware, Request, type RouteRequest } from "limpid";
import type { Query } from "limpid/http";
import * as z from "zod";

type Equal<One, Other> =
  (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;

/** Fails to compile unless the two types are the same. */
function same<One, Other>(_proof: Equal<One, Other>): void {}

interface User {
  name: string;
}

const withUser: Middleware<{ user: User }> = (request, next) => {
  request.user = { name: "ada" };
  return next();
};
const withNonce: Middleware<{ nonce: string }> = (request, next) => {
  request.nonce = "n";
  return next();
};
const NewPost = z.object({ title: z.string(), draft: z.coerce.boolean() });

test("params, body, query and state of a handler are typed", async () => {
  const app = new App();
  app.get("/a/:id/:tab?", ({ params }) => {
    same<typeof params.id, string>(true);
    same<typeof params.tab, string | undefined>(true);
    // @ts-expect-error there is no such parameter
    return String(params.other);
  });
  app.get("/files/*", ({ params }) => {
    same<(typeof params)["*"], string>(true);
    return "";
  });
  app.get("/", ({ query, body }) => {
    same<typeof query, Query>(true);
    same<typeof body, unknown>(true);
    return "";
  });
  app.post("/posts", { body: NewPost, use: [withUser, withNonce] }, ({ body, user, nonce }) => {
    same<typeof body, { title: string; draft: boolean }>(true);
    same<typeof user, User>(true);
    same<typeof nonce, string>(true);
    return `${body.title} by ${user.name}`;
  });
  app.get("/posts", { query: z.object({ page: z.coerce.number() }) }, ({ query }) => {
    same<typeof query, { page: number }>(true);
    return "";
  });
  // @ts-expect-error a handler returns no number
  app.get("/number", () => 42);
  // @ts-expect-error without the middleware there is no user
  app.get("/nobody", ({ user }) => String(user));
  const body = '{"title":"Hi","draft":1}';
  const headers = { "Content-Type": "application/json" };
  const response = await app.handle(new Request("/posts", { method: "POST", body, headers }));
  assert.equal(await response.text(), "Hi by ada");
});

test("state that middleware adds to the application is typed behind it", async () => {
  const app = new App().use(withUser).get("/", ({ user }) => {
    same<typeof user, User>(true);
    return user.name;
  });
  app.group("/team/:team", (group) => {
    group.get("/:member", ({ params, user }) => {
      same<typeof params.team, string>(true);
      same<typeof params.member, string>(true);
      return `${params.team} ${params.member} ${user.name}`;
    });
  });
  assert.equal(await (await app.handle(new Request("/"))).text(), "ada");
  assert.equal(await (await app.handle(new Request("/team/a/b"))).text(), "a b ada");
});

test("app.url knows the named routes and their parameters", () => {
  const app = new App()
    .get("/posts/:slug", { name: "post.show" }, () => "")
    .get("/about", { name: "about" }, () => "");
  assert.equal(app.url("post.show", { slug: "a" }), "/posts/a");
  assert.equal(app.url("about"), "/about");
  // @ts-expect-error the parameter is missing
  assert.throws(() => app.url("post.show"));
  // @ts-expect-error the parameter has another name
  assert.throws(() => app.url("post.show", { id: "a" }));
  // A route that was defined in another statement is known at run time only.
  app.get("/late/:id", { name: "late" }, () => "");
  assert.equal(app.url("late", { id: 1 }), "/late/1");
});

test("a function may ask for any request, or for that of one route", () => {
  const nameOf = (request: Request): string => request.method;
  const app = new App();
  app.get("/:id", (request) => nameOf(request));
  app.post("/:id", { body: NewPost }, (request) => nameOf(request));
  const show = ({ params }: RouteRequest<"/:id", unknown, unknown>): string => params.id;
  app.put("/:id", show);
  assert.equal(app.routes().length, 3);
});

test("an application with more state serves where one with less is asked for", () => {
  const listen = (app: App): number => app.routes().length;
  assert.equal(listen(new App().use(withUser).get("/a", { name: "a" }, () => "")), 1);
});
