/** Request lines (RFC 9112 §3): methods, separators, targets, versions. */
import { accepted, type Case, everyOctet, isTokenCharacter, line, refused } from "./case.ts";

const inMethod = (octet: string): string => line(`G${octet}T / HTTP/1.1`);
const inTarget = (octet: string): string => line(`GET /a${octet}b HTTP/1.1`);
const isTargetCharacter = (octet: string): boolean => octet > " " && octet < "\x7f" && octet !== "#";

const versions505 = "HTTP/0.0 HTTP/0.9 HTTP/2.0 HTTP/2.1 HTTP/3.0 HTTP/9.9".split(" ");
const versions400 = [
  ..."HTTP/1.10 HTTP/01.1 HTTP/1 HTTP/1. HTTP/.1 HTTP/ HTTP HTTP1.1 HTTP/1,1 HTTP/1:1 HTTP/11 HTTP/1.1.1".split(
    " ",
  ),
  ..."http/1.1 Http/1.1 HTTp/1.1 HTTP\\1.1 HTTP//1.1 HTTPS/1.1 ICE/1.0 RTSP/1.0 SIP/2.0 XTTP/1.1 HTTP/a.1".split(
    " ",
  ),
  ..."HTTP/1.a HTTP/+1.1 HTTP/-1.1 HTTP/1.-1 HTTP/1.1x HTTP/1.1; HTTP/1.1, HTTP/\xb9.1 1.1 HTTP/0x1.1".split(
    " ",
  ),
];
const targets400 = [
  ..."a a/b ./a ../a ?a :80 h:80 example.com example.com/a * *a **  #a /#a /a#b /a?b#c ftp://h/a file:///a".split(
    " ",
  ),
  ..."http: http:/ http:a http:/a http:// http:///a http://:80/ http://@h/ http://u@h/ http://u:p@h/ https://".split(
    " ",
  ),
  ..."http://a:b/ http://a:99999/ http://[::1/ http://[g]/ http://a,b/ http://a\\b/ http://%zz/ //http://h/ javascript:a".split(
    " ",
  ),
].filter((target) => target !== "" && target !== "//http://h/");

export const requestLines: readonly Case[] = [
  ...accepted("method", everyOctet.filter(isTokenCharacter).map(inMethod)),
  ...refused(
    "method",
    400,
    everyOctet.filter((octet) => !isTokenCharacter(octet) && octet !== " ").map(inMethod),
  ),
  ...refused("method of 25 octets or more", 501, [
    line(`${"A".repeat(25)} / HTTP/1.1`),
    line("A".repeat(400)),
  ]),
  ...refused("CONNECT", 501, [
    line("CONNECT h:80 HTTP/1.1"),
    line("CONNECT / HTTP/1.1"),
    line("CONNECT * HTTP/1.1"),
  ]),
  ...accepted("method", [
    line(`${"A".repeat(24)} / HTTP/1.1`),
    line("get / HTTP/1.1"),
    line("CONNEC / HTTP/1.1"),
  ]),
  ...accepted("target", everyOctet.filter(isTargetCharacter).map(inTarget)),
  ...refused("target", 400, everyOctet.filter((octet) => !isTargetCharacter(octet)).map(inTarget)),
  ...refused(
    "target",
    400,
    targets400.map((target) => line(`GET ${target} HTTP/1.1`)),
  ),
  ...refused(
    "asterisk-form",
    400,
    ["GET", "POST", "HEAD", "M-SEARCH", "options"].map((m) => line(`${m} * HTTP/1.1`)),
  ),
  ...accepted("asterisk-form", [line("OPTIONS * HTTP/1.1")]),
  ...accepted(
    "absolute-form",
    "http://h HTTP://H http://h/ http://h/a http://h/a?b http://h:80/ http://h:/ http://h?a https://h:443/ https://h"
      .split(" ")
      .map((target) => line(`GET ${target} HTTP/1.1`)),
  ),
  ...refused(
    "absolute-form for another host than Host",
    400,
    "http://other http://h.example/ http://h:81/ https://h:80/ http://hh/"
      .split(" ")
      .map((t) => line(`GET ${t} HTTP/1.1`)),
  ),
  ...refused(
    "target beyond 8 KiB",
    414,
    [8193, 8194, 9000, 20_000].map((n) => line(`GET ${"/".repeat(n)} HTTP/1.1`)),
  ),
  ...accepted("target of 8 KiB", [line(`GET ${"/".repeat(8192)} HTTP/1.1`)]),
  ...refused(
    "version",
    505,
    versions505.map((version) => line(`GET / ${version}`)),
  ),
  ...refused(
    "version",
    400,
    versions400.map((version) => line(`GET / ${version}`)),
  ),
  ...accepted(
    "later minor version",
    ["1.2", "1.5", "1.9"].map((version) => line(`GET / HTTP/${version}`)),
  ),
  ...refused("separator", 400, [
    ...["  ", "\t", " \t", "\x0b", "\x0c", "\xa0", "\0", "\x85", "\r"].map((gap) =>
      line(`GET${gap}/ HTTP/1.1`),
    ),
    ...["  ", "\t", " \t", "\x0b", "\x0c", "\xa0", "\0", "\x85", "\r"].map((gap) =>
      line(`GET /${gap}HTTP/1.1`),
    ),
    ...[" ", "\t", "\0", "\r", "\x0b", " \t", " x", "\xa0"].map((gap) => line(`GET / HTTP/1.1${gap}`)),
  ]),
  ...refused(
    "line end",
    400,
    ["\n", "\r", "\r\r\n", "\n\r", "\0\r\n"].map((end) => `GET / HTTP/1.1${end}Host: h\r\n\r\n`),
  ),
  ...refused("HTTP/0.9", 400, [
    "GET /\r\n",
    "GET / \r\n",
    "GET\r\n",
    "GET /\n",
    "GET /\r\n\r\n",
    line("GET /"),
    line("GET"),
  ]),
  ...refused("begin", 400, [
    ...[
      " ",
      "\t",
      "\n",
      "\0",
      "\r\r",
      "\rG",
      "\r\n ",
      "\r\n\n",
      "\xef\xbb\xbf",
      "\x16\x03\x01",
      "\x80",
      ":",
      "/",
      '"',
    ].map((begin) => `${begin}${line("GET / HTTP/1.1")}`),
    `${"\r\n".repeat(5)}${line("GET / HTTP/1.1")}`,
  ]),
  ...accepted(
    "empty lines before",
    [1, 2, 3, 4].map((n) => "\r\n".repeat(n) + line("GET / HTTP/1.1")),
  ),
  ...refused(
    "HTTP/2 preface",
    505,
    ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"].map((text) => text.replace("*", "/")),
  ),
  ...refused("HTTP/2 preface", 400, ["PRI * HTTP/1.1\r\nHost: h\r\n\r\n"]),
];
