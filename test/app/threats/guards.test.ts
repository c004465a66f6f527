/** Whatever the spelling of an address, in memory and over the wire: no handler is reached without its guard. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { Request } from "limpid";
import { type GuardedApp, guardedApp, guardedPaths, type Outcome } from "./guarded-app.ts";
import { randomFrom, spelling } from "./spellings.ts";

const ids =
  "CVE-2026-22031, CVE-2026-2880, CVE-2026-2293, CVE-2026-47676, CVE-2026-44573, CVE-2026-44574, CVE-2026-44575";
const seed = 20_260_721;

function assertGuarded({ passed, reached }: Outcome, what: string): number {
  for (const place of reached)
    assert.ok(passed.includes(place), `${place} was reached without its guard: ${what}`);
  return reached.length;
}

test(`${ids}: 120,000 spellings in memory`, async () => {
  const { app, outcome } = guardedApp();
  const random = randomFrom(seed);
  const reached = new Map<string, number>();
  let refused = 0;
  for (let n = 0; n < 120_000; n++) {
    const target = spelling(guardedPaths, random);
    const method = random(4) === 0 ? "HEAD" : "GET";
    let request: Request;
    try {
      request = new Request(target, { method });
    } catch {
      // What is no URL cannot come in by this door.
      refused++;
      continue;
    }
    const response = await app.handle(request);
    const happened = outcome();
    assertGuarded(happened, JSON.stringify(target));
    for (const place of happened.reached) reached.set(place, (reached.get(place) ?? 0) + 1);
    assert.ok([200, 400, 404].includes(response.status), `${response.status} for ${JSON.stringify(target)}`);
  }
  // Every place has been reached often, or the property would hold for want of requests.
  for (const place of ["prefix", "paths", "group", "deep", "route", "mount", "inner", "account"]) {
    assert.ok((reached.get(place) ?? 0) > 50, `${place}: ${reached.get(place)} times`);
  }
  assert.ok(refused < 60_000, `${refused} spellings were never asked`);
});

/** Sends one request with the target as it is; the status of the answer. */
async function ask(port: number, method: string, target: string): Promise<number> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.end(Buffer.from(`${method} ${target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`, "utf8"));
  let text = "";
  for await (const bytes of socket) text += String(bytes);
  return Number(text.slice(9, 12));
}

async function overTheWire(
  { app, outcome }: GuardedApp,
  count: number,
): Promise<{ reached: number; statuses: Set<number> }> {
  const server = await app.listen({ host: "127.0.0.1", port: 0, overload: false });
  const port = server.address?.port ?? 0;
  const random = randomFrom(seed + 1);
  const statuses = new Set<number>();
  let reached = 0;
  try {
    for (let n = 0; n < count; n++) {
      const target = spelling(guardedPaths, random);
      const method = random(4) === 0 ? "HEAD" : "GET";
      statuses.add(await ask(port, method, target));
      reached += assertGuarded(outcome(), JSON.stringify(target));
    }
  } finally {
    await app.close({ grace: 0 });
  }
  return { reached, statuses };
}

test(`${ids}: 3,000 spellings over a socket`, async () => {
  const { reached, statuses } = await overTheWire(guardedApp(), 3000);
  assert.ok(reached > 300, `${reached} reached a guarded handler`);
  for (const status of statuses) assert.ok([200, 400, 404].includes(status), String(status));
});

test("CVE-2026-24472: a page below which a file is asked for is not the page", async () => {
  const { app, outcome } = guardedApp();
  const random = randomFrom(seed + 2);
  const separators = ["/", "/x/", "//", ";/", "%2f", "/%2e/", ";", ".", "%3b", "/..;/", "%00", "%23", "~"];
  const files = [
    "x.css",
    "logo.png",
    "app.js",
    "robots.txt",
    "a.ico",
    ".json",
    "%0a.css",
    "x.css?y",
    "x.svg",
  ];
  for (let n = 0; n < 2000; n++) {
    const target = `/account${separators[random(separators.length)]}${random(99)}${files[random(files.length)]}`;
    const response = await app.handle(new Request(target));
    assert.deepEqual(outcome().reached, [], target);
    assert.ok([200, 400, 404].includes(response.status));
    if (response.status === 200) assert.equal(await response.text(), "public");
  }
});
