/** Field lines: names, values, whitespace and line ends, octet by octet. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { accepts, octetsOf, parseEveryWay, refuses } from "./feeding.ts";

const tchar = /[A-Za-z0-9!#$%&'*+\-.^_`|~]/;
const line = "GET / HTTP/1.1\r\nHost: a\r\n";

function withOctet(before: string, octet: number, after: string): Uint8Array {
  return Buffer.concat([octetsOf(line + before), Uint8Array.of(octet), octetsOf(after)]);
}

test("CVE-2020-8201: a name with any non-token byte is refused (table of 256)", () => {
  for (let octet = 0; octet < 256; octet++) {
    const sample = withOctet("N", octet, "m: v\r\n\r\n");
    const character = String.fromCharCode(octet);
    if (tchar.test(character)) accepts(sample, { headers: ["Host: a", `N${character}m: v`] });
    else if (character === ":") accepts(sample, { headers: ["Host: a", "N: m: v"] });
    else refuses(sample, 400, "LMP_HTTP_FIELD_LINE_INVALID");
  }
});

test("each of the 256 octets as the first of a line begins a name or is refused", () => {
  for (let octet = 0; octet < 256; octet++) {
    const sample = withOctet("", octet, "m: v\r\n\r\n");
    if (tchar.test(String.fromCharCode(octet))) accepts(sample);
    else refuses(sample, 400, "LMP_HTTP_FIELD_LINE_INVALID");
  }
});

test("HTTP Garden #2,#34,#35,#43: NUL, CR, LF and every other control byte in a value is refused", () => {
  for (let octet = 0; octet < 256; octet++) {
    const sample = withOctet("N: a", octet, "b\r\n\r\n");
    const isPermitted = octet === 0x09 || (octet >= 0x20 && octet !== 0x7f);
    if (isPermitted) accepts(sample, { headers: ["Host: a", `N: a${String.fromCharCode(octet)}b`] });
    else refuses(sample, 400, "LMP_HTTP_FIELD_LINE_INVALID");
  }
});

test("CVE-2019-15606: a value is trimmed of SP and HTAB only; 0x0b 0x0c 0x85 0xa0 are never trimmed", () => {
  for (const space of [" ", "\t", "  ", " \t ", "\t\t"]) {
    accepts(`${line}N:${space}v${space}\r\n\r\n`, { headers: ["Host: a", "N: v"] });
  }
  for (const other of ["\x85", "\xa0"]) {
    accepts(`${line}N:${other}v${other}\r\n\r\n`, { headers: ["Host: a", `N: ${other}v${other}`] });
    accepts(`${line}N: ${other} v ${other} \r\n\r\n`, { headers: ["Host: a", `N: ${other} v ${other}`] });
  }
  for (const other of ["\x0b", "\x0c"]) refuses(`${line}N:${other}v\r\n\r\n`, 400);
});

test("a value may be empty, and whitespace inside it is kept", () => {
  accepts(`${line}N:\r\n\r\n`, { headers: ["Host: a", "N: "] });
  accepts(`${line}N: \t \r\n\r\n`, { headers: ["Host: a", "N: "] });
  accepts(`${line}N: a \t b\r\n\r\n`, { headers: ["Host: a", "N: a \t b"] });
  accepts(`${line}N: "q: \\" ,;"\r\n\r\n`, { headers: ["Host: a", 'N: "q: \\" ,;"'] });
});

test("CVE-2021-22959: whitespace between name and colon is refused (RFC 9112 MUST)", () => {
  for (const space of [" ", "\t", "  ", "\xa0", "\x85", "\x0b", "\x0c", "\x00"]) {
    for (const field of ["Host", "Transfer-Encoding", "Content-Length", "X"]) {
      refuses(`GET / HTTP/1.1\r\n${field}${space}: a\r\nHost: a\r\n\r\n`, 400, "LMP_HTTP_FIELD_LINE_INVALID");
    }
  }
});

test("CVE-2024-27982: a first header line beginning with SP or HTAB is refused", () => {
  for (const space of [" ", "\t"]) {
    refuses(`POST / HTTP/1.1\r\n${space}Content-Length: 5\r\nHost: a\r\n\r\nhello`, 400);
    refuses(`POST / HTTP/1.1\r\n${space}\r\nHost: a\r\n\r\n`, 400);
  }
});

test("CVE-2022-32215, CVE-2022-35256: obs-fold anywhere is refused", () => {
  for (const space of [" ", "\t"]) {
    refuses(`${line}Transfer-Encoding: chunked\r\n${space}, identity\r\n\r\n`, 400);
    refuses(`${line}Transfer-Encoding:\r\n${space}chunked\r\n\r\n0\r\n\r\n`, 400);
    refuses(`${line}A: b\r\n${space}c\r\n\r\n`, 400, "LMP_HTTP_FIELD_LINE_INVALID");
    refuses(`${line}A: b\r\n${space}\r\n\r\n`, 400, "LMP_HTTP_FIELD_LINE_INVALID");
    refuses(`${line}A: b\r\n${space}Content-Length: 5\r\n\r\nhello`, 400);
  }
});

test("CVE-2022-32213: a header line not ended by CRLF is refused", () => {
  for (const end of ["\n", "\r", "\r\r\n", "\n\r", "\0\n", "\0\r\n", "\n\n", "\x0b\n"]) {
    refuses(`${line}A: b${end}C: d\r\n\r\n`, 400);
  }
});

test("CVE-2022-32214, CVE-2023-30589: bare CR never delimits a field", () => {
  const outcome = refuses(`${line}A: 1\rContent-Length: 5\r\n\r\nhello`, 400);
  assert.deepEqual(outcome.messages, []);
  refuses(`${line}A:\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400);
  refuses(`${line}A\r: 1\r\n\r\n`, 400);
});

test("CVE-2025-23167: a head ended by CRLF CR X is refused for every X but LF", () => {
  for (let octet = 0; octet < 256; octet++) {
    const sample = withOctet("\r", octet, "GET /evil HTTP/1.1\r\nHost: a\r\n\r\n");
    if (octet === 0x0a) assert.equal(parseEveryWay(sample).messages.length, 2);
    else refuses(sample, 400);
  }
});

test("a line without a colon or without a name is refused", () => {
  for (const bad of [
    "A",
    "A\r\n",
    ": v\r\n",
    ":\r\n",
    "A b: c\r\n",
    '"A": b\r\n',
    "A(b): c\r\n",
    "A\r\nB: c\r\n",
  ]) {
    if (bad === "A") assert.equal(parseEveryWay(line + bad).status, undefined);
    else refuses(line + bad, 400, "LMP_HTTP_FIELD_LINE_INVALID");
  }
});

test("CVE-2026-21710: __proto__, constructor and the like are header names like any other", () => {
  const before = Object.getOwnPropertyNames(Object.prototype).length;
  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty", "then", "prototype"]) {
    accepts(`${line}${name}: v\r\n\r\n`, { headers: ["Host: a", `${name}: v`] });
  }
  assert.equal(Object.getOwnPropertyNames(Object.prototype).length, before);
});

test("CVE-2025-64484: names with _ and with - are kept distinct", () => {
  const message = accepts(`${line}Content_Length: 5\r\nX_Forwarded_For: b\r\nX-Forwarded-For: c\r\n\r\n`);
  assert.equal(message.framing, "none");
  assert.deepEqual(message.headers.slice(1), [
    "Content_Length: 5",
    "X_Forwarded_For: b",
    "X-Forwarded-For: c",
  ]);
});

test("lines keep their order and the case of their names", () => {
  accepts(`${line}b: 1\r\nA: 2\r\nB: 3\r\nset-COOKIE: x\r\n\r\n`, {
    headers: ["Host: a", "b: 1", "A: 2", "B: 3", "set-COOKIE: x"],
  });
});
