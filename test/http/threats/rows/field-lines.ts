/** Field lines whose begin, name, value or end two readers could see at different places. */
import type { Random } from "../random.ts";
import { harmless, head, oddSpaces, plain, start, type ThreatRow } from "../row.ts";

const framing = ["Content-Length: 5", "Transfer-Encoding: chunked", "Host: evil", "X: y"];
const names = ["Host", "Content-Length", "Transfer-Encoding", "Connection", "Expect", "X-Name"];
const wrongEnds = ["\n", "\r", "\r\r\n", "\n\r", "\0\n", "\r\0\n", "\x0b\n", "\x85\n", "\n\n", "\r\t\n"];

/** The lines of a head, without the empty one. */
function lines(random: Random): string[] {
  const more = Array.from({ length: random.between(1, 3) }, () => harmless(random));
  return [`${start(random)} HTTP/1.1`, "Host: h", ...more];
}

function folded(random: Random): string {
  const all = lines(random);
  const place = random.between(1, all.length - 1);
  const space = random.pick([" ", "\t", "  ", " \t"]);
  all[place] += `\r\n${space}${random.pick(["", "chunked", ...framing])}`;
  return `${all.join("\r\n")}\r\n\r\n`;
}

function endedOtherwise(random: Random): string {
  const all = lines(random);
  const place = random.below(all.length);
  return `${all.map((line, index) => line + (index === place ? random.pick(wrongEnds) : "\r\n")).join("")}\r\n`;
}

/** Every octet that ends neither a token nor a name. */
const nonToken = Array.from({ length: 256 }, (_, octet) => String.fromCharCode(octet)).filter(
  (octet) => !/[A-Za-z0-9!#$%&'*+\-.^_`|~:]/.test(octet),
);
const controls = Array.from({ length: 33 }, (_, octet) =>
  String.fromCharCode(octet === 32 ? 0x7f : octet),
).filter((octet) => octet !== "\t");

export const fieldLineRows: readonly ThreatRow[] = [
  {
    id: "CVE-2022-32213, CVE-2022-32215, CVE-2022-35256",
    what: "a folded line, or a line not ended by CRLF",
    statuses: [400],
    variant: (random) => (random.oneIn(3) ? folded(random) : endedOtherwise(random)),
  },
  {
    id: "CVE-2022-32214, CVE-2023-30589",
    what: "a bare CR delimits nothing",
    statuses: [400],
    variant: (random) => {
      const value = random.insert(random.text(plain, 1, 6), `\r${random.pick(framing)}`);
      return head(random, `${random.pick(names)}${random.pick(["A", "-B"])}: ${value}`);
    },
  },
  {
    id: "CVE-2025-23167",
    what: "a head ends with CRLF CRLF and with nothing else",
    statuses: [400],
    variant: (random, index) => {
      const octet = index % 256 === 10 ? 11 : index % 256;
      return `${lines(random).join("\r\n")}\r\n\r${String.fromCharCode(octet)}`;
    },
  },
  {
    id: "CVE-2021-22959",
    what: "no whitespace between a name and its colon",
    statuses: [400],
    variant: (random) => {
      const space = random.pick([" ", "\t", "  ", " \t", ...oddSpaces]);
      return head(random, `${random.anyCase(random.pick(names))}${space}:${random.pick(["", " "])}chunked`);
    },
  },
  {
    id: "CVE-2024-27982",
    what: "no whitespace before the first field line",
    statuses: [400],
    variant: (random) => {
      const line = random.pick([...framing, harmless(random)]);
      return `${start(random)} HTTP/1.1\r\n${random.text(" \t", 1, 6)}${line}\r\nHost: h\r\n\r\n`;
    },
  },
  {
    id: "CVE-2020-8201",
    what: "a name is a token: every other octet at every place of it",
    statuses: [400],
    variant: (random, index) => {
      const octet = nonToken[index % nonToken.length] ?? "\0";
      const name = random.oneIn(20) ? "" : random.insert(random.pick(names), octet);
      return head(random, `${name}: ${random.text(plain, 0, 5)}`);
    },
  },
  {
    id: "HTTP Garden #2, #34, #35, #43",
    what: "no control octet in a value but HTAB",
    statuses: [400],
    variant: (random, index) => {
      const octet = controls[index % controls.length] ?? "\0";
      const value = random.insert(random.text(plain, 2, 8), octet, 1);
      // At the end of a value CR would be the begin of CRLF.
      return head(random, `X-${random.pick(names)}: ${value}z`);
    },
  },
  {
    id: "CVE-2018-12121",
    what: "too many or too large fields are refused, never dropped",
    statuses: [431],
    variant: (random) => {
      const name = random.text(plain, 1, 2);
      const kind = random.below(40);
      if (kind === 0) return head(random, `${name}: ${random.text(plain, 8192, 8200)}`);
      if (kind === 1) return head(random, ...Array.from({ length: 3 }, () => `A: ${"a".repeat(6000)}`));
      if (kind < 10) return head(random, `${random.text(plain, 257, 300)}: 1`);
      return `${start(random)} HTTP/1.1\r\n${`${name}:${random.text(plain, 0, 2)}\r\n`.repeat(101)}\r\n`;
    },
  },
];
