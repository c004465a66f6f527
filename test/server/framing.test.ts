/** THREATS 1.1 over real sockets: what cannot be trusted is refused, the connection closes, nothing behind it is dispatched. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Response } from "limpid/message";
import { Server } from "limpid/server";
import { converse, parseResponses } from "./raw-client.ts";

const smuggled = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";
const post = (fields: string, body = ""): string =>
  `POST /first HTTP/1.1\r\nHost: h\r\n${fields}\r\n\r\n${body}`;
const get = (fields: string): string => `GET /first HTTP/1.1\r\nHost: h\r\n${fields}\r\n\r\n`;
const chunked = (body: string): string => post("Transfer-Encoding: chunked", body);
const line = (start: string): string => `${start}\r\nHost: h\r\n\r\n`;

/** Row of THREATS 1.1, statuses one of which is right, and the bytes. */
const rows: [string, number[], string[]][] = [
  [
    "CVE-2019-15605: Transfer-Encoding is one exact chunked",
    [400, 501],
    [
      "xchunked",
      "chunked\x0b",
      "\x0bchunked",
      "chunked\xa0",
      '"chunked"',
      "chunked;a=b",
      "identity",
      "",
      ",chunked",
      "chunked,",
      "chunked, chunked",
      "gzip, chunked",
    ].map((value) => post(`Transfer-Encoding: ${value}`, "0\r\n\r\n")),
  ],
  [
    "CVE-2022-32213, CVE-2022-32215, CVE-2022-35256: obs-fold and other line ends are refused",
    [400],
    [
      get("A: 1\r\n B: 2"),
      get("A: 1\r\n\tB"),
      post("Transfer-Encoding:\r\n chunked", "0\r\n\r\n"),
      ...["\n", "\r", "\r\r\n", "\n\r", "\0\n"].map(
        (end) => `GET /first HTTP/1.1\r\nHost: h${end}A: 1\r\n\r\n`,
      ),
    ],
  ],
  [
    "CVE-2022-32214, CVE-2023-30589: a bare CR delimits nothing",
    [400],
    [get("A: 1\rContent-Length: 5"), "GET /first HTTP/1.1\rHost: h\r\n\r\n"],
  ],
  [
    "CVE-2025-23167: a head ends with CRLF CRLF",
    [400],
    ["X", "\0", " ", "\r"].map((x) => `GET /first HTTP/1.1\r\nHost: h\r\n\r${x}`),
  ],
  [
    "CVE-2021-22959: no space before the colon",
    [400],
    ["Host : h", "Transfer-Encoding\t: chunked", "A\xa0: 1", "A\x85: 1", "A\x0b: 1"].map((field) =>
      get(field),
    ),
  ],
  [
    "CVE-2024-27982: no space before the first field",
    [400],
    [" Content-Length: 5", "\tContent-Length: 5"].map(
      (field) => `POST /first HTTP/1.1\r\n${field}\r\nHost: h\r\n\r\n`,
    ),
  ],
  [
    "CVE-2021-22960, CVE-2024-22019: chunk extensions are bounded",
    [400, 413],
    [
      chunked(`5;${"a".repeat(65_536)}\r\nhello\r\n0\r\n\r\n`),
      chunked(`1;${"a".repeat(200)}\r\na\r\n`.repeat(100)),
    ],
  ],
  [
    "CVE-2025-55315: a chunk line ends with CRLF",
    [400],
    ["5;\nhello", "5;a\rXhello\r\n", "1\na\r\n", "5\rhello\r\n"].map((body) => chunked(`${body}0\r\n\r\n`)),
  ],
  [
    "CVE-2023-38697, CVE-2023-47627: sizes are plain digits",
    [400, 413],
    [
      ...["+1", "-0", "-1", "0x1", "1_0", "1e1", "", "01", "1,1", "1,2", "\u0661", "1.0", "1;2"].map(
        (value) => post(`Content-Length: ${value}`, "a"),
      ),
      ...["+1", "-1", "0x1", "1_0", " 1", "1 ", "", "g", "1 ;a"].map((size) =>
        chunked(`${size}\r\na\r\n0\r\n\r\n`),
      ),
    ],
  ],
  [
    "class: size overflow",
    [400, 413],
    [
      ...["9007199254740992", "18446744073709551616", "99999999999999999999"].map((value) =>
        post(`Content-Length: ${value}`),
      ),
      ...["20000000000000", "ffffffffffffffff", "10000000000000000"].map((size) => chunked(`${size}\r\na`)),
    ],
  ],
  [
    "CVE-2026-54387: two lengths are one too many",
    [400],
    [
      post("Content-Length: 1\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
      post("transfer-encoding: CHUNKED\r\ncontent-length: 0", "0\r\n\r\n"),
      post("Content-Length: 1\r\nContent-Length: 1", "a"),
      post("Content-Length: 1\r\ncontent-length: 2", "ab"),
      post("Content-Length: 1, 1", "a"),
    ],
  ],
  [
    "HTTP Garden #11: Transfer-Encoding twice",
    [400],
    [
      post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "0\r\n\r\n"),
    ],
  ],
  [
    "RFC 9112 §6.1: HTTP/1.0 has no Transfer-Encoding",
    [400],
    ["POST /first HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
  ],
  [
    "CVE-2020-8201: a name is a token",
    [400],
    ["A\rB: 1", "A B: 1", "A(B: 1", ": 1", "A\0: 1", "A\x80: 1", "no colon"].map((field) => get(field)),
  ],
  [
    "HTTP Garden #2, #34, #35, #43: no control byte in a value",
    [400],
    [0, 1, 8, 11, 12, 31, 127].map((byte) => get(`A: a${String.fromCharCode(byte)}b`)),
  ],
  [
    "class: duplicate or invalid Host",
    [400],
    [
      "GET /first HTTP/1.1\r\n\r\n",
      ...["Host: h", "Host: other", "host: h"].map((field) => get(field)),
      ...[
        "a, b",
        "u@a",
        "a/b",
        "a?b",
        "a#b",
        "a b",
        "a:b",
        "a:99999",
        "a:",
        "[::1",
        "[::g]",
        "%zz",
        "evil.com:fake@legit.com",
      ]
        .filter((host) => host !== "a:")
        .map((host) => `GET /first HTTP/1.1\r\nHost: ${host}\r\n\r\n`),
      "GET http://a/first HTTP/1.1\r\nHost: b\r\n\r\n",
    ],
  ],
  [
    "class: request line",
    [400, 501, 505],
    [
      "GET /first",
      "GET  /first HTTP/1.1",
      "GET\t/first HTTP/1.1",
      "GET /first HTTP/1.1 ",
      "GET /first#f HTTP/1.1",
      "GET * HTTP/1.1",
      "GET /f\xe4 HTTP/1.1",
      "GET /a\x7f HTTP/1.1",
      "GET first HTTP/1.1",
      "GET /first HTTP/1.10",
      "GET /first HTTP/01.1",
      "GET /first http/1.1",
      "GET /first HTTP/2.0",
      "GET /first HTTP/1,1",
      " GET /first HTTP/1.1",
      "G@T /first HTTP/1.1",
      `${"A".repeat(25)} /first HTTP/1.1`,
      "CONNECT h:80 HTTP/1.1",
      "PRI * HTTP/2.0",
    ].map(line),
  ],
  ["class: request target beyond 8 KiB", [414], [line(`GET /${"a".repeat(8200)} HTTP/1.1`)]],
  [
    "CVE-2018-12121: too many or too large fields are refused, never dropped",
    [431],
    [
      get(Array.from({ length: 101 }, (_, index) => `A${index}: 1`).join("\r\n")),
      get(`A: ${"a".repeat(17_000)}`),
      get(Array.from({ length: 20 }, () => `A: ${"a".repeat(1000)}`).join("\r\n")),
      get(`${"a".repeat(300)}: 1`),
    ],
  ],
  [
    "class: trailers are bounded",
    [400, 413, 431],
    [
      chunked(`0\r\n${Array.from({ length: 20 }, (_, index) => `T${index}: 1\r\n`).join("")}\r\n`),
      chunked(`0\r\nT: ${"a".repeat(5000)}\r\n\r\n`),
    ],
  ],
  ["class: unknown Expect", [417], [post("Expect: 200-ok\r\nContent-Length: 0")]],
];

let server: Server;
let port = 0;
let hits = 0;

before(async () => {
  server = new Server(
    {
      handle: async (request) => {
        if (request.path === "/smuggled") hits++;
        await request.text();
        return new Response("ok");
      },
    },
    { host: "127.0.0.1", headerTimeout: 1000, bodyIdleTimeout: 1000 },
  );
  await server.listen();
  port = server.address?.port ?? 0;
});

after(() => server.close({ grace: 0 }));

/** Asserts that the bytes are refused with one of the statuses and that nothing behind them is answered. */
async function refused(pieces: (string | Uint8Array)[], statuses: number[], bytes: string): Promise<void> {
  hits = 0;
  const { text } = await converse(port, ...pieces);
  const responses = parseResponses(text).filter((response) => response.status !== 100);
  const shown = JSON.stringify(bytes.slice(0, 120));
  assert.equal(responses.length, 1, `${shown} → ${text.slice(0, 300)}`);
  assert.ok(statuses.includes(responses[0]?.status ?? 0), `${shown} → ${responses[0]?.status}`);
  assert.equal(responses[0]?.headers.get("connection"), "close", shown);
  assert.equal(hits, 0, `${shown} let a request through`);
}

for (const [name, statuses, payloads] of rows) {
  test(name, async () => {
    for (const payload of payloads) await refused([payload + smuggled], statuses, payload);
  });

  test(`${name}: byte by byte, and cut in two`, async () => {
    for (const payload of payloads.filter(({ length }) => length < 400)) {
      const whole = payload + smuggled;
      const cuts = Array.from({ length: 6 }, (_, index) => Math.ceil(((index + 1) * payload.length) / 7));
      await Promise.all([
        refused([...whole], statuses, payload),
        ...cuts.map((cut) => refused([whole.slice(0, cut), whole.slice(cut)], statuses, payload)),
      ]);
    }
  });
}

test("CVE-2026-23527: chunked in any case frames the content, read or not", async () => {
  for (let bits = 0; bits < 128; bits++) {
    const word = [..."chunked"]
      .map((letter, index) => (bits & (1 << index) ? letter.toUpperCase() : letter))
      .join("");
    const bytes = `${post(`Transfer-Encoding: ${word}`, `${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`)}GET /end HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`;
    hits = 0;
    const { responses } = await converse(port, bytes);
    assert.deepEqual(
      responses.map(({ status }) => status),
      [200, 200],
      word,
    );
    assert.equal(hits, 0);
  }
});

test("HTTP Garden #45, #47, #48: a good request before a bad one keeps its answer", async () => {
  for (const bad of [
    "GET / HTTP/1.1\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n",
    "\0",
  ]) {
    const { responses } = await converse(port, `${get("A: 1")}${bad}${smuggled}`);
    assert.deepEqual(
      responses.map(({ status }) => status),
      [200, 400],
      JSON.stringify(bad),
    );
  }
});

test("HTTP Garden #26: a negative length is refused at once", async () => {
  const begun = performance.now();
  await refused([post("Content-Length: -1")], [400], "-1");
  assert.ok(performance.now() - begun < 500);
});

test("class: trailers never become headers", async (t) => {
  const seen: (string | null)[] = [];
  const names = ["Host", "Content-Length", "Transfer-Encoding", "Authorization", "Cookie", "X-Trailer"];
  const inspecting = new Server(
    {
      handle: async (request) => {
        await request.text();
        for (const name of names) seen.push(request.headers.get(name));
        return new Response("ok");
      },
    },
    { host: "127.0.0.1" },
  );
  await inspecting.listen();
  t.after(() => inspecting.close());
  const bytes = `POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\nAuthorization: x\r\nCookie: a=b\r\nX-Trailer: 1\r\n\r\n`;
  await converse(inspecting.address?.port ?? 0, bytes);
  assert.deepEqual(seen, ["h", null, "chunked", null, null, null]);
});
