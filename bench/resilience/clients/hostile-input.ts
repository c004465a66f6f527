/** What no server should be sent, one piece of it at a time. Each is answered with an error, or with silence. */

const host = "Host: localhost\r\n";

/** Whole and broken messages as they go over the wire. */
export const hostileInputs: readonly string[] = [
  "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "GET / HTTP/1.1\r\n\r\n",
  `GET / HTTP/1.1\r\n${host}${host}\r\n`,
  `GET /\0 HTTP/1.1\r\n${host}\r\n`,
  `GET / HTTP/1.1\r\n${host}X-Folded: a\r\n b\r\n\r\n`,
  `GET / HTTP/1.1\r\n${host}X-Big: ${"x".repeat(20_000)}\r\n\r\n`,
  `GET / HTTP/1.1\r\n${host}${"X-Many: 1\r\n".repeat(200)}\r\n`,
  `GET /${"x".repeat(10_000)} HTTP/1.1\r\n${host}\r\n`,
  `POST /upload HTTP/1.1\r\n${host}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  `POST /upload HTTP/1.1\r\n${host}Content-Length: 3\r\nContent-Length: 4\r\n\r\nxxxx`,
  `POST /upload HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`,
  `POST /upload HTTP/1.1\r\n${host}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
  `POST /upload HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
  `POST /upload HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n5;${"x".repeat(5000)}\r\nhello\r\n0\r\n\r\n`,
  `POST /json HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 50000\r\n\r\n${"[".repeat(50_000)}`,
  `POST /json HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 20\r\n\r\n{"__proto__":{"a":1}`,
  `POST /upload HTTP/1.1\r\n${host}Content-Length: 1000000\r\n\r\nhalf`,
  `GET / HTTP/1.1\r\n${host}X-Half: `,
  `\r\n\r\n\r\n\r\n`,
  `GET http://user@other/ HTTP/1.1\r\n${host}\r\n`,
  `CONNECT localhost:25 HTTP/1.1\r\n${host}\r\n`,
];
