/** F-06: parse(x) is parse(any split of x), over a hundred thousand random splits of random messages. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { feed, octetsOf, smuggled } from "./feeding.ts";
import { Random } from "./threats/random.ts";
import { chunk, chunked, head, plain } from "./threats/row.ts";
import { refusedRows } from "./threats/rows/index.ts";

before(() => {
  Error.stackTraceLimit = 0;
});

/** A message that is accepted, refused or somewhere between, at most 512 octets of it and what follows. */
function message(random: Random, index: number): Uint8Array {
  let text: string;
  const kind = random.below(4);
  if (kind === 0) text = chunked(random, `${chunk(random)}${chunk(random, ";a=b")}0\r\nX-Sum: 1\r\n\r\n`);
  else if (kind === 1) text = `${head(random, "Content-Length: 9")}${random.text(plain, 9, 9)}`;
  else text = random.pick(refusedRows).variant(random, index);
  const octets = Uint8Array.from(octetsOf((text + smuggled).slice(0, 512)));
  for (let times = random.below(3); times > 0; times--)
    octets[random.below(octets.length)] = random.below(256);
  return octets;
}

test("F-06: 20,000 random messages, five splits each", () => {
  const random = new Random("splits");
  for (let index = 0; index < 20_000; index++) {
    const octets = message(random, index);
    const whole = JSON.stringify(feed([octets]));
    for (let times = 0; times < 5; times++) {
      const pieces =
        times === 0 ? Array.from(octets, (octet) => Uint8Array.of(octet)) : random.cut(octets, times * 2);
      const outcome = JSON.stringify(feed(pieces));
      if (outcome !== whole) assert.deepEqual(JSON.parse(outcome), JSON.parse(whole), shown(octets, pieces));
    }
  }
});

test("F-06: 100 random messages, cut at every place and with an empty piece there", () => {
  const random = new Random("all splits");
  for (let index = 0; index < 100; index++) {
    const octets = message(random, index);
    const whole = JSON.stringify(feed([octets]));
    for (let at = 0; at <= octets.length; at++) {
      const pieces = [octets.subarray(0, at), new Uint8Array(0), octets.subarray(at)];
      assert.equal(JSON.stringify(feed(pieces)), whole, shown(octets, pieces));
    }
  }
});

function shown(octets: Uint8Array, pieces: Uint8Array[]): string {
  return `${JSON.stringify(Buffer.from(octets).toString("latin1"))} cut at ${pieces.map(({ length }) => length)}`;
}
