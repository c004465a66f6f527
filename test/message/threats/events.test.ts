/** Whatever the fields of a server-sent event hold, a reader sees one event with that data, or none was made. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatEvent } from "limpid/message";

interface ReadEvent {
  data: string;
  event: string;
  id: string;
}

/** A reader after HTML §9.2.6. */
function readEvents(text: string): ReadEvent[] {
  const events: ReadEvent[] = [];
  let [data, event, id, any] = ["", "", "", false];
  for (const line of text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/)) {
    if (line === "") {
      if (any) events.push({ data: data.slice(0, -1), event, id });
      [data, event, any] = ["", "", false];
      continue;
    }
    const [, name = line, value = ""] = /^([^:]*):? ?([\s\S]*)$/.exec(line) ?? [];
    if (name === "data") [data, any] = [`${data}${value}\n`, true];
    if (name === "event") event = value;
    if (name === "id" && !value.includes("\0")) id = value;
  }
  return events;
}

const piece = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    "\r",
    "\n",
    "\r\n",
    "\n\r",
    "\0",
    "\u0085",
    "\u2028",
    "\u2029",
    "\x0b",
    "\x0c",
    "\ufeff",
    " ",
    ":",
    "data:",
    "data: x",
    "\n\ndata: evil",
    "\rid: 1",
    "event: evil",
    "retry: 1",
    "\u010a",
    "\u560d",
  ),
);
const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(""));

test("CVE-2026-35515, CVE-2026-33128, GHSA-4hxc-9384-m385: 5,000 events are one event each, with the same fields", () => {
  let made = 0;
  fc.assert(
    fc.property(
      text,
      fc.option(text, { nil: undefined }),
      fc.option(text, { nil: undefined }),
      (data, event, id) => {
        const breaks = /[\r\n\0]/;
        let written: string;
        try {
          written = formatEvent({ data, event, id });
        } catch (error) {
          assert.equal((error as { code?: string }).code, "LMP_EVENT_FIELD_INVALID");
          assert.ok(breaks.test(event ?? "") || breaks.test(id ?? ""));
          return;
        }
        made++;
        const [read, ...others] = readEvents(`${written}data: next\n\n`);
        assert.equal(others.length, 1, JSON.stringify(written));
        assert.equal(others[0]?.data, "next");
        assert.equal(read?.data, data.replace(/\r\n|\r/g, "\n"));
        assert.equal(read?.event, event ?? "");
        assert.equal(read?.id, id ?? "");
      },
    ),
    { numRuns: 5000 },
  );
  assert.ok(made > 1000, `${made} were made`);
});
