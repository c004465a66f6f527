/** Every reader of a field value takes time in proportion to its length, whatever stands in it (THREATS L11). */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  AddressList,
  accepts,
  acceptsEncoding,
  acceptsLanguage,
  forwardedFor,
  MediaType,
  parseAddress,
  parseBasicCredentials,
  parseCookies,
  parseHttpDate,
  preferences,
  Query,
} from "limpid/http";

/** Pieces that make careless parsers start again, look back or collect. */
const pieces = [
  ",",
  ";",
  "a",
  " ",
  "\t",
  '"',
  "\\",
  '"\\',
  '\\"',
  "=",
  "%",
  "%2",
  "%41",
  "%C3",
  "+",
  "&",
  "a=",
  "a=&",
  "a,",
  "a;q=0,",
  "a;q=0.000000000",
  'a;b="',
  'a;b="\\",',
  ';a="b"',
  "; ",
  " ;",
  " ,",
  ":",
  "::",
  "0:",
  "1.",
  "[",
  "]",
  "/",
  "a/b,",
  "a-",
  "en-",
  "-",
  "10.0.0.1,",
  "for=10.0.0.1,",
  "for=10.0.0.1;",
  'for="',
  "Sun, ",
  "\xa0",
  "\0",
];

const everyone = new AddressList(["0.0.0.0/0", "::/0", "unix"]);
const forwarded = (name: string) => (text: string) =>
  forwardedFor("10.0.0.1", { get: (asked) => (asked === name ? text : null) }, everyone);

const readers: Record<string, (text: string) => unknown> = {
  parseCookies: (text) => parseCookies(text, { bytes: text.length, pairs: text.length }),
  parseHttpDate,
  parseAddress,
  parseBasicCredentials: (text) => parseBasicCredentials(`Basic ${text}`),
  preferences,
  accepts: (text) => accepts(text, ["text/html", "application/json", "text/plain; charset=utf-8"]),
  acceptsEncoding: (text) => acceptsEncoding(text, ["br", "gzip", "identity"]),
  acceptsLanguage: (text) => acceptsLanguage(text, ["en", "de-CH", "fr"]),
  mediaType: (text) =>
    MediaType.parse(text) ?? MediaType.parse(`a/b;${text}`) ?? MediaType.parse(`a/b;c="${text}`),
  query: (text) => new Query(text).size,
  forwardedFor: forwarded("forwarded"),
  xForwardedFor: forwarded("x-forwarded-for"),
  xForwardedHost: forwarded("x-forwarded-host"),
};

/** The best of several runs in milliseconds: what the reader needs, without what the machine was busy with. */
function milliseconds(read: (text: string) => unknown, text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 50 && (run < 3 || best > 1); run++) {
    const start = performance.now();
    try {
      read(text);
    } catch {
      // A refusal is an answer, too.
    }
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

for (const [name, read] of Object.entries(readers)) {
  test(`CVE-2025-25200 class: ${name} reads 16 KiB of anything within 1 ms`, () => {
    const heads = ["", "a/b", "[", '"', "text/html;q=", "Mon", "::"];
    const slow = pieces.flatMap((piece) => {
      const body = piece.repeat(Math.ceil(16_384 / piece.length)).slice(0, 16_384);
      return heads
        .map((head) => ({ piece, head, time: milliseconds(read, head + body) }))
        .filter(({ time }) => time > 1);
    });
    assert.deepEqual(slow, []);
  });
}
