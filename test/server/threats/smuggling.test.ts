/** The refused classes over real sockets: the status, the end, and nothing behind it ever reaches the application. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { octetsOf } from "../../http/feeding.ts";
import { Random } from "../../http/threats/random.ts";
import { refusedRows } from "../../http/threats/rows/index.ts";
import { concurrently, ending, target } from "./sockets.ts";

const sample = 32;
const smuggled = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

for (const row of refusedRows) {
  test(`${row.id}: ${row.what}: ${sample} variants over a socket`, async (t) => {
    const { port, hits } = await target(t);
    const random = new Random(`socket ${row.id}${row.what}`);
    const variants = Array.from({ length: sample }, (_, index) => row.variant(random, index * 7));
    await concurrently(variants, 8, async (variant, index) => {
      const octets = octetsOf(variant + smuggled);
      const bytewise = index % 4 === 3 && octets.length < 400;
      const pieces = bytewise ? Array.from(octets, (octet) => Uint8Array.of(octet)) : random.cut(octets, 2);
      const { responses, finished } = await ending(port, index % 4 === 0 ? [octets] : pieces);
      const shown = JSON.stringify(variant.slice(0, 300));
      assert.deepEqual(
        responses.map(({ status }) => row.statuses.includes(status)),
        [true],
        `${responses.map(({ status }) => status)}: ${shown}`,
      );
      assert.equal(responses[0]?.headers.get("connection"), "close", shown);
      assert.ok(finished, `no proper end: ${shown}`);
    });
    assert.equal(hits(), 0);
  });
}
