/** What says where content ends (RFC 9112 §6): lengths, codings, both, neither, and in which version. */
import { accepted, type Case, fields, refused } from "./case.ts";

const length = (value: string, body = ""): string => fields(`Content-Length:${value}`) + body;
const coding = (value: string): string => `${fields(`Transfer-Encoding:${value}`)}0\r\n\r\n`;
const split = (list: string): string[] => list.split(" ");

const notLengths = [
  ...split(
    "+1 -0 -1 +0 0x1 0X1 0b1 0o7 1_0 1e1 1E1 1.0 1. .1 1,1 1,2 ,1 1, , ; 1; 1;a ;1 \"1\" '1' 1a a a1 ff",
  ),
  ...split(
    "01 00 001 007 003 1L 1n NaN Infinity -Infinity true null [1] {1} (1) %31 1%20 1/1 ~1 1\\ \\x31 1\xa0",
  ),
  ...split("\xa01 1\x85 \xb2 \xd9\xa3 \xef\xbc\x91 one 1: 1= =1 1| 1& $1 #1 @1 !1 1! ? * ** 1* 1? <1> 1< ^1"),
  ...["1 1", "1\t1", "1 ,1", "1, 1", "- 1", "+ 1", "0 0"],
];
const controls = ["1\x0b", "\x0b1", "1\x0c", "1\0", "\x001", "1\x7f", "1\x1f", "1\r", "\r1", "1\n", "\n1"];
const beyond = split(
  "9007199254740992 9007199254740993 9999999999999999 10000000000000000 18446744073709551615 18446744073709551616",
);

const unsupported = split(
  "identity gzip deflate compress br x xchunked chunkedx 'chunked chunked' chunke hunked trailers",
);
const malformedCodings = [
  ...split(
    '"chunked" chunked;a=b chunked; ;chunked ,chunked chunked, , ,, chunked,chunked chunked/1 (chunked) chunked=1',
  ),
  ...[
    "chunked, chunked",
    "chunked, gzip",
    "chunked, identity",
    "gzip,, chunked",
    "chunked\xa0",
    "\xa0chunked",
  ],
  ...[
    "chunked\x85",
    "chunk ed",
    "chunked chunked",
    "chun\xe7ed",
    "gzip;q=1, chunked",
    "chunked\t,",
    ", ,chunked",
  ],
  ...[
    "chunked gzip",
    "gzip chunked",
    "chunked;",
    '"chunked',
    "chunked\\",
    "[chunked]",
    "{chunked}",
    "chunked:1",
  ],
];
const controlCodings = [
  "chunked\x0b",
  "\x0bchunked",
  "chunked\x0c",
  "\0chunked",
  "chunked\0",
  "chu\nnked",
  "chunked\r",
  "\rchunked",
];

const te = "Transfer-Encoding: chunked";
const both = [
  "Content-Length: 5",
  "content-length: 0",
  "CONTENT-LENGTH: 100",
  "Content-length:5",
  "Content-Length: 4",
].flatMap((cl) => [
  `${te}\r\n${cl}`,
  `${cl}\r\n${te}`,
  `${cl}\r\nA: b\r\n${te}`,
  `${te.toLowerCase()}\r\nA: b\r\n${cl}`,
]);

export const framing: readonly Case[] = [
  ...refused(
    "Content-Length",
    400,
    notLengths.map((value) => length(` ${value}`, "a")),
  ),
  ...refused(
    "Content-Length",
    400,
    controls.map((value) => length(` ${value}`, "a")),
  ),
  ...refused(
    "Content-Length",
    400,
    ["", " ", "\t", " \t "].map((value) => length(value)),
  ),
  ...refused(
    "Content-Length",
    413,
    [...beyond, "1".repeat(30), "9".repeat(400)].map((value) => length(` ${value}`)),
  ),
  ...accepted(
    "Content-Length",
    [length(" 0"), length(":".slice(1)), length("5", "hello"), length("\t5 ", "hello")].slice(0, 1),
  ),
  ...accepted("Content-Length", [
    length("5", "hello"),
    length("\t 5 \t", "hello"),
    length(" 12", "\r\n\r\nGET / \r\n"),
  ]),
  ...refused(
    "Content-Length twice",
    400,
    split("5:5 5:6 0:5 5:0 5:").flatMap((pair) => {
      const [one, other] = pair.split(":");
      const lines = [`Content-Length: ${one}`, `content-length: ${other}`];
      return [fields(lines.join("\r\n")), fields(lines.join("\r\nA: b\r\n"))];
    }),
  ),
  ...refused(
    "Transfer-Encoding",
    501,
    unsupported.map((value) => coding(` ${value}`)),
  ),
  ...refused(
    "Transfer-Encoding",
    501,
    ["gzip, chunked", "gzip,chunked", "deflate, gzip", "x,chunked"].map((v) => coding(v)),
  ),
  ...refused(
    "Transfer-Encoding",
    400,
    [...malformedCodings, "", "\t"].map((value) => coding(` ${value}`)),
  ),
  ...refused(
    "Transfer-Encoding",
    400,
    controlCodings.map((value) => coding(` ${value}`)),
  ),
  ...accepted(
    "Transfer-Encoding",
    ["chunked", " Chunked", "\tCHUNKED ", " cHuNkEd\t", "  chunked"].map(coding),
  ),
  ...refused(
    "both",
    400,
    both.map((lines) => `${fields(lines)}0\r\n\r\n`),
  ),
  ...refused(
    "Transfer-Encoding twice",
    400,
    split("chunked identity gzip Chunked x").flatMap((second) => [
      fields(`${te}\r\nTransfer-Encoding: ${second}`),
      fields(`${te}\r\nA: b\r\ntransfer-encoding: ${second}`),
    ]),
  ),
  ...refused(
    "Transfer-Encoding in HTTP/1.0",
    400,
    ["chunked", "gzip", "", "identity", "CHUNKED", "gzip, chunked"].flatMap((value) => [
      `POST / HTTP/1.0\r\nTransfer-Encoding: ${value}\r\n\r\n0\r\n\r\n`,
      `POST / HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\nTransfer-Encoding: ${value}\r\n\r\n0\r\n\r\n`,
    ]),
  ),
  ...refused(
    "expectation",
    417,
    ["", "100", "100-continu", "100-continue, x", "200", "x=y", "100-continue;a"].map((v) =>
      fields(`Expect: ${v}`),
    ),
  ),
  ...accepted(
    "expectation",
    ["100-continue", "100-Continue", "100-CONTINUE"].map((v) => fields(`Expect: ${v}`)),
  ),
];
