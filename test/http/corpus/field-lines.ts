/** Field lines (RFC 9112 §5): names, colons, values, folds, line ends, and how much of them there may be. */
import { accepted, type Case, everyOctet, fields, isTokenCharacter, refused } from "./case.ts";

const isValueCharacter = (octet: string): boolean => octet === "\t" || (octet >= " " && octet !== "\x7f");
const start = "GET / HTTP/1.1\r\n";
const spaces = [" ", "\t", "  ", " \t", "\x0b", "\x0c", "\0", "\x85", "\xa0"];
const ends = [
  "\n",
  "\r",
  "\r\r\n",
  "\n\r",
  "\0\n",
  "\r\0\n",
  "\x0b\n",
  "\n\n",
  "\r\t\n",
  "\r\x0b\n",
  "\r \n",
];
const heads = ["Host", "Content-Length", "Transfer-Encoding", "Connection", "X"];

export const fieldLines: readonly Case[] = [
  ...accepted(
    "name",
    everyOctet.filter(isTokenCharacter).map((octet) => fields(`A${octet}B: 1`)),
  ),
  ...refused(
    "name",
    400,
    everyOctet
      .filter((octet) => !isTokenCharacter(octet) && octet !== ":")
      .map((octet) => fields(`A${octet}B: 1`)),
  ),
  ...refused(
    "begin of a name",
    400,
    everyOctet.filter((octet) => !isTokenCharacter(octet)).map((octet) => fields(`${octet}B: 1`)),
  ),
  ...accepted(
    "value",
    everyOctet.filter(isValueCharacter).map((octet) => fields(`A: a${octet}b`)),
  ),
  ...refused(
    "value",
    400,
    everyOctet.filter((octet) => !isValueCharacter(octet)).map((octet) => fields(`A: a${octet}b`)),
  ),
  ...accepted("value", ["A:", "A: ", "A:\t", "A::", "A: :", "A:b", "A:\t b \t", "A: \xff\xfe"].map(fields)),
  ...refused("no colon", 400, ["A", "A b", "A=b", "A;b", "Host", "A\r\nB: 1"].map(fields)),
  ...refused(
    "whitespace before the colon",
    400,
    heads.flatMap((name) => spaces.map((s) => fields(`${name}${s}: 1`))),
  ),
  ...refused(
    "whitespace before the first line",
    400,
    [" ", "\t", "  ", "\t\t", " \t "].flatMap((space) => [
      `${start}${space}Host: h\r\n\r\n`,
      `${start}${space}Content-Length: 5\r\nHost: h\r\n\r\nhello`,
      `${start}${space}\r\nHost: h\r\n\r\n`,
    ]),
  ),
  ...refused(
    "folded line",
    400,
    [" ", "\t", "  "].flatMap((space) => [
      fields(`A: 1\r\n${space}B: 2`),
      fields(`A: 1\r\n${space}`),
      fields(`A:\r\n${space}1`),
      fields(`Transfer-Encoding:\r\n${space}chunked`),
      fields(`Content-Length: 1\r\n${space}0`),
      `${start}Host:\r\n${space}h\r\n\r\n`,
    ]),
  ),
  ...refused(
    "line end",
    400,
    ends.flatMap((end) => [fields(`A: 1${end}B: 2`), `${start}Host: h${end}A: 1\r\n\r\n`]),
  ),
  ...refused(
    "end of the head",
    400,
    everyOctet.filter((octet) => octet !== "\n").map((octet) => `${start}Host: h\r\n\r${octet}`),
  ),
  ...refused(
    "end of the head",
    400,
    ["\n", "\n\r\n", " \r\n", "\t\r\n", "\0\r\n"].map((end) => `${start}Host: h\r\n${end}`),
  ),
  ...refused("more than 100 lines", 431, [
    fields(`A: 1\r\n`.repeat(100).slice(0, -2)),
    fields(`A:\r\n`.repeat(2000).slice(0, -2)),
    `${start}${"Host: h\r\n".slice(0, 0)}${"A: 1\r\n".repeat(101)}\r\n`,
  ]),
  ...refused("head beyond 16 KiB", 431, [
    fields(Array.from({ length: 20 }, () => `A: ${"a".repeat(1000)}`).join("\r\n")),
    fields(Array.from({ length: 3 }, () => `A: ${"a".repeat(8000)}`).join("\r\n")),
  ]),
  ...refused("line beyond 8 KiB", 431, [fields(`A: ${"a".repeat(8190)}`), fields(`A:${" ".repeat(9000)}b`)]),
  ...refused("name beyond 256 octets", 431, [fields(`${"a".repeat(257)}: 1`), fields("a".repeat(5000))]),
  ...accepted("just within the limits", [
    fields(`A: 1\r\n`.repeat(99).slice(0, -2)),
    fields(`A: ${"a".repeat(8189)}`),
    fields(`${"a".repeat(256)}: 1`),
  ]),
];
