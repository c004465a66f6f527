/** Markup that is streamed: nothing runs before it is wanted, and the nonce is put in on the way. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HtmlStream, noncePlace, Request, Response, toResponse } from "limpid/message";

/** A page in two pieces, with notes of what has been run. */
function noted(): { page: HtmlStream; notes: string[] } {
  const notes: string[] = [];
  const page = new HtmlStream(async function* (nonce) {
    notes.push(`start ${nonce}`);
    try {
      yield `<style${noncePlace}></style>`;
      notes.push("on");
      yield `<script${noncePlace}></script>`;
    } finally {
      notes.push("end");
    }
  });
  return { page, notes };
}

test("the pieces have the nonce, and whoever makes them is told it", async () => {
  const { page, notes } = noted();
  const pieces: string[] = [];
  for await (const piece of page.withNonce("abc")) pieces.push(piece);
  assert.deepEqual(pieces, ['<style nonce="abc"></style>', '<script nonce="abc"></script>']);
  assert.deepEqual(notes, ["start abc", "on", "end"]);
});

test("without a nonce the places are empty", async () => {
  assert.equal(await noted().page.text(), "<style></style><script></script>");
  assert.equal(await noted().page.withNonce(undefined).text(), "<style></style><script></script>");
});

test("nothing runs before the first piece is wanted, and every iteration begins anew", async () => {
  const { page, notes } = noted();
  const filled = page.withNonce("a");
  const iterator = filled[Symbol.asyncIterator]();
  assert.deepEqual(notes, []);
  await iterator.next();
  assert.deepEqual(notes, ["start a"]);
  assert.equal(await filled.text(), await filled.text());
});

test("a reader that stops ends the work", async () => {
  const { page, notes } = noted();
  for await (const _piece of page) break;
  assert.deepEqual(notes, ["start undefined", "end"]);
  const iterable = { [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false, value: "x" }) }) };
  for await (const _piece of new HtmlStream(() => iterable as AsyncIterable<string>)) break;
});

test("a nonce is given once, and checked when it is given", async () => {
  const { page } = noted();
  assert.equal(page.hasNoncePlaces, true);
  const filled = page.withNonce("one");
  assert.equal(filled.hasNoncePlaces, false);
  assert.equal(filled.withNonce("two"), filled);
  assert.equal(page.withNonce(undefined).withNonce("two").hasNoncePlaces, false);
  assert.throws(() => page.withNonce('"'), { code: "LMP_HTML_NONCE_INVALID" });
});

test("what fails on the way fails for the reader", async () => {
  const broken = new HtmlStream(async function* () {
    yield "<p>";
    throw new Error("no more");
  });
  await assert.rejects(broken.text(), /no more/);
});

test("it is a streamed page, however the response is made", async () => {
  const request = new Request("/");
  request.nonce = "abc";
  const made = (): unknown[] => {
    const { page } = noted();
    return [page, Response.html(page), new Response(page), Response.stream(page)];
  };
  for (const result of made()) {
    const response = toResponse(result, request);
    assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
    assert.equal(await response.text(), '<style nonce="abc"></style><script nonce="abc"></script>');
  }
  for (const result of made()) {
    assert.equal(await toResponse(result).text(), "<style></style><script></script>");
  }
});
