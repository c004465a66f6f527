/** The time a handler has, whatever the client sends meanwhile; and content without a buffer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { converse, open, readAll, serve } from "./raw-client.ts";

test("bytes behind the request do not prolong the handler's time", async (t) => {
  const { port } = await serve(t, () => new Promise(() => {}), { handlerTimeout: 300 });
  const socket = open(port);
  const conversation = readAll(socket);
  socket.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  const begun = performance.now();
  const drip = setInterval(() => socket.write("G"), 100);
  const { responses } = await conversation;
  clearInterval(drip);
  assert.deepEqual(
    responses.map((response) => response.status),
    [503],
  );
  assert.ok(performance.now() - begun < 2500);
});

test("content is read even where none may be held", async (t) => {
  const { port } = await serve(t, (request) => request.text(), { bodyBufferBytes: 0 });
  const head = "POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 6\r\n\r\n";
  const { responses } = await converse(port, `${head}abc`, "def");
  assert.equal(responses[0]?.body, "abcdef");
});
