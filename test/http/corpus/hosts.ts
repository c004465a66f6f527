/** `Host` (RFC 9112 §3.2): exactly one in HTTP/1.1, and nothing but a host and a port. */
import { accepted, type Case, everyOctet, refused } from "./case.ts";

const host = (value: string): string => `GET / HTTP/1.1\r\nHost:${value}\r\n\r\n`;
const split = (list: string): string[] => list.split(" ");

const isHostCharacter = (octet: string): boolean => /^[A-Za-z0-9\-._~!$&'()*+;=]$/.test(octet);
const malformed = [
  ...split(
    "a,b u@a u:p@a @a a@ a/b / a?b ? a#b # a\\b \\ http://a //a a: :80 : :: a:b a:1b a:-1 a:+1 a:0x50 a:65536",
  ),
  ...split(
    "a:99999 a:100000 a:1:1 a:80:80 a:80, a:8\xb2 [::1 ::1 ::1] [] [::g] [1.2.3.4] [::1]a [::1]:x [::1]:65536",
  ),
  ...split(
    "[v1.a] [fe80::1%25eth0] [fe80::1%eth0] [:::] [1:2:3:4:5:6:7] [1:2:3:4:5:6:7:8:9] [1::2::3] [12345::] [[::1]]",
  ),
  ...split('% %z %zz %4 a%2 a% %%20 <a> "a" {a} a|b a^b a` evil.com:fake@legit.com \xe4.de a\xa0 \xff'),
].filter((value) => value !== "a:");

export const hosts: readonly Case[] = [
  ...accepted(
    "host",
    everyOctet.filter(isHostCharacter).map((octet) => host(` a${octet}b`)),
  ),
  ...refused(
    "host",
    400,
    // A colon begins the port, and a letter is none.
    everyOctet.filter((octet) => !isHostCharacter(octet)).map((octet) => host(` a${octet}b`)),
  ),
  ...refused(
    "host",
    400,
    malformed.map((value) => host(` ${value}`)),
  ),
  ...refused("empty host", 400, ["", " ", "\t", " \t "].map(host)),
  ...accepted(
    "host",
    split(
      "a a.b a:80 a: a:0 a:65535 127.0.0.1 127.0.0.1:8 [::] [::1] [::1]:80 [1:2:3:4:5:6:7:8] [::ffff:1.2.3.4] a%20b xn--a A.B",
    ),
  ).map((entry) => ({ ...entry, octets: host(` ${entry.octets}`) })),
  ...refused("no host", 400, [
    "GET / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\nA: b\r\n\r\n",
    "GET http://a/ HTTP/1.1\r\n\r\n",
  ]),
  ...refused(
    "two hosts",
    400,
    ["Host: a", "Host: b", "host: a", "HOST:", "hOsT: a:80"].flatMap((line) => [
      `GET / HTTP/1.1\r\nHost: a\r\n${line}\r\n\r\n`,
      `GET / HTTP/1.1\r\n${line === "HOST:" ? "Host: a" : line}\r\nA: b\r\nHost: a\r\n\r\n`,
    ]),
  ),
  ...accepted(
    "HTTP/1.0 without a host",
    ["GET / HTTP/1.0\r\n\r\n", "GET http://a/ HTTP/1.0\r\n\r\n"],
    "closed",
  ),
  ...refused("HTTP/1.0 with a bad host", 400, [
    "GET / HTTP/1.0\r\nHost: a b\r\n\r\n",
    "GET / HTTP/1.0\r\nHost:\r\n\r\n",
  ]),
];
