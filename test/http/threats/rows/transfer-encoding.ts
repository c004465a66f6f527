/** Messages that say something about `Transfer-Encoding` that another reader could take for something else. */
import type { Random } from "../random.ts";
import { chunk, head, oddSpaces, plain, start, type ThreatRow } from "../row.ts";

const codings = ["identity", "gzip", "deflate", "compress", "br", "x", "trailers", "zstd"];
const marks = [...oddSpaces, '"', "'", "(", ")", ";", ",", "=", "/", "[", "\\", "\x7f", "\xff", "\u00e7"];
const last = "0\r\n\r\n";

/** Anything but `chunked` alone. */
function otherThanChunked(random: Random): string {
  const word = random.anyCase("chunked");
  for (;;) {
    const value = random.pick([changed, listed, replaced])(random, word);
    if (value.replace(/^[ \t]+|[ \t]+$/g, "").toLowerCase() !== "chunked") return value;
  }
}

function changed(random: Random, word: string): string {
  const place = random.below(word.length);
  return random.pick([
    random.insert(word, random.pick(marks)),
    random.insert(word, random.pick([" ", "\t", "  "]), 1, word.length - 1),
    word.slice(0, place) + word.slice(place + 1),
    word.slice(0, place) + random.pick(plain) + word.slice(place),
    `"${word}"`,
    `'${word}'`,
    `${word};${random.pick(["", "q=1", "a", "a=b", ' a="b"'])}`,
  ]);
}

function listed(random: Random, word: string): string {
  const comma = random.pick([",", ", ", " ,", ",,", ",\t", " , ,"]);
  const other = random.pick([...codings, word, "", "chunked"]);
  return random.oneIn(2) ? word + comma + other : other + comma + word;
}

function replaced(random: Random): string {
  return random.pick([random.pick(codings), random.text(plain, 1, 9), random.text(" \t", 0, 4), ","]);
}

const name = (random: Random): string => random.anyCase("Transfer-Encoding");
const length = (random: Random): string =>
  `${random.anyCase("Content-Length")}: ${random.pick([0, 1, 4, 5, 6, 100])}`;

export const transferEncodingRows: readonly ThreatRow[] = [
  {
    id: "CVE-2019-15605",
    what: "Transfer-Encoding is one exact chunked",
    statuses: [400, 501],
    variant: (random) => head(random, `${name(random)}: ${otherThanChunked(random)}`) + chunk(random) + last,
  },
  {
    id: "CVE-2026-54387",
    what: "Transfer-Encoding and Content-Length in either order, any case, repeated or listed",
    statuses: [400],
    variant: (random) => {
      const value = random.pick(["chunked", random.anyCase("chunked"), "chunked, chunked", "chunked,"]);
      const lines = [`${name(random)}:${random.pick([" ", "", "\t"])}${value}`, length(random)];
      if (random.oneIn(3)) lines.push(random.pick(lines));
      if (random.oneIn(3)) lines.push(`${random.anyCase("Content-Length")}: 1, 1`);
      if (random.oneIn(2)) lines.reverse();
      return head(random, ...lines) + random.pick([last, chunk(random) + last, "hello"]);
    },
  },
  {
    id: "HTTP Garden #11",
    what: "Transfer-Encoding twice, the same or another",
    statuses: [400, 501],
    variant: (random) => {
      const first = random.oneIn(3) ? random.pick(codings) : random.anyCase("chunked");
      const second = random.pick([...codings, "chunked", random.anyCase("chunked"), "", ","]);
      const lines = [`${name(random)}: ${first}`, `${name(random)}: ${second}`];
      return head(random, ...lines) + chunk(random) + last;
    },
  },
  {
    id: "RFC 9112 §6.1",
    what: "HTTP/1.0 has no Transfer-Encoding",
    statuses: [400],
    variant: (random) => {
      const value = random.pick([random.anyCase("chunked"), random.pick(codings), "", "gzip, chunked"]);
      const lines = [`${name(random)}: ${value}`, ...(random.oneIn(2) ? ["Connection: keep-alive"] : [])];
      const fields = [...lines, ...(random.oneIn(2) ? ["Host: h"] : [])].join("\r\n");
      return `${start(random)} HTTP/1.0\r\n${fields}\r\n\r\n${chunk(random)}${last}`;
    },
  },
];
