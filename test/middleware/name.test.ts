/** `named` and `nameOf`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as standard from "limpid/middleware";
import { type Middleware, named, nameOf } from "limpid/middleware";

const pass: Middleware = (_request, next) => next();

test("a middleware has the name of its function, or the one it was given", () => {
  assert.equal(nameOf(pass), "pass");
  assert.equal(
    nameOf(() => undefined),
    "anonymous",
  );
  const given = named("checkBasket", () => undefined);
  assert.equal(nameOf(given), "checkBasket");
});

test("the standard set and the combinators carry readable names", () => {
  const { basicAuth, bodyLimit, cors, logger, methodOverride, requestId, secureHeaders, timeout } = standard;
  const set = {
    basicAuth: basicAuth({ users: { ada: "enigma" } }),
    bodyLimit: bodyLimit(1),
    cors: cors({ origins: "*" }),
    logger: logger(),
    methodOverride: methodOverride(),
    requestId: requestId(),
    secureHeaders: secureHeaders(),
    timeout: timeout(1),
    trustProxy: standard.trustProxy(["10.0.0.0/8"]),
  };
  for (const [name, middleware] of Object.entries(set)) assert.equal(nameOf(middleware as Middleware), name);
  assert.equal(nameOf(standard.stack(pass, set.logger)), "stack(pass, logger)");
  assert.equal(nameOf(standard.parallel(pass, set.logger)), "parallel(pass, logger)");
  assert.equal(nameOf(standard.onMethods("POST", pass)), "onMethods(POST, pass)");
  assert.equal(nameOf(standard.onPaths(["/a", "/b/*"], pass)), "onPaths(/a, /b/*, pass)");
  const isEven = (): boolean => true;
  assert.equal(nameOf(standard.when(isEven, pass)), "when(isEven, pass)");
  assert.equal(nameOf(standard.unless(isEven, pass)), "unless(isEven, pass)");
});
