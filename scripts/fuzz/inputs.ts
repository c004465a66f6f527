/** Makes the inputs: real requests and known attacks, changed in a few places or put together anew. */
import { Random } from "../../test/http/threats/random.ts";
import { chunk, chunked, head, plain } from "../../test/http/threats/row.ts";
import { refusedRows } from "../../test/http/threats/rows/index.ts";

const browser = [
  "GET /search?q=t%C3%A9a&page=2 HTTP/1.1",
  "Host: example.com:8000",
  "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "Accept-Language: en-GB,en;q=0.7,de;q=0.3",
  "Accept-Encoding: gzip, deflate, br, zstd",
  "Cookie: theme=dark; session=0a1b2c3d4e5f",
  "Connection: keep-alive",
].join("\r\n");

/** What clients send. */
const real: readonly string[] = [
  `${browser}\r\n\r\n`,
  "GET / HTTP/1.1\r\nHost: h\r\nAccept: */*\r\n\r\n",
  "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
  "POST /form HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 11\r\n\r\na=1&b=2&c=3",
  'POST /api HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{"name":"Alice"}'.slice(
    0,
    -1,
  ),
  "PUT /file HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n6\r\n world\r\n0\r\nX-Sum: 1\r\n\r\n",
  "POST / HTTP/1.1\r\nHost: [::1]:80\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
  "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n",
  "GET http://h/a?b HTTP/1.1\r\nHost: h\r\n\r\n",
  "GET /chat HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n",
  "DELETE /a/b/c HTTP/1.1\r\nHost: h\r\nConnection: close\r\nAuthorization: Basic YTpi\r\n\r\n",
];

/** What attackers put between two readers' understandings. */
const fragments: readonly string[] = [
  ..."\r|\n|\r\n|\r\n\r\n|\n\n|\0|\t| |  |:| :|;|,|\x0b|\x0c|\x7f|\x80|\x85|\xa0|\xff|#|?|/|*|@|%|+|-|0x|_".split(
    "|",
  ),
  ..."0|1|5|00|ffffffffffffffff|9007199254740993|chunked|Chunked|identity|close|keep-alive|upgrade|100-continue".split(
    "|",
  ),
  ..."Host: b\r\n|Content-Length: 0\r\n|Content-Length: 5\r\n|Transfer-Encoding: chunked\r\n|Connection: close\r\n".split(
    "|",
  ),
  ..."Expect: 100-continue\r\n|Transfer-Encoding : chunked\r\n|HTTP/1.1|HTTP/1.0|HTTP/2.0|0\r\n\r\n|5\r\nhello\r\n".split(
    "|",
  ),
  ...[
    "GET",
    "HEAD",
    "CONNECT",
    '"',
    "\\",
    "=",
    'a;a="',
    "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
    "__proto__: 1\r\n",
  ],
];

/** An endless, reproducible row of inputs. */
export class Inputs {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  /** The next input: one message or a few, from untouched to unrecognisable. */
  next(): Buffer {
    const random = this.#random;
    let text = this.#seed();
    if (random.oneIn(4)) text += this.#seed();
    const manner = random.below(4);
    if (manner === 0) return Buffer.from(text, "latin1");
    for (let times = random.between(1, random.oneIn(4) ? 8 : 3); times > 0; times--) {
      text = manner === 1 ? this.#reword(text) : this.#mutate(text);
    }
    return Buffer.from(text, "latin1");
  }

  /** Places at which the octets of an input are cut. */
  cut(octets: Uint8Array): Uint8Array[] {
    return this.#random.cut(octets, 4);
  }

  #seed(): string {
    const random = this.#random;
    switch (random.below(8)) {
      case 0:
        return random.pick(refusedRows).variant(random, random.below(512));
      case 1:
        return `${chunked(random, chunk(random) + chunk(random))}0\r\n\r\n`;
      case 2: {
        const content = random.text(`${plain}\r\n`, 0, random.oneIn(30) ? 5000 : 40);
        return head(random, `Content-Length: ${content.length}`) + content;
      }
      case 3:
        return head(random, `X-${random.text(plain, 1, 9)}: ${random.text(plain, 0, 90)}`);
      default:
        return random.pick(real);
    }
  }

  /** Changes a letter or digit into another: mostly the message stays one. */
  #reword(text: string): string {
    const random = this.#random;
    const at = random.below(text.length);
    return /[A-Za-z0-9]/.test(text[at] ?? "")
      ? text.slice(0, at) + random.pick(plain) + text.slice(at + 1)
      : text;
  }

  #mutate(text: string): string {
    const random = this.#random;
    const at = random.below(text.length + 1);
    const end = at + random.between(1, random.oneIn(5) ? 40 : 4);
    const octet = String.fromCharCode(random.below(256));
    switch (random.below(7)) {
      case 0:
        return text.slice(0, at) + random.pick(fragments) + text.slice(at);
      case 1:
        return text.slice(0, at) + random.pick(fragments) + text.slice(end);
      case 2:
        return text.slice(0, at) + text.slice(end);
      case 3:
        return text.slice(0, end) + text.slice(at);
      case 4:
        return text.slice(0, at) + octet + text.slice(at + 1);
      case 5:
        return (
          text.slice(0, at) + octet.repeat(random.oneIn(40) ? 9000 : random.between(1, 9)) + text.slice(at)
        );
      default:
        return this.#moveLine(text);
    }
  }

  /** Takes a line and puts it, or a copy of it, somewhere else. */
  #moveLine(text: string): string {
    const random = this.#random;
    const lines = text.split("\r\n");
    const line = lines[random.below(lines.length)] ?? "";
    lines.splice(
      random.below(lines.length + 1),
      random.below(2),
      random.oneIn(2) ? line : random.anyCase(line),
    );
    return lines.join("\r\n");
  }
}
