/** Clients that send slowly or not at all, in crowds: each goes at its time, and others do not notice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { defaultParserLimits } from "limpid/http";
import { DEFAULT_BODY_LIMIT } from "limpid/message";
import { defaultLimits } from "limpid/server";
import { open, parseResponses } from "../raw-client.ts";
import { target } from "./sockets.ts";

const get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

/** What a slow client came to. */
interface Slow {
  readonly statuses: number[];
  readonly milliseconds: number;
}

/** Sends `begin`, then an octet now and then until the server ends the connection. */
async function drip(port: number, begin: string, every: number): Promise<Slow> {
  const socket = open(port);
  let text = "";
  socket.setEncoding("latin1").on("data", (part: string) => {
    text += part;
  });
  const begun = performance.now();
  socket.write(begin);
  const timer = setInterval(() => socket.write("a"), every);
  await new Promise<void>((resolve) => {
    socket.on("end", () => socket.destroy());
    socket.on("close", () => resolve());
  });
  clearInterval(timer);
  return {
    statuses: parseResponses(text).map(({ status }) => status),
    milliseconds: performance.now() - begun,
  };
}

/** Asks again and again until told to stop; how often it was answered, which is every time. */
async function normal(port: number, signal: AbortSignal): Promise<number> {
  let answered = 0;
  while (!signal.aborted) {
    const response = await fetch(`http://127.0.0.1:${port}/`);
    assert.equal(await response.text(), "ok");
    answered++;
    await delay(5);
  }
  return answered;
}

/** So many slow clients beside ten normal ones. */
async function crowd(
  port: number,
  size: number,
  begin: string,
): Promise<{ slow: Slow[]; answered: number[] }> {
  const stop = new AbortController();
  const clients = Promise.all(Array.from({ length: 10 }, () => normal(port, stop.signal)));
  const slow = await Promise.all(Array.from({ length: size }, () => drip(port, begin, 100)));
  stop.abort();
  return { slow, answered: await clients };
}

// The server looks at its clocks every half second; the rest is for a machine that is busy with other tests.
const slack = 9000;

for (const [id, begin, statuses] of [
  ["CVE-2018-12122", "GET / HTTP/1.1\r\nHost: h\r\nX-A: ", [408]],
  ["CVE-2019-5737", `${get}GET / HTTP/1.1\r\nHost: h\r\nX-A: `, [200, 408]],
  ["CVE-2020-8251", "G", [408]],
] as const) {
  test(`${id}: 200 heads that never end are 408 in time, and nobody else notices`, async (t) => {
    const { port } = await target(t, { headerTimeout: 800 });
    const { slow, answered } = await crowd(port, 200, begin);
    for (const one of slow) {
      assert.deepEqual(one.statuses, statuses);
      assert.ok(one.milliseconds >= 790 && one.milliseconds < 800 + slack, `${one.milliseconds} ms`);
    }
    assert.ok(
      answered.every((count) => count > 3),
      `${answered}`,
    );
  });
}

test("CVE-2019-5739: 200 idle connections are closed at the keep-alive timeout, without a word", async (t) => {
  const { port } = await target(t, { keepAliveTimeout: 600 });
  const idle = Array.from({ length: 200 }, async () => {
    const socket = open(port);
    let text = "";
    socket.setEncoding("latin1").on("data", (part: string) => {
      text += part;
    });
    const begun = performance.now();
    socket.write(get);
    await new Promise<void>((resolve) => socket.on("end", () => resolve()));
    socket.destroy();
    return {
      statuses: parseResponses(text).map(({ status }) => status),
      milliseconds: performance.now() - begun,
    };
  });
  for (const { statuses, milliseconds } of await Promise.all(idle)) {
    assert.deepEqual(statuses, [200]);
    assert.ok(milliseconds >= 590 && milliseconds < 600 + slack, `${milliseconds} ms`);
  }
});

test("class: slow body: 200 contents that drip or stop are 408 in time, and nobody else notices", async (t) => {
  const { port } = await target(t, { bodyIdleTimeout: 800, bodyRateGrace: 800 });
  const dripping = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 90000\r\n\r\n";
  const [rate, stalled] = await Promise.all([
    crowd(port, 100, dripping),
    Promise.all(Array.from({ length: 100 }, () => drip(port, `${dripping}half`, 600_000))),
  ]);
  for (const { statuses, milliseconds } of [...rate.slow, ...stalled]) {
    assert.deepEqual(statuses, [408]);
    assert.ok(milliseconds >= 790 && milliseconds < 800 + slack, `${milliseconds} ms`);
  }
  assert.ok(
    rate.answered.every((count) => count > 3),
    `${rate.answered}`,
  );
});

test("CVE-2020-8251: without any option every timeout and every limit is on, with these values", () => {
  assert.deepEqual(
    { ...defaultLimits },
    {
      ...defaultLimits,
      headerTimeout: 10_000,
      requestTimeout: 60_000,
      bodyIdleTimeout: 15_000,
      bodyMinimumRate: 1024,
      bodyRateGrace: 10_000,
      handlerTimeout: 30_000,
      responseStallTimeout: 30_000,
      keepAliveTimeout: 5_000,
      maxRequestsPerConnection: 1000,
      pipelineBytes: 65_536,
      unreadBodyBytes: 65_536,
      bodyBufferBytes: 65_536,
    },
  );
  for (const [name, value] of Object.entries({ ...defaultLimits, ...defaultParserLimits })) {
    assert.ok(value > 0 && Number.isFinite(value), name);
  }
  assert.equal(DEFAULT_BODY_LIMIT, 1_048_576);
});
