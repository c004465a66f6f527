/** What cannot be framed in one way only is refused: a thousand variants of each class, in every fragmentation. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { feed, type Outcome, octetsOf, smuggled } from "../feeding.ts";
import { Random } from "./random.ts";
import type { ThreatRow } from "./row.ts";
import { refusedRows } from "./rows/index.ts";

const variants = 1000;

// The stacks of a hundred thousand refusals would be most of the time.
before(() => {
  Error.stackTraceLimit = 0;
});

function check({ statuses }: ThreatRow, outcome: Outcome, shown: string): void {
  assert.ok(statuses.includes(outcome.status ?? 0), `${outcome.status} ${outcome.code}: ${shown}`);
  assert.equal(outcome.state, "failed", shown);
  assert.ok(
    outcome.messages.every(({ target, complete }) => target !== "/smuggled" && !complete),
    `a request was seen in ${shown}`,
  );
}

/** The message whole, octet by octet, cut at random places, and once in a while at every place. */
function* fragmentations(octets: Uint8Array, random: Random, index: number): Generator<Uint8Array[]> {
  yield [octets];
  // Thousands of pieces of a message that is one of a thousand alike show nothing new.
  if (octets.length < 1500 || index % 50 === 0) yield Array.from(octets, (octet) => Uint8Array.of(octet));
  for (let times = 0; times < 4; times++) yield random.cut(octets, 3);
  if (index % 20 !== 0 || octets.length > 1500) return;
  for (let at = 1; at < octets.length; at++) yield [octets.subarray(0, at), octets.subarray(at)];
}

for (const row of refusedRows) {
  test(`${row.id}: ${row.what}: ${variants} variants`, () => {
    const random = new Random(row.id + row.what);
    const seen = new Set<string>();
    for (let index = 0; seen.size < variants; index++) {
      assert.ok(index < variants * 5, `only ${seen.size} variants differ`);
      const variant = row.variant(random, index);
      if (seen.has(variant)) continue;
      seen.add(variant);
      const shown = JSON.stringify(variant.slice(0, 300));
      const octets = Buffer.concat([octetsOf(variant), octetsOf(smuggled)]);
      const codes = new Set<string | undefined>();
      for (const pieces of fragmentations(octets, random, index)) {
        const outcome = feed(pieces);
        check(row, outcome, shown);
        codes.add(outcome.code);
      }
      assert.equal(codes.size, 1, `the error depends on the fragmentation: ${shown}`);
    }
  });
}
