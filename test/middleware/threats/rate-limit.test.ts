/** One client is one count, however its address is spelled, and the counts are bounded. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Request, rateLimit, trustProxy } from "limpid";
import { compose, MemoryRateLimitStore } from "limpid/middleware";

const hex = fc.nat(0xffff);
/** Spellings of an address: case, leading zeros, `::`, a zone. */
const spelled = (groups: readonly number[], style: number): string => {
  const written = groups.map((group) => {
    const text = group.toString(16).padStart(style & 1 ? 4 : 1, "0");
    return style & 2 ? text.toUpperCase() : text;
  });
  const text = written.join(":");
  const short = style & 4 ? text.replace(/(?:^|:)(?:0+:)+0*(?=:|$)/, "::").replace(/:{3,}/, "::") : text;
  return style & 8 ? `${short}%eth0` : short;
};

test("CVE-2026-45364, CVE-2026-30827: 100,000 addresses of one /64 are one count", () => {
  const store = new MemoryRateLimitStore();
  const run = compose([rateLimit({ limit: 1_000_000, window: 3600, store })], () => "x");
  let seed = 1;
  const next = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed & 0xffff;
  };
  for (let count = 0; count < 100_000; count++) {
    const groups = [0x2001, 0xdb8, 0, 0x77, next(), next(), next(), next()];
    run(new Request("/", { ip: spelled(groups, count & 15) }));
  }
  assert.equal(store.size, 1);
});

test("CVE-2026-45364: 2,000 spellings of an address are one count, of two addresses two", async () => {
  await fc.assert(
    fc.property(
      fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)),
      fc.tuple(hex, hex, hex, hex),
      fc.nat(15),
      (four, network, style) => {
        const store = new MemoryRateLimitStore();
        const run = compose([rateLimit({ limit: 100, window: 60, store })], () => "x");
        const ask = (ip: string): void => void run(new Request("/", { ip }));
        const [a, b, c, d] = four;
        ask(four.join("."));
        ask(`::ffff:${four.join(".")}`);
        ask(spelled([0, 0, 0, 0, 0, 0xffff, a * 256 + b, c * 256 + d], style & 7));
        assert.equal(store.size, 1, four.join("."));
        ask([a, b, c, d ^ 1].join("."));
        assert.equal(store.size, 2);
        // Not below ::/64, where the mapped addresses of IPv4 are.
        const groups = [0x2000 | (network[0] & 0xfff), ...network.slice(1)];
        ask(spelled([...groups, 0, 0, 0, 1], style));
        ask(spelled([...groups, 0xffff, 0, 0xabcd, 0], 15 - style));
        assert.equal(store.size, 3);
      },
    ),
    { numRuns: 2000 },
  );
});

test("CVE-2026-30827: 1,000 forwarded fields of a peer that is no proxy change nobody's count", async () => {
  const store = new MemoryRateLimitStore();
  const run = compose(
    [trustProxy(["10.0.0.0/8"]), rateLimit({ limit: 1_000_000, window: 60, store })],
    () => "x",
  );
  await fc.assert(
    fc.asyncProperty(
      fc.ipV4(),
      fc.constantFrom("X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP", "CF-Connecting-IP"),
      async (address, field) => {
        const value = field === "Forwarded" ? `for=${address}` : address;
        await run(new Request("/", { ip: "192.0.2.1", headers: { [field]: value } }));
      },
    ),
    { numRuns: 1000 },
  );
  assert.equal(store.size, 1);
});

test("CVE-2026-45364: the number of counts is bounded, and so is the length of their keys", () => {
  const store = new MemoryRateLimitStore({ keys: 1000 });
  const seen: number[] = [];
  const watched = {
    take(charges: Parameters<MemoryRateLimitStore["take"]>[0]) {
      seen.push(...charges.map(({ key }) => key.length));
      return store.take(charges);
    },
  };
  const key = (request: Request): string => request.headers.get("x-key")!;
  const run = compose([rateLimit({ limit: 5, window: 60, store: watched, key })], () => "x");
  for (let count = 0; count < 5000; count++) {
    run(new Request("/", { headers: { "X-Key": `${count}-`.padEnd((count * 7) % 4000, "k") } }));
  }
  assert.equal(store.size, 1000);
  assert.ok(Math.max(...seen) <= 250, `${Math.max(...seen)} characters`);
});
