/** Ranges: what is asked for, what is refused, and that nothing makes an answer much longer than the whole. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { byteRanges, contentRange, parseRange, unsatisfiedRange } from "limpid/http";
import { hostileText } from "./hostile-text.ts";

const asked = (field: string, size = 10_000): string => {
  const set = parseRange(field, size);
  return set.kind === "ranges" ? set.ranges.map(({ first, last }) => `${first}-${last}`).join() : set.kind;
};

test("the examples of RFC 9110 §14.1.2", () => {
  assert.equal(asked("bytes=0-499"), "0-499");
  assert.equal(asked("bytes=500-999"), "500-999");
  assert.equal(asked("bytes=-500"), "9500-9999");
  assert.equal(asked("bytes=9500-"), "9500-9999");
  assert.equal(asked("bytes=0-0,-1"), "0-0,9999-9999");
  assert.equal(asked("bytes= 0-999, 4500-5499, -1000"), "0-999,4500-5499,9000-9999");
  assert.equal(asked("bytes=500-600,601-999"), "500-999");
  assert.equal(asked("bytes=500-700,601-999"), "500-999");
});

test("an end behind the last byte is the last byte", () => {
  assert.equal(asked("bytes=0-99999"), "0-9999");
  assert.equal(asked("bytes=-99999"), "0-9999");
  assert.equal(asked(`bytes=5-${"9".repeat(400)}`), "5-9999");
});

test("what has no byte in the representation is unsatisfiable", () => {
  for (const field of ["bytes=10000-", "bytes=10000-10001,20000-", "bytes=-0", `bytes=${"9".repeat(400)}-`]) {
    assert.equal(asked(field), "unsatisfiable", field);
  }
  assert.equal(asked("bytes=10000-,0-0"), "0-0");
  assert.equal(asked("bytes=0-", 0), "unsatisfiable");
  assert.equal(asked("bytes=-5", 0), "whole");
  assert.equal(unsatisfiedRange(10_000), "bytes */10000");
});

test("what is malformed, of another unit, too many or too long is disregarded", () => {
  for (const field of [
    "",
    "bytes",
    "bytes=",
    "bytes=,",
    "bytes =0-1",
    "bytes=a-b",
    "bytes=1",
    "bytes=-",
    "bytes=5-2",
    "bytes=0-1;2-3",
    "bytes=0-1 2-3",
    "bytes=0 - 1",
    "bytes=+0-1",
    "bytes=0x0-1",
    "bytes=0-1,x",
    "lines=0-1",
    "bytes=0-,0-",
    `bytes=${Array.from({ length: 9 }, (_, n) => `${n * 1000}-${n * 1000}`).join()}`,
  ]) {
    assert.equal(asked(field), "whole", field);
  }
  assert.equal(parseRange("bytes=0-0,500-500", 1000, { maxRanges: 1 }).kind, "whole");
  assert.equal(asked("BYTES=0-0"), "0-0");
});

test("ranges that nearly touch are sent as one, at the place of the first", () => {
  assert.equal(asked("bytes=1000-1009,0-9,1050-1059"), "1000-1059,0-9");
  assert.equal(asked("bytes=0-9,200-209,100-119"), "0-9,200-209,100-119");
  assert.equal(asked("bytes=0-9,160-169,80-89"), "0-169");
});

test("every set is inside, apart, no longer than the whole, and covers what was asked for", () => {
  const part = fc.tuple(fc.nat({ max: 1200 }), fc.nat({ max: 400 }));
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 1000 }),
      (parts, size) => {
        const field = `bytes=${parts.map(([first, more]) => `${first}-${first + more}`).join(", ")}`;
        const set = parseRange(field, size);
        const inside = parts.filter(([first]) => first < size);
        const total = inside.reduce(
          (sum, [first, more]) => sum + Math.min(first + more, size - 1) - first + 1,
          0,
        );
        if (total > size) return assert.equal(set.kind, "whole");
        if (inside.length === 0) return assert.equal(set.kind, "unsatisfiable");
        assert.ok(set.kind === "ranges");
        const sorted = [...set.ranges].sort((one, other) => one.first - other.first);
        sorted.forEach(({ first, last }, index) => {
          assert.ok(first >= 0 && first <= last && last < size);
          const before = sorted[index - 1];
          if (before !== undefined) assert.ok(first > before.last + 80, `${field} of ${size}`);
        });
        for (const [first, more] of inside) {
          const last = Math.min(first + more, size - 1);
          assert.ok(
            sorted.some((one) => one.first <= first && one.last >= last),
            `${field} of ${size}`,
          );
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test("any text gives one of the three answers", () => {
  fc.assert(
    fc.property(hostileText(40), fc.nat({ max: 100 }), (text, size) => {
      for (const field of [text, `bytes=${text}`]) {
        assert.ok(["whole", "ranges", "unsatisfiable"].includes(parseRange(field, size).kind));
      }
    }),
  );
});

test("several ranges are framed in as many bytes as are told", () => {
  const ranges = [
    { first: 0, last: 9 },
    { first: 500, last: 999 },
  ];
  const framed = byteRanges(ranges, 1000, "image/png", "boundary");
  const text = framed.heads.map((head, index) => {
    const { first, last } = ranges[index]!;
    return head + "x".repeat(last - first + 1);
  });
  const content = text.join("") + framed.end;
  assert.equal(content.length, framed.length);
  assert.equal(framed.type, "multipart/byteranges; boundary=boundary");
  const parts = content.split("--boundary");
  assert.equal(parts.length, 4);
  assert.equal(
    parts[2],
    `\r\nContent-Type: image/png\r\nContent-Range: bytes 500-999/1000\r\n\r\n${"x".repeat(500)}\r\n`,
  );
  assert.equal(parts[3], "--\r\n");
  assert.equal(contentRange(ranges[0]!, 1000), "bytes 0-9/1000");
});
