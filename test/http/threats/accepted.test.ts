/** What looks hostile and is not: it is framed in one way, seen as it was sent, and changes nothing else. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { Headers, RequestParser, serializeResponseHead } from "limpid/http";
import { feed, type Message, octetsOf, smuggled } from "../feeding.ts";
import { Random } from "./random.ts";
import { chunk, harmless, head, oddSpaces, plain } from "./row.ts";

const variants = 1000;

before(() => {
  Error.stackTraceLimit = 0;
});

/** The one message in the octets, the same in every fragmentation, with another request seen behind it. */
function framed(random: Random, message: string): Message {
  const octets = Buffer.concat([octetsOf(message), octetsOf(smuggled)]);
  const shown = JSON.stringify(message.slice(0, 300));
  const whole = feed([octets]);
  assert.equal(whole.code, undefined, shown);
  assert.deepEqual(
    whole.messages.map(({ target }) => target === "/smuggled"),
    [false, true],
    `the end was missed in ${shown}`,
  );
  const pieces = [
    Array.from(octets, (octet) => Uint8Array.of(octet)),
    random.cut(octets, 3),
    random.cut(octets, 3),
  ];
  for (const piece of pieces) assert.deepEqual(feed(piece), whole, shown);
  return whole.messages[0] as Message;
}

/** Runs the check for so many variants, all from one seed. */
function property(name: string, check: (random: Random, index: number) => void): void {
  test(`${name}: ${variants} variants`, () => {
    const random = new Random(name);
    for (let index = 0; index < variants; index++) check(random, index);
  });
}

property("CVE-2026-23527: chunked in any case frames the content, read or not", (random, index) => {
  const word = Array.from("chunked", (letter, bit) => (index & (1 << bit) ? letter.toUpperCase() : letter));
  const data = random.oneIn(2) ? smuggled : random.text(plain, 1, 40);
  const body = `${data.length.toString(16)}${random.pick(["", ";a", ';a="b"'])}\r\n${data}\r\n0\r\n\r\n`;
  const line = `${random.anyCase("Transfer-Encoding")}:${random.text(" \t", 0, 3)}${word.join("")}${random.text(" \t", 0, 3)}`;
  const message = framed(random, head(random, line) + body);
  assert.equal(message.framing, "chunked");
  assert.equal(message.body, data);
});

property("HTTP Garden #48: content of a given length is neither longer nor shorter", (random) => {
  const content = random.oneIn(2) ? smuggled.slice(0, random.below(30)) : random.text(plain, 0, 40);
  const line = `${random.anyCase("Content-Length")}:${random.text(" \t", 0, 3)}${content.length}${random.text(" \t", 0, 3)}`;
  assert.equal(framed(random, head(random, line) + content).body, content);
});

property(
  "CVE-2019-15606, HTTP Garden #12, #20, #46: a value loses SP and HTAB around it and nothing else",
  (random) => {
    const kept = [...oddSpaces.filter((space) => space >= "\x80"), '"', ",", "\xff"];
    const value = random.pick(kept) + random.text(`${plain} \t`, 0, 5) + random.pick(kept);
    const message = framed(
      random,
      head(random, `X-Value:${random.text(" \t", 0, 4)}${value}${random.text(" \t", 0, 4)}`),
    );
    assert.ok(message.headers.includes(`X-Value: ${value}`), JSON.stringify(message.headers));
  },
);

property("CVE-2025-64484, class: header underscore: a name with _ is another name", (random) => {
  const name = random.pick([
    "Content-Length",
    "Transfer-Encoding",
    "X-Forwarded-For",
    "Host",
    "Content-Type",
  ]);
  const other = random.pick([
    name.replace(/-|^(?=[^-]*$)/, "_"),
    `_${name}`,
    `${name}_`,
    name.replaceAll(/-|$/g, "_"),
  ]);
  const line = `${random.anyCase(other)}: ${random.pick(["5", "chunked", "evil"])}`;
  const message = framed(random, head(random, line));
  assert.ok(message.headers.includes(line));
  assert.equal(message.framing, "none");
  assert.equal(message.host, "h");
});

property("CVE-2022-31813, CVE-2025-48865: Connection takes no field away", (random) => {
  const options = [
    "X-Forwarded-For",
    "Authorization",
    "Cookie",
    "Host",
    "Content-Length",
    "keep-alive",
    "TE",
    "",
  ];
  const list = Array.from({ length: random.between(1, 6) }, () => random.anyCase(random.pick(options)));
  const lines = ["X-Forwarded-For: 192.0.2.1", "Authorization: x", "Cookie: a=b", "Content-Length: 0"];
  const connection = `Connection: ${list.join(random.pick([",", ", ", " ,\t"]))}`;
  const message = framed(random, head(random, ...lines, connection));
  for (const line of [...lines, "Host: h"]) assert.ok(message.headers.includes(line), line);
});

