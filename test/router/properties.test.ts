/** The tree against a plain reading of the rules, and its time against hostile tables and paths. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Router } from "limpid/router";

const literal = fc.constantFrom("a", "b", "ab", "abc", "users", "x.y");
const segment = fc.oneof(
  { weight: 4, arbitrary: literal },
  { weight: 2, arbitrary: fc.constant(":") },
  { weight: 1, arbitrary: fc.constant(":#") },
);
const patterns = fc.uniqueArray(fc.tuple(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.boolean()), {
  minLength: 1,
  maxLength: 12,
  selector: ([segments, rest]) => `${segments.join("/")}${rest}`,
});
const path = fc.array(fc.oneof(literal, fc.constantFrom("7", "42", "z")), { minLength: 1, maxLength: 5 });

interface Plain {
  pattern: string;
  segments: string[];
  rest: boolean;
}

function plain([segments, rest]: [string[], boolean]): Plain {
  const named = segments.map((text, index) =>
    text === ":" ? `:p${index}` : text === ":#" ? `:p${index}(\\d+)` : text,
  );
  return { pattern: `/${named.join("/")}${rest ? "/*" : ""}`, segments, rest };
}

/** The rank of each segment, best first, or undefined where the pattern does not fit. */
function ranks({ segments, rest }: Plain, parts: string[]): number[] | undefined {
  if (rest ? parts.length <= segments.length : parts.length !== segments.length) return undefined;
  const result: number[] = [];
  for (const [index, text] of segments.entries()) {
    const part = parts[index] ?? "";
    if (text === part) result.push(0);
    else if (text === ":#" && /^\d+$/.test(part)) result.push(1);
    else if (text === ":") result.push(2);
    else return undefined;
  }
  return rest ? [...result, 3] : result;
}

/** The pattern that the rules prefer: the first segment in which two differ decides. */
function preferred(table: Plain[], parts: string[]): string | undefined {
  const fitting = table.flatMap((one) => {
    const rank = ranks(one, parts);
    return rank === undefined ? [] : [{ pattern: one.pattern, rank }];
  });
  fitting.sort((one, other) => {
    const index = one.rank.findIndex((value, at) => value !== other.rank[at]);
    return index < 0 ? 0 : (one.rank[index] ?? 0) - (other.rank[index] ?? 0);
  });
  return fitting[0]?.pattern;
}

test("property: the tree finds what a plain reading of the rules finds", () => {
  fc.assert(
    fc.property(patterns, path, (table, parts) => {
      const all = table.map(plain);
      const router = new Router<string>();
      for (const { pattern } of all) router.add(pattern, pattern);
      assert.equal(router.match(`/${parts.join("/")}`)?.target, preferred(all, parts));
    }),
    { numRuns: 5000 },
  );
});

/** The best of several times, in milliseconds, since the machine may be busy. */
function timeOf(work: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const begun = performance.now();
    for (let round = 0; round < 20; round++) work();
    return performance.now() - begun;
  });
  return Math.min(...times);
}

const hostile: [string, string[], (length: number) => string][] = [
  [
    "many alternatives at each depth",
    ["/:a/:b/:c/:d/:e/x", "/:a(\\d+)/:b(\\d+)/:c(\\d+)/y", "/a/a/a/a/a/z", "/*"],
    (n) => "/a".repeat(n / 2),
  ],
  [
    "CVE-2024-45813: two parameters in a segment",
    ["/:a-:b", "/:a-:b-:c", "/:a.:b"],
    (n) => `/${"a-".repeat(n / 2)}`,
  ],
  ["a constraint that almost fits", ["/:a([a-z]+)x", "/:a([ab]+)"], (n) => `/${"a".repeat(n)}!`],
  ["a wildcard behind parameters", ["/:a/:b/*", "/:a/b/*/c"], (n) => "/b".repeat(n / 2)],
  [
    "literals with long common beginnings",
    ["/aaaaaaaaaaaaaaaab", "/aaaaaaaaaaaaaaaac", "/:a"],
    (n) => `/${"a".repeat(n)}`,
  ],
];

test("CVE-2024-45296, CVE-2024-52798: time grows with the path's length and no faster", () => {
  for (const [name, table, make] of hostile) {
    const router = new Router<string>();
    for (const pattern of table) router.add(pattern, pattern);
    const [short, long] = [make(4096), make(8192)];
    router.match(short);
    const [one, two] = [timeOf(() => router.match(short)), timeOf(() => router.match(long))];
    assert.ok(two < 2.5 * one + 2, `${name}: ${one} ms, then ${two} ms for twice the length`);
  }
});

test("1,000 random tables against worst paths of 8 KiB: each match is quick", () => {
  const words = ["a", "ab", "abc", ":x", ":y", ":n(\\d+)", ":w([a-c]+)"];
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const paths = ["/a".repeat(4096), `/${"ab".repeat(4095)}`, "/1".repeat(4096), `/a/${"abc/".repeat(2047)}`];
  let slowest = 0;
  for (let table = 0; table < 1000; table++) {
    const router = new Router<number>();
    for (let route = 0; route < 10; route++) {
      const depth = 1 + random(6);
      const segments = Array.from({ length: depth }, (_, index) =>
        (words[random(words.length)] ?? "a").replace(/^:(\w)/, `:$1${index}`),
      );
      try {
        router.add(`/${segments.join("/")}${random(4) === 0 ? "/*" : ""}`, route);
      } catch {
        // A conflict with an earlier route of the table.
      }
    }
    for (const path of paths) {
      const begun = performance.now();
      router.match(path);
      slowest = Math.max(slowest, performance.now() - begun);
    }
  }
  // The goal is 0.2 ms; the bound is for a busy machine, where anything exponential would still be far beyond it.
  assert.ok(slowest < 100, `${slowest} ms`);
});
