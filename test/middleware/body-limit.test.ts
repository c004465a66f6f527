/** `bodyLimit`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Request } from "limpid/message";
import { type ByteSize, bodyLimit, compose } from "limpid/middleware";

const post = (body: string, headers: Record<string, string> = {}): Request =>
  new Request("/", { method: "POST", body, headers });

test("content within the limit is read, content past it is 413", async () => {
  const run = compose([bodyLimit(4)], (request) => request.text());
  assert.equal(await (await run(post("1234"))).text(), "1234");
  await assert.rejects(async () => run(post("12345")), { status: 413, code: "LMP_BODY_TOO_LARGE" });
});

test("an announced length past the limit is 413 before the handler runs", () => {
  const run = compose([bodyLimit(4)], () => assert.fail("reached"));
  assert.throws(() => run(post("", { "Content-Length": "5" })), {
    status: 413,
    code: "LMP_BODY_TOO_LARGE",
    found: "5 bytes announced",
  });
  assert.throws(() => run(post("", { "Content-Length": "9".repeat(400) })), { status: 413 });
});

test("a stream of unknown length is cut off at the limit", async () => {
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) yield new Uint8Array(1000);
  }
  const request = new Request("/", { method: "POST", body: endless() });
  await assert.rejects(async () => compose([bodyLimit("10kb")], (one) => one.bytes())(request), {
    status: 413,
  });
});

const sizes: [size: ByteSize, bytes: number][] = [
  [0, 0],
  [1000, 1000],
  ["10kb", 10_240],
  ["1.5mb", 1_572_864],
  ["1gb", 1_073_741_824],
  ["10MB" as ByteSize, 10_485_760],
];
for (const [size, bytes] of sizes) {
  test(`${size} is ${bytes} bytes`, async () => {
    const response = await compose([bodyLimit(size)], (request) => String(request.bodyLimit))(post(""));
    assert.equal(await response.text(), String(bytes));
  });
}

test("sizes that are no sizes are refused", () => {
  for (const size of [-1, 1.5, Number.NaN, Infinity, "10", "10 mb", "mb", "-1kb", "1e3kb", "10tb", null]) {
    assert.throws(() => bodyLimit(size as ByteSize), { code: "LMP_MIDDLEWARE_OPTION_INVALID" }, String(size));
  }
});
