/** Several messages, messages that end the connection, and messages that have no end. */
import { type Case, chunked, fields, line, shown } from "./case.ts";

const get = line("GET / HTTP/1.1");
const post = `${fields("Content-Length: 5")}hello`;
const pieces = chunked("5\r\nhello\r\n0\r\n\r\n");
const closing = fields("Connection: close");
const old = "GET / HTTP/1.0\r\n\r\n";

function ends(topic: string, octets: string, messages: number, state: Case["state"], status?: number): Case {
  return { name: `${topic}: ${shown(octets)}`, octets, status, messages, state };
}

const bad: [octets: string, status: number][] = [
  ["\0", 400],
  ["GET / HTTP/1.1\r\n\r\n", 400],
  [" ", 400],
  ["\n", 400],
  [line("GET / HTTP/2.0"), 505],
  [line(`${"A".repeat(25)} / HTTP/1.1`), 501],
  [fields("Content-Length: x"), 400],
  [fields("Transfer-Encoding: gzip"), 501],
  [fields("Expect: x"), 417],
  [fields("A: 1\r\n".repeat(120)), 431],
];

export const connections: readonly Case[] = [
  ...[get, post, pieces].flatMap((first) =>
    [get, post, pieces].map((second) => ends("two messages", first + second, 2, "head")),
  ),
  ends("sixteen messages", get.repeat(16), 16, "head"),
  ends("empty lines between", `${get}\r\n${get}\r\n\r\n${post}\r\n`, 3, "head"),
  ...[
    closing,
    old,
    fields("Connection: Close"),
    fields("Connection: x, close"),
    fields("Connection: CLOSE,,"),
  ].flatMap((last) => [
    ends("nothing behind the last message", last + get, 1, "closed"),
    ends("nothing behind the last message, not even what is malformed", `${last}\0\n`, 1, "closed"),
    ends("nothing behind the last message", get + last + post, 2, "closed"),
  ]),
  ends("HTTP/1.0 that stays", `GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n${get}`, 2, "head"),
  ends(
    "HTTP/1.0 that says both",
    `GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n${get}`,
    1,
    "closed",
  ),
  ...[get, post, pieces].flatMap((good) =>
    bad.map(([octets, status]) =>
      ends(`a good message, then ${status}`, good + octets + get, 1, "failed", status),
    ),
  ),
  ends("nothing", "", 0, "head"),
  ends("an empty line", "\r\n", 0, "head"),
  ends("half a request line", "GET / HT", 0, "head"),
  ends("half a head", "GET / HTTP/1.1\r\nHost: h\r\nA", 0, "head"),
  ends("a head without its end", "GET / HTTP/1.1\r\nHost: h\r\n\r", 0, "head"),
  ends("no content", fields("Content-Length: 5"), 0, "body"),
  ends("half of the content", `${fields("Content-Length: 5")}he`, 0, "body"),
  ...[
    "",
    "5",
    "5\r",
    "5\r\n",
    "5\r\nhe",
    "5\r\nhello",
    "5\r\nhello\r",
    "5\r\nhello\r\n",
    "0\r\n",
    "0\r\n\r",
    "0\r\nA: b",
    ";",
  ]
    .slice(0, 11)
    .map((body) => ends("chunks without an end", chunked(body), 0, "body")),
];
