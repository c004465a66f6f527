/** `serializeResponseHead`: the exact octets, and refusing what could begin another message. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Headers, serializeResponseHead } from "limpid/http";

const none = new Headers();

test("a head is the status line, the lines as written, and an empty line", () => {
  const headers = new Headers([
    ["Content-Type", "application/json"],
    ["content-length", "21"],
    ["Set-Cookie", "a=1"],
    ["Set-Cookie", "b=2"],
  ]);
  assert.equal(
    serializeResponseHead({ status: 200, headers }),
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\ncontent-length: 21\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\n",
  );
});

test("the reason phrase is the registered one, the given one, or none", () => {
  assert.equal(serializeResponseHead({ status: 404, headers: none }), "HTTP/1.1 404 Not Found\r\n\r\n");
  assert.equal(serializeResponseHead({ status: 299, headers: none }), "HTTP/1.1 299 \r\n\r\n");
  assert.equal(
    serializeResponseHead({ status: 200, reason: "Fine", headers: none }),
    "HTTP/1.1 200 Fine\r\n\r\n",
  );
  assert.equal(serializeResponseHead({ status: 200, reason: "", headers: none }), "HTTP/1.1 200 \r\n\r\n");
});

test("the minor version and lines made beforehand are put in their places", () => {
  const headers = new Headers({ A: "1" });
  assert.equal(
    serializeResponseHead({ status: 200, headers, minorVersion: 0, extra: "Date: x\r\nB: 2\r\n" }),
    "HTTP/1.0 200 OK\r\nA: 1\r\nDate: x\r\nB: 2\r\n\r\n",
  );
});

test("a status that is not an integer from 100 to 999 is refused", () => {
  for (const status of [0, 99, 1000, -200, 200.5, Number.NaN, Number.POSITIVE_INFINITY, "200 OK\r\nA: b"]) {
    const head = { status: status as number, headers: none };
    assert.throws(() => serializeResponseHead(head), { code: "LMP_HTTP_STATUS_INVALID" });
  }
  assert.match(serializeResponseHead({ status: 100, headers: none }), /^HTTP\/1\.1 100 /);
  assert.match(serializeResponseHead({ status: 999, headers: none }), /^HTTP\/1\.1 999 /);
});

test("CVE-2018-12116: each control byte, U+010A and U+560A in a reason phrase is refused", () => {
  const controls = Array.from({ length: 256 }, (_, code) => code).filter(
    (code) => (code < 0x20 && code !== 0x09) || code === 0x7f,
  );
  for (const code of [...controls, 0x010a, 0x010d, 0x560a, 0x560d, 0x2028]) {
    const reason = `OK${String.fromCharCode(code)}A: b`;
    assert.throws(() => serializeResponseHead({ status: 200, reason, headers: none }), {
      code: "LMP_HTTP_REASON_INVALID",
    });
  }
});

test("CVE-2018-12116: extra that is not whole field lines is refused", () => {
  for (const extra of [
    "A: b",
    "A: b\n",
    "A: b\r",
    "A: b\r\n\r\n",
    "\r\n",
    "A: b\r\n\r\nHTTP/1.1 200 OK\r\n",
    "A: b\rC: d\r\n",
    "A: b\nC: d\r\n",
    "A\r\n",
    ": b\r\n",
    "A : b\r\n",
    " A: b\r\n",
    "A: \u010a\r\n",
    "A: b\r\n c\r\n",
  ]) {
    assert.throws(() => serializeResponseHead({ status: 200, headers: none, extra }), {
      code: "LMP_HTTP_HEADER_VALUE_INVALID",
    });
  }
});

test("CVE-2026-1525: two fields that frame the content are never sent, in any case mix", () => {
  for (const lines of [
    [
      ["Content-Length", "5"],
      ["content-length", "5"],
    ],
    [
      ["Content-Length", "5"],
      ["CONTENT-LENGTH", "6"],
    ],
    [
      ["Content-Length", "5"],
      ["Transfer-Encoding", "chunked"],
    ],
    [
      ["transfer-encoding", "chunked"],
      ["content-LENGTH", "5"],
    ],
  ] as [string, string][][]) {
    const headers = new Headers(lines);
    assert.throws(() => serializeResponseHead({ status: 200, headers }), {
      code: "LMP_HTTP_FRAMING_AMBIGUOUS",
    });
  }
});
