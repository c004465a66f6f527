/** Errors with and without a status: what they carry and how they are subclassed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  describeError,
  ForbiddenError,
  HttpError,
  LimpidError,
  MethodNotAllowedError,
  NotFoundError,
  reasonPhrase,
  ValidationError,
} from "limpid/errors";

test("a LimpidError carries code, expected, found, fix and cause", () => {
  const cause = new Error("below");
  const error = new LimpidError("A_CODE", "It broke.", { expected: "a", found: "b", fix: "Mend it.", cause });
  assert.ok(error instanceof Error);
  assert.equal(error.name, "LimpidError");
  assert.deepEqual(
    [error.code, error.message, error.expected, error.found, error.fix, error.cause],
    ["A_CODE", "It broke.", "a", "b", "Mend it.", cause],
  );
  assert.equal("cause" in new LimpidError("A_CODE", "It broke."), false);
});

test("describeError gives every part a line, and any value a text", () => {
  const error = new LimpidError("A_CODE", "It broke.", { expected: "a", found: "b", fix: "Mend it." });
  assert.equal(describeError(error), "It broke.\n  expected: a\n  found: b\n  fix: Mend it.\n  code: A_CODE");
  assert.equal(describeError(new Error("plain")), "plain");
  assert.equal(describeError(null), "null");
});

test("an HttpError has a status, and its reason phrase where no message is given", () => {
  const error = new HttpError(410);
  assert.deepEqual(
    [error.status, error.message, error.code, error.headers],
    [410, "Gone", "LMP_HTTP_ERROR", {}],
  );
  assert.equal(new HttpError().status, 500);
  assert.equal(new HttpError(404, undefined, { code: "X" }).code, "X");
  assert.equal(reasonPhrase(799), "");
});

test("the message is exposed below 500, and from there on where expose says so", () => {
  assert.equal(new HttpError(499).expose, true);
  assert.equal(new HttpError(500).expose, false);
  assert.equal(new HttpError(503, "Back at noon.", { expose: true }).expose, true);
  assert.equal(new HttpError(404, "Hidden.", { expose: false }).expose, false);
});

test("an application's own error needs one line, with fields or with super", () => {
  class PaymentError extends HttpError {
    override readonly status = 402;
    override readonly code = "SHOP_PAYMENT";
  }
  class TeapotError extends HttpError {
    constructor() {
      super(418, "I am a teapot.");
    }
  }
  const payment = new PaymentError("The card was declined.", { headers: { "Retry-After": "60" } });
  assert.deepEqual(
    [
      payment.name,
      payment.status,
      payment.code,
      payment.message,
      payment.expose,
      payment.headers["Retry-After"],
    ],
    ["PaymentError", 402, "SHOP_PAYMENT", "The card was declined.", true, "60"],
  );
  assert.equal(new TeapotError().status, 418);
  assert.ok(payment instanceof LimpidError);
});

test("the named errors have their status, code and message", () => {
  assert.deepEqual([new NotFoundError().status, new NotFoundError().message], [404, "Not Found"]);
  assert.equal(new ForbiddenError("Members only.").message, "Members only.");
  const wrong = new MethodNotAllowedError(["GET", "HEAD"]);
  assert.deepEqual([wrong.status, wrong.headers.Allow], [405, "GET, HEAD"]);
});

test("a ValidationError gives its messages by field, with no inherited names", () => {
  const error = new ValidationError([
    { path: ["items", 0, "price"], message: "Too low" },
    { path: ["items", 0, "price"], message: "Not a number" },
    { path: [], message: "Incomplete" },
    { path: ["__proto__"], message: "No" },
  ]);
  assert.equal(error.status, 422);
  assert.deepEqual(Object.entries(error.fields), [
    ["items.0.price", ["Too low", "Not a number"]],
    ["", ["Incomplete"]],
    ["__proto__", ["No"]],
  ]);
  assert.equal(Reflect.get({}, "0"), undefined);
});
