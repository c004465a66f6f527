/** The types: what a middleware adds is inferred, and nothing else is promised. The compiler is the judge. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Request } from "limpid/message";
import {
  type Added,
  type AddedBy,
  basicAuth,
  compose,
  type Handler,
  type Middleware,
  type Next,
  type Nothing,
  onPaths,
  parallel,
  requestId,
  secureHeaders,
  stack,
  when,
} from "limpid/middleware";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Compiles only where the type is `true`. */
const holds = <_Fact extends true>(): void => {};

interface User {
  name: string;
}
const user: Middleware<{ user: User }> = (request, next) => {
  request.user = { name: "Ada" };
  return next();
};
const nonce: Middleware<{ nonce: string }> = async (_request, next) => next();
const plain: Middleware = (_request, next) => next();
const structural = (request: Request & { user?: User }, next: Next) => {
  request.user = { name: "Ada" };
  return next();
};
const ofAnyRequest = (_request: Request, next: Next) => next();

/** How an application asks. */
declare function use<const List extends readonly Middleware[]>(
  list: List,
  handler: Handler<Request & AddedBy<List>>,
): void;

test("what a middleware adds is read off its type", () => {
  holds<Equal<Added<typeof user>, { user: User }>>();
  holds<Equal<Added<typeof structural>, { user: User }>>();
  holds<Equal<Added<Middleware<{ user: User | undefined }>>, { user: User | undefined }>>();
  holds<Equal<Added<Middleware<{ user?: User }>>, { user?: User }>>();
});

test("what adds nothing adds nothing", () => {
  holds<Equal<Added<typeof plain>, Nothing>>();
  holds<Equal<Added<typeof ofAnyRequest>, Nothing>>();
  holds<Equal<AddedBy<[]>, Nothing>>();
  holds<Equal<Request & AddedBy<[typeof plain]>, Request>>();
});

test("several add together", () => {
  holds<Equal<AddedBy<[typeof user, typeof plain, typeof nonce]>, { user: User } & { nonce: string }>>();
  holds<Equal<Added<ReturnType<typeof both>>, { user: User } & { nonce: string }>>();
  const both = () => stack(user, plain, nonce);
  const together = parallel(user, nonce);
  holds<Equal<Added<typeof together>, { user: User } & { nonce: string }>>();
  assert.equal(typeof both(), "function");
});

test("what may be left out may be missing", () => {
  const sometimes = when(() => true, user);
  const somewhere = onPaths("/admin/*", user);
  holds<Equal<Added<typeof sometimes>, { user?: User }>>();
  holds<Equal<Added<typeof somewhere>, { user?: User }>>();
});

test("the standard set says what it adds", () => {
  const guard = basicAuth({ users: { ada: "enigma" } });
  const custom = basicAuth({ verify: async (name) => (name === "ada" ? { id: 7 } : null) });
  const headers = secureHeaders();
  const id = requestId();
  holds<Equal<Added<typeof headers>, { nonce: string }>>();
  holds<Equal<Added<typeof id>, Nothing>>();
  holds<Equal<Added<typeof custom>["user"], { id: number }>>();
  holds<Equal<Added<typeof guard>["user"]["name"], string>>();
});

test("a list of any middleware composes, and the handler's request has what it adds", () => {
  compose([user, nonce, plain, structural, ofAnyRequest], (request) => {
    holds<Equal<typeof request.user, User>>();
    holds<Equal<typeof request.nonce, string>>();
    return "x";
  });
  compose([(request, next) => (request.path === "/" ? next() : "elsewhere")], ({ path }) => path);
  type Use = typeof use<[typeof user, typeof nonce]>;
  type Seen = Parameters<Parameters<Use>[1]>[0];
  holds<Equal<Seen["user"], User>>();
  holds<Equal<Seen["nonce"], string>>();
  type Unseen = Parameters<Parameters<typeof use<[typeof plain]>>[1]>[0];
  holds<Equal<"user" extends keyof Unseen ? true : false, false>>();
});
