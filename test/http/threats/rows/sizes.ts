/** Lengths and chunk sizes that a reader of numbers could be talked into. */
import type { Random } from "../random.ts";
import { chunk, chunked, head, plain, type ThreatRow } from "../row.ts";

const lengthLine = (random: Random, value: string): string => `${random.anyCase("Content-Length")}:${value}`;
const spellings =
  "+1|-0|-1|0x1|0X1|0b1|0o7|1_0|1e1|1.0|1,1|1,2|1, 1|1;|01|00|1 1|\xb2|\xd9\xa3|\xef\xbc\x91".split("|");
const beside = ["+", "-", "_", ".", ",", "x", "g", "h", "L", "'", '"', "%", "/", "\0", "\xb2", "~", "\\"];

/** Digits with something in them that is none. */
function nearlyDigits(random: Random): string {
  if (random.oneIn(3)) return random.pick(spellings);
  const digits = random.text("123456789", 1, 1) + random.text("0123456789", 0, 6);
  return random.pick([
    `0${digits}`,
    random.insert(digits, random.pick(beside)),
    random.insert(`${digits}1`, random.pick([" ", "\t"]), 1, digits.length),
    random.insert(digits, random.pick(["a", "F", "e", "b"])),
  ]);
}

/** Hexadecimal digits with something in them that is none. */
function nearlyHexadecimal(random: Random): string {
  const digits = random.text("123456789abcdefABCDEF", 1, 4);
  return random.pick([
    random.insert(digits, random.pick(beside)),
    random.insert(digits, random.pick([" ", "\t"])),
    `0x${digits}`,
    `0X${digits}`,
    `${digits} ;a=b`,
    `\r\n${digits}`,
    digits.padStart(random.between(17, 40), "0"),
  ]);
}

/** A number above 2^53 − 1. */
function tooLarge(random: Random): bigint {
  const digits = random.text("123456789", 1, 1) + random.text("0123456789", 15, 40);
  const value = BigInt(digits);
  return value > 9_007_199_254_740_991n ? value : value + 9_007_199_254_740_991n;
}

function hexadecimalTooLarge(random: Random): string {
  const digits = random.text("23456789abcdef", 1, 1) + random.text("0123456789abcdefABCDEF", 13, 15);
  return random.pick([digits, `1${"0".repeat(16)}`, digits + random.text("0123456789abcdef", 1, 20)]);
}

export const sizeRows: readonly ThreatRow[] = [
  {
    id: "CVE-2023-38697, CVE-2023-47627",
    what: "a Content-Length is plain digits",
    statuses: [400],
    variant: (random) =>
      head(random, lengthLine(random, ` ${nearlyDigits(random)}`)) + random.text(plain, 0, 9),
  },
  {
    id: "CVE-2023-38697, HTTP Garden #1, #10, #25, #32",
    what: "a chunk size is plain hexadecimal digits",
    statuses: [400],
    variant: (random) => {
      const before = random.oneIn(2) ? chunk(random) : "";
      return chunked(
        random,
        `${before}${nearlyHexadecimal(random)}\r\n${random.text(plain, 1, 9)}\r\n0\r\n\r\n`,
      );
    },
  },
  {
    id: "class: size overflow",
    what: "a Content-Length beyond 2^53 - 1",
    statuses: [413],
    variant: (random) => head(random, lengthLine(random, ` ${tooLarge(random)}`)) + random.text(plain, 0, 9),
  },
  {
    id: "class: size overflow",
    what: "a chunk size beyond 2^53 - 1",
    statuses: [400, 413],
    variant: (random) => {
      const before = random.oneIn(2) ? chunk(random) : "";
      return chunked(random, `${before}${hexadecimalTooLarge(random)}\r\n${random.text(plain, 0, 9)}`);
    },
  },
  {
    id: "HTTP Garden #16, #17, #38, #42",
    what: "an empty Content-Length is none, an empty chunk size is none",
    statuses: [400],
    variant: (random) => {
      if (random.oneIn(2)) return head(random, lengthLine(random, random.text(" \t", 0, 6)));
      const before = random.oneIn(2) ? chunk(random) : "";
      const empty = random.pick(["", ";a=b", ";", " ", "\t", ' ;a="b"']);
      return chunked(random, `${before}${empty}\r\n${random.text(plain, 0, 9)}\r\n0\r\n\r\n`);
    },
  },
  {
    id: "HTTP Garden #26",
    what: "a negative length",
    statuses: [400],
    variant: (random) => {
      const digits = random.text("0123456789", 1, 20);
      if (random.oneIn(2)) return head(random, lengthLine(random, ` -${digits}`));
      return chunked(random, `-${digits}\r\n${random.text(plain, 0, 9)}\r\n0\r\n\r\n`);
    },
  },
  {
    id: "class: duplicate Content-Length",
    what: "Content-Length twice, the same or another, in lines or in a list",
    statuses: [400],
    variant: (random) => {
      const [one, other] = [random.below(12), random.below(12)];
      if (random.oneIn(3))
        return head(random, lengthLine(random, ` ${one}${random.pick([",", ", "])}${other}`));
      return head(random, lengthLine(random, ` ${one}`), lengthLine(random, ` ${other}`)) + "x".repeat(12);
    },
  },
];
