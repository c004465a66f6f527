/** F-01: every curated case has its status and its state of the connection, in every fragmentation. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { corpus } from "./corpus/index.ts";
import { feed, octetsOf } from "./feeding.ts";

let executions = 0;

// The stacks of so many refusals would be most of the time.
before(() => {
  Error.stackTraceLimit = 0;
});

after(() => {
  assert.ok(executions >= 100_000, `${executions} executions`);
});

/** Whole, octet by octet, and cut in two at every place; a long one at so many places as a short one has. */
function* fragmentations(octets: Uint8Array): Generator<Uint8Array[]> {
  yield [octets];
  yield Array.from(octets, (octet) => Uint8Array.of(octet));
  const stride = Math.ceil(octets.length / 600);
  for (let at = 1; at < octets.length; at += stride) yield [octets.subarray(0, at), octets.subarray(at)];
}

for (const { topic, cases } of corpus) {
  test(`F-01: ${topic}: ${cases.length} cases in every fragmentation`, () => {
    for (const { name, octets, status, messages, state } of cases) {
      const expected = `${status} ${messages} ${state}`;
      const codes = new Set<string | undefined>();
      for (const pieces of fragmentations(octetsOf(octets))) {
        const outcome = feed(pieces);
        const whole = outcome.messages.filter(({ complete }) => complete).length;
        if (`${outcome.status} ${whole} ${outcome.state}` !== expected) {
          assert.fail(
            `${name}: ${outcome.status} ${whole} ${outcome.state} ${outcome.code}, wanted ${expected}`,
          );
        }
        codes.add(outcome.code);
        executions++;
      }
      assert.equal(codes.size, 1, `${name}: the error depends on the fragmentation`);
    }
  });
}

test("F-01: there are at least 600 cases", () => {
  const total = corpus.reduce((sum, { cases }) => sum + cases.length, 0);
  assert.ok(total >= 600, `${total} cases`);
});
