/** Chunk lines, extensions and trailers that end where they must not, or never. */
import type { Random } from "../random.ts";
import { chunk, chunked, oddSpaces, plain, type ThreatRow } from "../row.ts";

const extensions = ["", ";a", ";a=b", ';a="b"', ";a;b=c", ';a="\\""'];

/** An octet that is not LF, or nothing special. */
function notLineFeed(random: Random): string {
  const octet = String.fromCharCode(random.below(256));
  return octet === "\n" ? "X" : octet;
}

function badLineEnd(random: Random): string {
  return random.pick([
    "\n",
    `\r${notLineFeed(random)}`,
    "\r\r\n",
    "\n\r",
    ...oddSpaces.map((space) => `${space}\r\n`),
    " \r\n",
    "\t\r\n",
  ]);
}

/** An extension that is not one, or whose quoted text holds what ends a line for others. */
function badExtension(random: Random): string {
  const control = random.pick(["\n", "\r", "\0", "\x7f", "\r\n", `\r${notLineFeed(random)}`]);
  return random.pick([
    `;a="${control}"`,
    `;a=${control}b`,
    `;${control}`,
    ";",
    ";;",
    ";a=",
    ';a="',
    `;a="\\${control}"`,
    "; a",
    ";a =b",
    ";a= b",
    ';a="b"c',
  ]);
}

/** Chunks whose extensions are too large, on one line or together. */
function oversized(random: Random): string {
  if (!random.oneIn(25)) return `${chunk(random)}1;${random.text(plain, 256, 400)}\r\na\r\n`;
  const extension = random.text(plain, 150, 240);
  return `1;${extension}\r\na\r\n`.repeat(Math.ceil(4200 / extension.length));
}

function badTrailer(random: Random): string {
  const name = random.text(plain, 1, 6);
  return random.pick([
    ` ${name}: b`,
    `${name} : b`,
    `${name}: b\n`,
    `${name}: b\r`,
    `${name}: b\r\n c`,
    name,
    ": b",
    `${name}: \0`,
    `${name}${random.pick(oddSpaces)}: b`,
  ]);
}

export const chunkRows: readonly ThreatRow[] = [
  {
    id: "CVE-2021-22960, CVE-2024-22019",
    what: "chunk extensions are bounded, on a line and over all of them",
    statuses: [413],
    variant: (random) => chunked(random, `${oversized(random)}0\r\n\r\n`),
  },
  {
    id: "CVE-2025-55315, HTTP Garden #31",
    what: "a chunk line ends with CRLF, and an extension does not hide another end",
    statuses: [400],
    variant: (random) => {
      const before = random.oneIn(2) ? chunk(random, random.pick(extensions)) : "";
      const data = random.text(plain, 1, 9);
      const size = data.length.toString(16);
      const line = random.oneIn(2)
        ? size + random.pick(extensions) + badLineEnd(random)
        : `${size}${badExtension(random)}\r\n`;
      return chunked(random, `${before}${line}${data}\r\n0\r\n\r\n`);
    },
  },
  {
    id: "HTTP Garden #47",
    what: "chunk data ends where its size says, with CRLF",
    statuses: [400],
    variant: (random) => {
      const data = random.text(plain, 2, 9);
      const size = (data.length + random.pick([-1, 0])).toString(16);
      const end = size === data.length.toString(16) ? badLineEnd(random) : "\r\n";
      return chunked(random, `${size}\r\n${data}${end}0\r\n\r\n`);
    },
  },
  {
    id: "class: trailer smuggling",
    what: "trailers are scanned like headers",
    statuses: [400],
    variant: (random) => chunked(random, `${chunk(random)}0\r\n${badTrailer(random)}\r\n\r\n`),
  },
  {
    id: "class: trailer smuggling",
    what: "more than 16 trailers or 4 KiB of them",
    statuses: [400],
    variant: (random) => {
      const lines = random.oneIn(50)
        ? `T: ${random.text(plain, 4096, 4100)}\r\n`
        : Array.from({ length: 17 }, () => `${random.text(plain, 1, 3)}:\r\n`).join("");
      return chunked(random, `0\r\n${lines}\r\n`);
    },
  },
];