property("CVE-2018-12121: every field line that was sent is seen", (random) => {
  const lines = Array.from({ length: random.between(0, 99) }, () =>
    harmless(random).replaceAll(/\s+z$/g, "z"),
  );
  const sent = ["Host: h", ...lines].map((line) => line.replace(/:[ \t]*/, ": "));
  const message = framed(random, `GET / HTTP/1.1\r\n${sent.join("\r\n")}\r\n\r\n`);
  assert.deepEqual(
    message.headers,
    sent.map((line) => line.replace(/[ \t]+$/, "")),
  );
});

const forbiddenTrailers = [
  "Host",
  "Content-Length",
  "Transfer-Encoding",
  "Authorization",
  "Cookie",
  "Set-Cookie",
];

property(
  "class: trailer smuggling: what must be known before the content is never taken from behind it",
  (random) => {
    const harmful = Array.from({ length: random.between(1, 4) }, () => {
      return `${random.anyCase(random.pick(forbiddenTrailers))}: ${random.text(plain, 1, 5)}`;
    });
    const fields = [...harmful, "X-Sum: 1"].map((line) => `${line}\r\n`).join("");
    const message = framed(
      random,
      `${head(random, "Transfer-Encoding: chunked")}${chunk(random)}0\r\n${fields}\r\n`,
    );
    assert.deepEqual(message.trailers, ["X-Sum: 1"]);
    assert.ok(message.headers.every((line) => !line.startsWith("X-Sum")));
    assert.equal(message.host, "h");
  },
);

const inherited = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "then", "valueOf"];

property("CVE-2026-21710: names of prototypes are names like others", (random) => {
  const names = Array.from({ length: random.between(1, 5) }, () => random.pick(inherited));
  const lines = names.map(
    (name) => `${random.oneIn(2) ? name : random.anyCase(name)}: ${random.text(plain, 1, 5)}`,
  );
  const message = framed(random, head(random, ...lines));
  for (const line of lines) assert.ok(message.headers.includes(line), line);
  const parser = new RequestParser();
  parser.push(octetsOf(`GET / HTTP/1.1\r\nHost: h\r\n${lines.join("\r\n")}\r\n\r\n`));
  const event = parser.next();
  assert.ok(event?.kind === "head");
  const { headers } = event.head;
  assert.equal(typeof headers.get(names[0]!), "string");
  const absent = inherited.filter(
    (name) => !lines.some((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)),
  );
  for (const name of absent) assert.equal(headers.get(name), null);
  assert.deepEqual(Object.keys(Object.prototype), []);
});

property(
  "CVE-2026-1525: a head is never written with two lengths, however their names are spelled",
  (random) => {
    const names = ["Content-Length", "Transfer-Encoding"];
    const [one, other] = [random.pick(names), random.pick(names)];
    if (one === "Transfer-Encoding" && other === one) return;
    const headers = new Headers();
    for (const name of [one, other]) {
      headers.append(random.anyCase(name), name === "Content-Length" ? random.below(20) : "chunked");
      if (random.oneIn(2)) headers.append(`X-${random.text(plain, 1, 5)}`, "1");
    }
    assert.throws(() => serializeResponseHead({ status: 200, headers }), {
      code: "LMP_HTTP_FRAMING_AMBIGUOUS",
    });
  },
);

property(
  "CVE-2021-22960, CVE-2024-22019: a chunk of one octet with a large extension is cut off early",
  (random) => {
    const parser = new RequestParser();
    parser.push(octetsOf(head(random, "Transfer-Encoding: chunked")));
    const extension = random.text(plain, 1, 16_384);
    const one = octetsOf(`1;${extension}\r\na\r\n`);
    let sent = 0;
    let refusal: unknown;
    while (refusal === undefined && sent < 1_000_000) {
      // A socket hands over at most this much at once.
      for (let at = 0; at < one.length && refusal === undefined; at += 4096) {
        const piece = one.subarray(at, at + 4096);
        sent += piece.length;
        parser.push(piece);
        try {
          while (parser.next() !== undefined);
        } catch (error) {
          refusal = error;
        }
      }
    }
    const overhead = Math.max(1, (extension.length + 6) / (extension.length + 1));
    assert.equal((refusal as { code?: string }).code, "LMP_HTTP_CHUNK_EXTENSIONS_TOO_LARGE");
    assert.ok(sent <= (4096 + 8192) * overhead, `${sent} octets were read`);
  },
);
