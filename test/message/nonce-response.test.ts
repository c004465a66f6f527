/** When a response gets the nonce of its request, and when it does not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Html, noncePlace, Request, Response, toResponse } from "limpid/message";

const page = Html.withNoncePlaces(`<script${noncePlace}></script>`);
const bare = "<script></script>";

function requestWith(nonce: string | undefined): Request {
  const request = new Request("/");
  if (nonce !== undefined) request.nonce = nonce;
  return request;
}

test("markup gets the nonce of the request, however the response is made", () => {
  for (const make of [() => page, () => Response.html(page), () => new Response(page)]) {
    const response = toResponse(make(), requestWith("abc"));
    assert.equal(response.content, '<script nonce="abc"></script>');
    assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
  }
});

test("status and fields stay", () => {
  const made = Response.html(page, { status: 422, headers: { "X-A": "b", "Content-Type": "text/html" } });
  const response = toResponse(made, requestWith("abc"));
  assert.equal(response, made);
  assert.deepEqual(
    [response.status, response.headers.get("x-a"), response.headers.get("content-type"), response.content],
    [422, "b", "text/html", '<script nonce="abc"></script>'],
  );
});

test("without a nonce there is no attribute", async () => {
  for (const make of [() => page, () => Response.html(page), () => new Response(page)]) {
    assert.equal(toResponse(make()).content, bare);
    assert.equal(toResponse(make(), requestWith(undefined)).content, bare);
  }
  assert.match(
    Buffer.from(Response.html(page).serialize()).toString(),
    /Content-Length: 17\r\n\r\n<script></,
  );
  assert.equal(await new Response(Response.html(page).body).text(), bare);
});

test("the first nonce stays", () => {
  const response = toResponse(toResponse(page, requestWith("one")), requestWith("two"));
  assert.equal(response.content, '<script nonce="one"></script>');
});

test("what a request without a nonce was answered with gets that of the request around it", () => {
  for (const result of [page, Response.html(page)]) {
    const part = toResponse(result, requestWith(undefined));
    assert.equal(toResponse(part, requestWith("outer")).content, '<script nonce="outer"></script>');
  }
});

test("what has been read is what is sent", async () => {
  const response = Response.html(page);
  assert.equal(await response.text(), bare);
  assert.equal(toResponse(response, requestWith("late")).content, bare);
});

test("a nonce that is none is an error, not markup", () => {
  for (const result of [page, Response.html(page)]) {
    assert.throws(() => toResponse(result, requestWith('"><script>')), {
      code: "LMP_HTML_NONCE_INVALID",
    });
  }
});

test("a request made within another one has its nonce", () => {
  assert.equal(requestWith("abc").within("").nonce, "abc");
  assert.equal(requestWith(undefined).nonce, undefined);
});

test("the body of a request has no nonce", async () => {
  const request = new Request("/", { method: "POST", body: page });
  assert.equal(request.headers.get("content-type"), "text/html; charset=utf-8");
  assert.equal(await request.text(), bare);
});
