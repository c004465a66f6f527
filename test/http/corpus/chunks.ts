/** Chunked content (RFC 9112 §7.1): sizes, extensions, line ends, data, trailers, and how much of them. */
import { accepted, type Case, chunked, everyOctet, refused } from "./case.ts";

const hexadecimal = /^[0-9A-Fa-f]$/;
const sizes =
  "+1|-1|-0|0x1|0X1|1_0|1.0|1,1|1h|g| 1|1 |\t1|1\t||x|h1|'1'|\"1\"|\xb2|\xd9\xa3|0 |1 ;a|1\t;a|%31|\\1|1=|1:1".split(
    "|",
  );
const badExtensions = [
  ";",
  ";;",
  ";=",
  ";a=",
  ';a="',
  ';a="b',
  ';a="b"c',
  "; a",
  ";a ",
  ";a =b",
  ";a= b",
  ";a;",
  ";a=b;",
];
const hostileExtensions = [
  ";\n",
  ";a\n",
  ";a\rX",
  ";a=\n",
  ';a="\n"',
  ';a="\r"',
  ';a="\0"',
  ';a="\\\r"',
  ";a\0",
  ";\x7f",
  ";a\x80",
];
const ends = ["\n", "\r", "\r\r\n", "\n\r", "\0\r\n", "\x0b\r\n", "\r\0\n", "\rX", "\xa0\r\n"];
const last = "0\r\n\r\n";
const trailers = [
  "A : b",
  " A: b",
  "\tA: b",
  "A",
  ": b",
  "A: \0",
  "A: b\rc",
  "A: b\r\n c",
  "A b: c",
  "A\x80: b",
  "A: b\n",
  "A(: b",
];

export const chunks: readonly Case[] = [
  ...refused(
    "size",
    400,
    sizes.map((size) => chunked(`${size}\r\na\r\n${last}`)),
  ),
  ...refused(
    "octet as a size",
    400,
    everyOctet
      .filter((octet) => !hexadecimal.test(octet))
      .map((octet) => chunked(`${octet}\r\na\r\n${last}`)),
  ),
  ...accepted("size", [
    chunked(`1\r\na\r\n${last}`),
    chunked(`0001\r\na\r\n${last}`),
    chunked(`a\r\n0123456789\r\n${last}`),
    chunked(`A\r\n0123456789\r\n${last}`),
    chunked(`0000000000000001\r\na\r\n${last}`),
    chunked(`1\r\na\r\n00000\r\n\r\n`),
    chunked(`1\r\n\n\r\n2\r\n\r\n\r\n${last}`),
    chunked(last),
  ]),
  ...refused(
    "size of 17 digits",
    400,
    [`${"0".repeat(16)}1`, "0".repeat(17), `${"0".repeat(30)}a`].map((s) => chunked(`${s}\r\na`)),
  ),
  ...refused(
    "size beyond 2^53 - 1",
    413,
    "20000000000000 ffffffffffffff fffffffffffffff ffffffffffffffff 10000000000000000 8000000000000000"
      .split(" ")
      .map((size) => chunked(`${size}\r\na`)),
  ),
  ...refused(
    "extension",
    400,
    badExtensions.map((extension) => chunked(`1${extension}\r\na\r\n${last}`)),
  ),
  ...refused(
    "extension",
    400,
    hostileExtensions.map((extension) => chunked(`1${extension}\r\na\r\n${last}`)),
  ),
  ...refused(
    "extension of the last chunk",
    400,
    badExtensions.map((extension) => chunked(`0${extension}\r\n\r\n`)),
  ),
  ...accepted(
    "extension",
    [";a", ";a=b", ';a="b"', ';a=""', ';a="\\""', ";a;b=c;d", ';a="b;c"', ';a="\t "', ";!#=~"].map((e) =>
      chunked(`1${e}\r\na\r\n0${e}\r\n\r\n`),
    ),
  ),
  ...refused(
    "line end",
    400,
    ends.map((end) => chunked(`1${end}a\r\n${last}`)),
  ),
  ...refused(
    "line end of the last chunk",
    400,
    ends.map((end) => chunked(`1\r\na\r\n0${end}\r\n`)),
  ),
  ...refused(
    "end of data",
    400,
    [...ends, "b\r\n", "", " \r\n", "0\r\n", "\r"].map((end) => chunked(`1\r\na${end}0\r\n\r\n`)),
  ),
  ...refused(
    "data shorter than its size",
    400,
    ["2\r\na\r\n", "5\r\nabcd\r\n", "9\r\nabc\r\n\r\n"].map((d) => chunked(d + last)),
  ),
  ...refused("line beyond 256 octets", 413, [
    chunked(`1;${"a".repeat(256)}\r\na\r\n${last}`),
    chunked(`1;a="${"b".repeat(300)}"\r\na\r\n${last}`),
    chunked(`0;${"a".repeat(65_536)}\r\n\r\n`),
  ]),
  ...refused("extensions beyond 4 KiB", 413, [
    chunked(`1;${"a".repeat(200)}\r\na\r\n`.repeat(21)),
    chunked(`1;${"a".repeat(10)}\r\na\r\n`.repeat(400)),
  ]),
  ...refused(
    "trailer",
    400,
    trailers.map((line) => chunked(`0\r\n${line}\r\n\r\n`)),
  ),
  ...refused(
    "end of the trailers",
    400,
    ["\n", "\rX", "\r\r\n", " \r\n", "A: b\r\n\n", "A: b\r\n\rX"].map((end) => chunked(`0\r\n${end}`)),
  ),
  ...refused("more than 16 trailers", 400, [chunked(`0\r\n${"A: b\r\n".repeat(17)}\r\n`)]),
  ...refused("trailers beyond 4 KiB", 400, [
    chunked(`0\r\nA: ${"b".repeat(4096)}\r\n\r\n`),
    chunked(`0\r\n${`A: ${"b".repeat(400)}\r\n`.repeat(11)}\r\n`),
  ]),
  ...accepted(
    "trailers",
    ["A: b\r\n", "A:\r\n", "Host: evil\r\n", "Content-Length: 9\r\n", "A: b\r\n".repeat(16)].map((lines) =>
      chunked(`0\r\n${lines}\r\n`),
    ),
  ),
];
