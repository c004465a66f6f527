/** `logger`: one line a request. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { BadRequestError } from "limpid/errors";
import { errorResponse, type RequestInit, Response } from "limpid/message";
import { appliedLater, compose, type Handler, isLogged, type LoggerOptions, logger } from "limpid/middleware";
import { type LogLine, requestWithLog } from "./log-lines.ts";

/** The lines that one request leaves, with errors answered as an application does. */
async function linesOf(
  handler: Handler,
  path = "/",
  init: RequestInit = {},
  options: LoggerOptions = {},
): Promise<LogLine[]> {
  const { request, lines } = requestWithLog(path, init);
  try {
    await compose([logger(options)], handler)(request);
  } catch (error) {
    const response = errorResponse(error, request);
    for (const apply of appliedLater(request)) apply(response);
  }
  return lines();
}

const INFO = "info";
const ERROR = "error";

test("a line carries method, path, status, duration, bytes and request id", async () => {
  const [line, ...others] = await linesOf(() => new Response("grüße", { status: 201 }), "/posts", {
    method: "POST",
  });
  assert.equal(others.length, 0);
  const { method, path, status, bytes, duration_ms, request_id, message, level } = line!;
  assert.deepEqual(
    { method, path, status, bytes, level },
    { method: "POST", path: "/posts", status: 201, bytes: 7, level: INFO },
  );
  assert.equal(message, "POST /posts 201");
  assert.equal(typeof duration_ms, "number");
  assert.match(request_id as string, /^[0-9a-f-]{36}$/);
});

const sizes: [what: string, handler: Handler, bytes: number | undefined][] = [
  ["nothing", () => null, 0],
  ["bytes", () => new Uint8Array(12), 12],
  ["a stream", () => Response.stream(["a", "b"]), undefined],
  ["a stream of known length", () => Response.stream(["ab"], { headers: { "Content-Length": "2" } }), 2],
];
for (const [what, handler, bytes] of sizes) {
  test(`the bytes of ${what} are ${bytes}`, async () => {
    const [line] = await linesOf(handler);
    assert.equal(line!.bytes, bytes);
  });
}

test("a HEAD response has no content", async () => {
  const [line] = await linesOf(() => "x", "/", { method: "HEAD" });
  assert.equal(line!.bytes, 0);
});

test("secrets in the query are not logged, nor are credentials", async () => {
  const headers = { Authorization: "Basic c2VjcmV0OnNlY3JldA==", Cookie: "sid=s3cret" };
  const lines = await linesOf(() => "x", "/reset?token=s3cret", { headers });
  assert.doesNotMatch(JSON.stringify(lines), /s3cret|c2VjcmV0/);
  assert.equal(lines[0]!.path, "/reset");
  const malformed = await linesOf(({ path }) => path, "/a//b?token=s3cret");
  assert.doesNotMatch(JSON.stringify(malformed), /s3cret/);
  assert.equal(malformed[0]!.path, "/a//b");
  assert.equal(malformed[0]!.status, 400);
});

test("an error is logged with the status that the client sees, and from 500 on with its stack", async () => {
  const broken = new Error("broken");
  for (const handler of [
    () => {
      throw broken;
    },
    async () => {
      throw broken;
    },
  ] satisfies Handler[]) {
    const [line, ...others] = await linesOf(handler);
    assert.equal(others.length, 0);
    assert.equal(line!.status, 500);
    assert.equal(line!.level, ERROR);
    assert.match(JSON.stringify(line), /broken.*logger\.test\.ts/);
    assert.equal(isLogged(broken), true);
  }
});

test("an error below 500 is an ordinary line with its code", async () => {
  const error = new BadRequestError("No.", { code: "SHOP_EMPTY" });
  const [line] = await linesOf(() => {
    throw error;
  });
  assert.deepEqual([line!.status, line!.level, line!.code], [400, INFO, "SHOP_EMPTY"]);
  assert.equal(isLogged(error), false);
});

test("an error that an inner handler has answered is logged with its stack", async () => {
  const [line] = await linesOf((request) => errorResponse(new Error("caught inside"), request));
  assert.equal(line!.level, ERROR);
  assert.match(JSON.stringify(line), /caught inside/);
});

test("level, skip and fields of one's own", async () => {
  const skip: LoggerOptions = { skip: ({ path }) => path === "/health" };
  assert.equal((await linesOf(() => "x", "/health", {}, skip)).length, 0);
  assert.equal((await linesOf(() => "x", "/other", {}, skip)).length, 1);
  const failing = await linesOf(() => new Response("x", { status: 503 }), "/health", {}, skip);
  assert.equal(failing.length, 1, "a failing health check is news");
  const [line] = await linesOf(() => "x", "/", {}, { level: "debug", fields: ({ ip }) => ({ ip }) });
  assert.deepEqual([line!.level, line!.ip], ["debug", "127.0.0.1"]);
});

test("log injection: control characters in a malformed path stay escaped", async () => {
  const lines = await linesOf(({ path }) => path, "/a%0d%0afake");
  assert.equal(lines.length, 1);
  assert.equal(lines[0]!.path, "/a%0d%0afake");
});

test("a skip or fields that throw break neither the request nor its line", async () => {
  const skip: LoggerOptions = { skip: ({ path }) => path === "/health" };
  assert.equal((await linesOf(() => "x", "/a//b", {}, skip))[0]!.path, "/a//b");
  const fields: LoggerOptions = {
    fields: () => {
      throw new Error("no fields");
    },
  };
  const [complaint, line] = await linesOf(() => "x", "/", {}, fields);
  assert.match(JSON.stringify(complaint), /no fields/);
  assert.equal(line!.status, 200);
});
