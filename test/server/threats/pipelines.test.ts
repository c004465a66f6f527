/** HTTP Garden #45, #47, #48: pipelines of requests are answered in order, each with its own content, against a model. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { RequestParser } from "limpid/http";
import { type Request, Response } from "limpid/message";
import { feed, octetsOf } from "../../http/feeding.ts";
import { Random } from "../../http/threats/random.ts";
import { harmless, plain } from "../../http/threats/row.ts";
import { refusedRows } from "../../http/threats/rows/index.ts";

import { concurrently, ending, serve } from "./sockets.ts";

/** A request as it is sent, and the response it has to get. */
interface Planned {
  readonly octets: string;
  readonly body: string;
}

const kinds = ["sync", "async", "later", "stream", "bytes", "unread", "buffer"];

/** A valid request of any kind; its answer names it and repeats what the handler read. */
function planned(random: Random, id: number, kind: string = random.pick(kinds)): Planned {
  const content = random.oneIn(3) ? "" : random.text(`${plain}\r\n :`, 0, random.oneIn(20) ? 3000 : 60);
  const path = `/${kind}/${id}`;
  const lines = ["Host: h", ...(random.oneIn(2) ? [harmless(random)] : [])];
  const echoed = kind === "unread" || kind === "sync" ? "" : content;
  const answer = `${path}:${echoed.replaceAll(/[\r\n]/g, "_")}`;
  if (random.oneIn(2)) {
    const octets = `POST ${path} HTTP/1.1\r\n${[...lines, `Content-Length: ${content.length}`].join("\r\n")}\r\n\r\n${content}`;
    return { octets, body: answer };
  }
  let chunks = "";
  for (let at = 0; at < content.length; ) {
    const size = random.between(1, 40);
    const piece = content.slice(at, at + size);
    chunks += `${piece.length.toString(16)}${random.pick(["", "", ";a", ';a="b"'])}\r\n${piece}\r\n`;
    at += size;
  }
  const trailer = random.oneIn(4) ? "X-Sum: 1\r\n" : "";
  const head = `PUT ${path} HTTP/1.1\r\n${[...lines, "Transfer-Encoding: chunked"].join("\r\n")}\r\n\r\n`;
  return { octets: `${head}${chunks}0\r\n${trailer}\r\n`, body: answer };
}

/** Handlers of every temper, told apart by the path. */
function handle(request: Request): unknown {
  const named = (text: string): string => `${request.path}:${text.replaceAll(/[\r\n]/g, "_")}`;
  const kind = request.path.split("/")[1];
  if (kind === "sync" || kind === "unread") return new Response(named(""));
  if (kind === "later") return delay(1).then(async () => named(await request.text()));
  if (kind === "bytes") return request.bytes().then((bytes) => named(Buffer.from(bytes).toString()));
  if (kind === "stream") return echoed(request, named(""));
  if (kind === "buffer") return request.text().then((text) => new Response(Buffer.from(named(text))));
  return request.text().then(named);
}

function echoed(request: Request, name: string): Response {
  async function* pieces(): AsyncGenerator<string> {
    yield name;
    for await (const piece of request.stream ?? [])
      yield Buffer.from(piece)
        .toString()
        .replaceAll(/[\r\n]/g, "_");
  }
  return Response.stream(pieces());
}

test("HTTP Garden #48: 600 random pipelines are answered in order and no content is mixed", async (t) => {
  const { port } = await serve(t, handle);
  const seeds = Array.from({ length: 600 }, (_, index) => index);
  await concurrently(seeds, 8, async (seed) => {
    const random = new Random(`pipeline ${seed}`);
    const plan = Array.from({ length: random.between(1, 16) }, (_, id) => planned(random, id));
    const octets = octetsOf(plan.map((one) => one.octets).join(""));
    const pieces = random.oneIn(3) ? [octets] : random.cut(octets, 6);
    const { responses } = await ending(port, pieces, true);
    assert.deepEqual(
      responses.map(({ status, body }) => `${status} ${body}`),
      plan.map(({ body }) => `200 ${body}`),
      `pipeline ${seed}`,
    );
  });
});

test("HTTP Garden #45, #47: 300 pipelines of good requests before a bad one keep their answers", async (t) => {
  const { port } = await serve(t, handle);
  const seeds = Array.from({ length: 300 }, (_, index) => index);
  await concurrently(seeds, 8, async (seed) => {
    const random = new Random(`broken pipeline ${seed}`);
    const good = Array.from({ length: random.between(1, 6) }, (_, id) => planned(random, id));
    const row = random.pick(refusedRows);
    const bad = row.variant(random, seed) + planned(random, 99).octets;
    const octets = octetsOf(good.map((one) => one.octets).join("") + bad);
    const { responses } = await ending(port, random.cut(octets, 3));
    const shown = `broken pipeline ${seed}: ${JSON.stringify(bad.slice(0, 200))}`;
    assert.deepEqual(
      responses.slice(0, good.length).map(({ body }) => body),
      good.map(({ body }) => body),
      shown,
    );
    // A handler that does not read its content may have answered before the content turned out to be malformed.
    assert.ok(responses.length <= good.length + 1, shown);
    assert.ok(
      row.statuses.includes(responses.at(-1)?.status ?? 0) || responses.at(-1)?.status === 200,
      shown,
    );
    assert.ok(!responses.some(({ body }) => body.includes("/99:")), shown);
  });
});

test("HTTP Garden #48: 10,000 random pipelines against a model, in every fragmentation that was drawn", () => {
  Error.stackTraceLimit = 0;
  const random = new Random("model");
  for (let round = 0; round < 10_000; round++) {
    const plan = Array.from({ length: random.between(1, 8) }, (_, id) => planned(random, id, "buffer"));
    const octets = octetsOf(plan.map((one) => one.octets).join(""));
    const { messages, state, code } = feed(random.cut(octets, 5));
    assert.equal(code, undefined);
    assert.equal(state, "head");
    assert.deepEqual(
      messages.map(
        ({ path, body, complete }) => `${path}:${body.replaceAll(/[\r\n]/g, "_")}${complete ? "" : "…"}`,
      ),
      plan.map(({ body }) => body),
      `round ${round}`,
    );
  }
});

test("HTTP Garden #48: a whole pipeline can be handed in before anything is taken out", () => {
  const random = new Random("handed in");
  for (let round = 0; round < 500; round++) {
    const plan = Array.from({ length: random.between(1, 16) }, (_, id) => planned(random, id));
    const parser = new RequestParser();
    for (const piece of random.cut(octetsOf(plan.map((one) => one.octets).join("")), 9)) {
      parser.push(Uint8Array.from(piece));
      parser.retain();
    }
    const paths: string[] = [];
    for (let event = parser.next(); event !== undefined; event = parser.next()) {
      if (event.kind === "head") paths.push(event.head.path);
    }
    assert.deepEqual(
      paths,
      plan.map(({ body }) => body.slice(0, body.indexOf(":"))),
    );
  }
});
