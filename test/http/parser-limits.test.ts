/** The limits: what just fits is accepted, one more is refused, whatever the fragmentation. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultParserLimits, RequestParser } from "limpid/http";
import { accepts, parseEveryWay, refuses } from "./feeding.ts";

const start = "GET / HTTP/1.1\r\nHost: a\r\n";

/** A head of exactly `length` octets, in lines of at most 1000. */
function headOf(length: number): string {
  let head = start;
  for (let left = length - head.length - 2; left > 0; left = length - head.length - 2) {
    // No line may be left too short to be one.
    const size = left <= 1000 ? left : Math.min(1000, left - 10);
    head += `N: ${"v".repeat(size - 5)}\r\n`;
  }
  return `${head}\r\n`;
}

test("the defaults are those of the documentation", () => {
  assert.deepEqual(
    { ...defaultParserLimits },
    {
      headerBytes: 16_384,
      headerLines: 100,
      headerLineBytes: 8192,
      fieldNameBytes: 256,
      targetBytes: 8192,
      methodBytes: 24,
      chunkLineBytes: 256,
      chunkExtensionBytes: 4096,
      trailerLines: 16,
      trailerBytes: 4096,
    },
  );
});

test("CVE-2018-12121: a head of more than 16 KiB is refused with 431, one of 16 KiB is not", () => {
  assert.equal(headOf(16_384).length, 16_384);
  accepts(headOf(16_384));
  for (const length of [16_385, 16_386, 16_387, 17_408]) {
    refuses(headOf(length), 431, "LMP_HTTP_HEADER_TOO_LARGE");
  }
});

test("CVE-2018-12121: the 101st header line is refused with 431, and 100 are all seen", () => {
  const lines = Array.from({ length: 99 }, (_, index) => `N${index}: ${index}`);
  const message = accepts(`${start}${lines.map((line) => `${line}\r\n`).join("")}\r\n`);
  assert.deepEqual(message.headers, ["Host: a", ...lines]);
  refuses(`${start}${"A: b\r\n".repeat(100)}\r\n`, 431, "LMP_HTTP_HEADER_TOO_MANY");
  refuses(`${start}${"A: b\r\n".repeat(99)}A`, 431, "LMP_HTTP_HEADER_TOO_MANY");
});

test("a header line of more than 8 KiB is refused with 431, one of 8 KiB is not", () => {
  accepts(`${start}N: ${"v".repeat(8192 - 3)}\r\n\r\n`);
  accepts(`${start}N:${" ".repeat(8192 - 3)}v\r\n\r\n`, { headers: ["Host: a", "N: v"] });
  refuses(`${start}N: ${"v".repeat(8192 - 2)}\r\n\r\n`, 431, "LMP_HTTP_HEADER_TOO_LARGE");
  refuses(`${start}N:${" ".repeat(8192)}`, 431, "LMP_HTTP_HEADER_TOO_LARGE");
});

test("a field name of more than 256 octets is refused with 431, one of 256 is not", () => {
  accepts(`${start}${"N".repeat(256)}: v\r\n\r\n`);
  refuses(`${start}${"N".repeat(257)}: v\r\n\r\n`, 431, "LMP_HTTP_HEADER_TOO_LARGE");
});

test("every limit is an option", () => {
  for (const [limits, sample, status] of [
    [{ headerBytes: 40 }, `${start}A: b\r\nC: d\r\nE: f\r\n\r\n`, 431],
    [{ headerBytes: 10 }, "GET /aaaaaaaaaa HTTP/1.1\r\n", 431],
    [{ headerLines: 1 }, `${start}A: b\r\n\r\n`, 431],
    [{ headerLineBytes: 8 }, `${start}A: bcdefg\r\n\r\n`, 431],
    [{ fieldNameBytes: 4 }, `${start}ABCDE: b\r\n\r\n`, 431],
    [{ targetBytes: 3 }, "GET /abc HTTP/1.1\r\n", 414],
    [{ methodBytes: 3 }, "POST / HTTP/1.1\r\n", 501],
    [{ chunkLineBytes: 4 }, `${start}Transfer-Encoding: chunked\r\n\r\n00001\r\n`, 413],
    [{ chunkExtensionBytes: 4 }, `${start}Transfer-Encoding: chunked\r\n\r\n1;abcd\r\n`, 413],
    [{ trailerLines: 1 }, `${start}Transfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\nC: d\r\n\r\n`, 400],
    [{ trailerBytes: 8 }, `${start}Transfer-Encoding: chunked\r\n\r\n0\r\nA: bcdef\r\n\r\n`, 400],
  ] as const) {
    assert.equal(parseEveryWay(sample).status, undefined, `${JSON.stringify(limits)} is not what refuses`);
    refuses(sample, status, undefined, limits);
  }
});

test("a limit that is not a positive integer is refused, because nothing is unlimited", () => {
  for (const value of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, 2 ** 53]) {
    assert.throws(() => new RequestParser({ headerBytes: value }), { code: "LMP_HTTP_LIMIT_INVALID" });
  }
  assert.throws(() => new RequestParser({ headerLines: "100" as unknown as number }), {
    code: "LMP_HTTP_LIMIT_INVALID",
  });
  new RequestParser({ headerBytes: undefined as unknown as number });
});
