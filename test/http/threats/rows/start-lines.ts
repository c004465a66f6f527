/** Request lines, targets, hosts and expectations that no two readers need to agree on. */
import type { Random } from "../random.ts";
import { head, plain, start, type ThreatRow } from "../row.ts";

const versions =
  "HTTP/2.0|HTTP/0.9|HTTP/3.0|HTTP/1.10|HTTP/01.1|http/1.1|Http/1.1|HTTP/1|HTTP/1.|HTTP/.1|HTTP1.1".split(
    "|",
  );
const otherVersions =
  "HTTP/1,1|HTTP/1.1 |HTTP/1.1\t|HTTP /1.1|HTTPS/1.1|ICE/1.0|RTSP/1.0|HTTP/1.x|HTTP/-1.1|HTTP/1.1x|".split(
    "|",
  );
const separators = ["  ", "\t", " \t", "\x0b", "\x0c", "\xa0", "\0", ""];
const badTargets = [
  "*",
  "first",
  "//\x01",
  "/a#b",
  "#",
  "ftp://h/",
  "http://",
  "http:///a",
  "http://u@h/",
  "h:80",
];
const hostileOctets = Array.from({ length: 256 }, (_, octet) => octet).filter(
  (octet) => octet <= 0x20 || octet >= 0x7f || octet === 0x23,
);

const line = (method: string, gap: string, target: string, rest: string): string =>
  `${method}${gap}${target}${rest}\r\nHost: h\r\n\r\n`;

function badMethod(random: Random): string {
  const octet = random.pick('()<>@,;:\\"/[]?={}\x80\xff\x7f\0');
  return random.pick([
    random.insert("GET", octet),
    random.text(plain, 25, 40),
    "CONNECT",
    ` ${random.pick(["GET", "POST"])}`,
    "",
  ]);
}

function badRequestLine(random: Random): string {
  const method = random.pick(["GET", "POST", "DELETE", "get", "X"]);
  const target = `/${random.text(plain, 0, 5)}`;
  switch (random.below(6)) {
    case 0:
      return line(method, " ", target, ` ${random.pick([...versions, ...otherVersions])}`);
    case 1:
      return line(method, random.pick(separators), target, " HTTP/1.1");
    case 2:
      return line(method, " ", target, `${random.pick(separators)}HTTP/1.1`);
    case 3:
      return line(badMethod(random), " ", target, " HTTP/1.1");
    case 4:
      return line(method, " ", random.pick(badTargets), " HTTP/1.1");
    default:
      return line(method, " ", target, random.pick(["", " "]));
  }
}

const badHosts =
  "a, b|u@a|u:p@a|a/b|a?b|a#b|a b|a\tb|a:b|a:99999|a:65536|a:-1|a:+1|a:1:1|[::1|::1|[::g]|[]|[1.2.3.4]".split(
    "|",
  );
const otherHosts =
  '[::1]a|[::1]:x|[v1.a]|[fe80::1%25a]|%zz|%|%4|:80|a,b|http://a|a\\b|<a>|"a"|{a}|a|b|^|`|evil.com:fake@legit.com'.split(
    "|",
  );

function badHost(random: Random): string {
  if (random.oneIn(2))
    return random.pick([...badHosts, ...otherHosts.filter((host) => !/^[a-z]$/.test(host))]);
  const name = `${random.text(plain, 2, 6)}.${random.text(plain, 2, 4)}`;
  const octet = random.pick('@/?#,\\"<>^`{|}[] \x01\x80\xff\xa0\0\x7f');
  return random.insert(name, octet, 1, name.length - 1);
}

function badHostHead(random: Random): string {
  const other = `${random.text(plain, 1, 5)}.example`;
  switch (random.below(7)) {
    case 0:
      return `${start(random)} HTTP/1.1\r\nA: ${random.text(plain, 0, 9)}\r\n\r\n`;
    case 1:
      return head(random, `${random.anyCase("Host")}: ${random.pick(["h", other, ""])}`);
    case 2:
      return `${start(random)} HTTP/1.1\r\nHost:${random.text(" \t", 0, 9)}\r\n\r\n`;
    case 3:
      return `GET http://${other}/${random.text(plain, 0, 4)} HTTP/1.1\r\nHost: ${random.pick(["h", "a.b"])}\r\n\r\n`;
    default:
      return `${start(random)} HTTP/1.1\r\nHost: ${badHost(random)}\r\n\r\n`;
  }
}

export const startLineRows: readonly ThreatRow[] = [
  {
    id: "class: request line",
    what: "HTTP/0.9, other versions, separators, methods and targets",
    statuses: [400, 501, 505],
    variant: (random) => badRequestLine(random),
  },
  {
    id: "class: request line",
    what: "no control, space, # or octet beyond ASCII in a target",
    statuses: [400],
    variant: (random, index) => {
      const octet = String.fromCharCode(hostileOctets[index % hostileOctets.length] ?? 0);
      // A space ends the target; what follows is then no version.
      const target = `/${random.insert(random.text(plain, 1, 8), octet)}`;
      return line(random.pick(["GET", "POST"]), " ", target, " HTTP/1.1");
    },
  },
  {
    id: "class: request line",
    what: "a target beyond 8 KiB",
    statuses: [414],
    variant: (random, index) => {
      const size = index % 25 === 0 ? random.between(8192, 8300) : 8192;
      return line("GET", " ", `/${random.text(plain, 1, 9)}${"a".repeat(size)}`, " HTTP/1.1");
    },
  },
  {
    id: "class: duplicate or invalid Host",
    what: "none, two, empty, malformed, or another than that of the target",
    statuses: [400],
    variant: badHostHead,
  },
  {
    id: "class: Expect desync",
    what: "an unknown expectation",
    statuses: [417],
    variant: (random) => {
      const value = random.pick([
        "",
        "100",
        "200-ok",
        "100-continue, 100-continue",
        "100-continue;a",
        `${random.text(plain, 1, 9)}`,
        random.insert("100-continue", random.pick(["x", " ", "\t", ",", "\xa0"]), 1, 11),
      ]);
      return head(random, `${random.anyCase("Expect")}: ${value}`, "Content-Length: 0");
    },
  },
];
