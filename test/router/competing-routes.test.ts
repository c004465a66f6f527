/** Routes that compete for a segment: which one is tried first, and that competition stays cheap. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Router } from "limpid/router";

test("within a segment more literal text beats less, and any of it beats a plain parameter", () => {
  const patterns = [
    "/:name",
    "/:name.:extension",
    "/:name.json",
    "/@:handle",
    "/@:handle.json",
    "/:id(\\d+)",
  ];
  for (const order of [patterns, [...patterns].reverse()]) {
    const router = new Router<string>();
    for (const pattern of order) router.add(pattern, pattern);
    const expectations: [string, string][] = [
      ["/ada", "/:name"],
      ["/a.css", "/:name.:extension"],
      ["/a.json", "/:name.json"],
      ["/a.b.json", "/:name.json"],
      ["/@ada", "/@:handle"],
      ["/@ada.json", "/@:handle.json"],
      ["/@", "/:name"],
      ["/42", "/:id(\\d+)"],
    ];
    for (const [path, expected] of expectations) assert.equal(router.match(path)?.target, expected, path);
  }
});

test("of two constraints that both fit, the one added first answers", () => {
  const router = new Router<string>().add("/:a([a-z]+)", "letters").add("/:b([a-f0-9]+)", "hexadecimal");
  assert.equal(router.match("/abc")?.target, "letters");
  assert.equal(router.match("/abc0")?.target, "hexadecimal");
});

/** The best of several times, in milliseconds, since the machine may be busy. */
function timeOf(work: () => void): number {
  const times = Array.from({ length: 9 }, () => {
    const begun = performance.now();
    for (let round = 0; round < 10; round++) work();
    return performance.now() - begun;
  });
  return Math.min(...times);
}

test("L11: 512 routes that all compete at every segment do not read a long segment 512 times", () => {
  for (const last of [":last", ":last(\\d+)", ":last-:rest"]) {
    const [one, all] = [new Router<number>(), new Router<number>()];
    for (let mask = 0; mask < 512; mask++) {
      const segments = Array.from({ length: 9 }, (_, index) => ((mask >> index) & 1 ? "a" : `:p${index}`));
      all.add(`/${segments.join("/")}/${last}/end`, mask);
      if (mask === 0) one.add(`/${segments.join("/")}/${last}/end`, mask);
    }
    const path = `${"/a".repeat(9)}/${"7".repeat(16_000)}-7/other`;
    assert.equal(all.match(path), undefined);
    const [alone, together] = [timeOf(() => one.match(path)), timeOf(() => all.match(path))];
    assert.ok(together < 60 * alone + 5, `${last}: ${alone} ms alone, ${together} ms together`);
  }
});
