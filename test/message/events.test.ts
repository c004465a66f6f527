/** Server-sent events: whatever the data, a reader sees exactly one event with the same data. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatEvent, Response, type ServerSentEvent } from "limpid/message";

/** A reader after HTML §9.2.6. */
function parseEvents(text: string): { data: string; event: string; id: string }[] {
  const events = [];
  let [data, event, id] = ["", "", ""];
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line === "") {
      if (data !== "") events.push({ data: data.slice(0, -1), event, id });
      [data, event] = ["", ""];
      continue;
    }
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") data += `${value}\n`;
    if (name === "event") event = value;
    if (name === "id") id = value;
  }
  return events;
}

test("CVE-2026-35515: any data is one event, with line ends brought to one form", () => {
  const piece = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("\r", "\n", "\r\n", "\0", "\u2028", "\u2029", "data: x", "\n\nid: 1"),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const data = pieces.join("");
      const [event, ...others] = parseEvents(formatEvent({ data }));
      assert.equal(others.length, 0);
      assert.equal(event?.data, data.replace(/\r\n|\r/g, "\n"));
    }),
  );
});

test("a line break or NUL in id or event is refused", () => {
  for (const character of ["\r", "\n", "\r\n", "\0"]) {
    assert.throws(() => formatEvent({ data: "", id: `a${character}b` }), { code: "LMP_EVENT_FIELD_INVALID" });
    assert.throws(() => formatEvent({ data: "", event: `a${character}b` }), {
      code: "LMP_EVENT_FIELD_INVALID",
    });
  }
  for (const retry of [-1, 1.5, Number.NaN]) {
    assert.throws(() => formatEvent({ data: "", retry }), { code: "LMP_EVENT_FIELD_INVALID" });
  }
});

test("a response of events has its type, is not cached, and keeps every field", async () => {
  async function* source(): AsyncGenerator<ServerSentEvent> {
    yield { data: { n: 1 }, event: "count", id: "7", retry: 500 };
  }
  const response = Response.events(source());
  assert.equal(response.headers.get("content-type"), "text/event-stream; charset=utf-8");
  assert.equal(response.headers.get("cache-control"), "no-cache");
  assert.equal(await response.text(), 'event: count\nid: 7\nretry: 500\ndata: {"n":1}\n\n');
});
