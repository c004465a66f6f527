/** F-01 over real sockets: every curated case, each on a connection of its own with a request behind it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { corpus } from "../http/corpus/index.ts";
import { octetsOf } from "../http/feeding.ts";
import { concurrently, ending, target } from "./threats/sockets.ts";

const behind = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

for (const { topic, cases } of corpus) {
  test(`F-01: ${topic}: ${cases.length} cases over a socket`, async (t) => {
    const { port, hits } = await target(t);
    let expectedHits = 0;
    await concurrently(cases, 16, async ({ name, octets, status, messages, state }) => {
      // A request behind an unfinished message would finish it, or be taken for a part of it.
      const isWhole = state === "head" && messages > 0;
      const ends = state === "failed" || state === "closed" || isWhole;
      const { responses, finished } = await ending(
        port,
        [octetsOf(octets + (ends ? behind : ""))],
        !ends || isWhole,
      );
      const statuses = responses.map((response) => response.status).filter((one) => one !== 100);
      const expected: number[] = Array(messages).fill(200);
      if (isWhole) {
        expected.push(200);
        expectedHits++;
      } else if (status !== undefined) expected.push(status);
      else if (state !== "closed" && octets.replaceAll("\r\n", "") !== "") expected.push(400);
      assert.deepEqual(statuses, expected, name);
      assert.ok(finished, `no proper end: ${name}`);
    });
    assert.equal(hits(), expectedHits);
  });
}
