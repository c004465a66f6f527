/** A parser that remembers heads gives out what one without a memory does, whoever else shares the memory. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { HeadMemo, ProtocolError, RequestParser } from "limpid/http";
import { octetsOf } from "./feeding.ts";
import { Random } from "./threats/random.ts";
import { chunk, chunked, head, plain } from "./threats/row.ts";
import { refusedRows } from "./threats/rows/index.ts";

before(() => {
  Error.stackTraceLimit = 0;
});

/** What came out so far, as text. */
class Reader {
  readonly parser: RequestParser;
  seen = "";

  constructor(memo?: HeadMemo) {
    this.parser = new RequestParser({}, memo);
  }

  read(piece: Uint8Array): void {
    this.parser.push(Uint8Array.from(piece));
    try {
      for (let event = this.parser.next(); event !== undefined; event = this.parser.next()) {
        if (event.kind === "data") this.seen += Buffer.from(event.bytes).toString("latin1");
        else if (event.kind === "end") this.seen += `|${event.trailers?.serialize() ?? ""}\n`;
        else {
          const { headers, method, target, path, query, minorVersion, host, framing, keepAlive, upgrade } =
            event.head;
          this.seen += JSON.stringify([
            method,
            target,
            path,
            query,
            minorVersion,
            host,
            framing,
            keepAlive,
            upgrade,
          ]);
          this.seen += headers.serialize();
          // An application may write into the fields of its request.
          headers.set("X-Written", this.seen.length);
          headers.delete("Host");
        }
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.seen += error.code;
    }
    this.seen += this.parser.state === "head" ? "" : this.parser.state;
  }
}

/** A few messages that come again and again, and some that differ from them in one octet. */
function conversation(random: Random, pool: readonly string[]): string {
  let text = "";
  for (let left = random.between(1, 8); left > 0; left--) {
    const message = random.pick(pool);
    const at = random.below(message.length);
    const nearly = message.slice(0, at) + random.pick(`${plain}\r\n :`) + message.slice(at + 1);
    text += random.oneIn(6) ? nearly : message;
    if (random.oneIn(12)) text += "\r\n";
  }
  return text;
}

function messages(random: Random): string[] {
  return [
    "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
    `GET /${random.text(plain, 1, 3)}?a HTTP/1.1\r\nHost: h\r\n\r\n`,
    head(random, `X-Long: ${random.text(plain, 90, 2100)}`),
    `${head(random, "Content-Length: 4")}GET `,
    `${chunked(random, chunk(random))}0\r\n\r\n`,
    "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
    random.pick(refusedRows).variant(random, 1),
  ];
}

test("3,000 conversations over parsers that share a memory, in random pieces", () => {
  const random = new Random("memo");
  let memo = new HeadMemo();
  let pool = messages(random);
  for (let round = 0; round < 3000; round++) {
    if (random.oneIn(50)) memo = new HeadMemo();
    if (random.oneIn(5)) pool = messages(random);
    const readers = Array.from({ length: 3 }, () => ({ alone: new Reader(), shared: new Reader(memo) }));
    const texts = readers.map(() => octetsOf(conversation(random, pool)));
    const pieces = texts.map((text) => (random.oneIn(2) ? [text] : random.cut(text, 5)));
    // The connections take turns, so that each meets what another has left in the memory.
    for (let turn = 0; turn < 7; turn++) {
      for (const [index, { alone, shared }] of readers.entries()) {
        const piece = pieces[index]?.[turn];
        if (piece === undefined) continue;
        alone.read(piece);
        shared.read(piece);
        assert.equal(shared.seen, alone.seen, JSON.stringify(Buffer.from(texts[index]!).toString("latin1")));
        assert.equal(shared.parser.started, alone.parser.started);
        assert.equal(shared.parser.buffered, alone.parser.buffered);
      }
    }
  }
});
