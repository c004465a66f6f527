/** CVE-2018-12116: whatever an application writes, a client sees one response with the lines it was meant to have. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Headers, lastChunk, type serializeCookie } from "limpid/http";
import { formatEvent, Response } from "limpid/message";
import { upgrade } from "limpid/server";
import { Random } from "../../http/threats/random.ts";
import { plain } from "../../http/threats/row.ts";
import { converse } from "../raw-client.ts";
import { serve } from "./sockets.ts";

const controls = Array.from({ length: 33 }, (_, code) => (code === 32 ? 0x7f : code)).filter(
  (code) => code !== 9,
);
/** Code points whose low octet is CR or LF: a cut to latin1 makes line ends of them. */
const lookalikes = [0x10a, 0x10d, 0x20a, 0x560a, 0x560d, 0x4e0a, 0xff0a, 0xff0d, 0x1f60a, 0x1f60d];
const hostile = [...controls, ...lookalikes].map((code) => String.fromCodePoint(code));

/** Text with something in it that would end a line, and what would then be a line of its own. */
function injection(random: Random): string {
  const end = random.pick([...hostile, "\r\n", "\n", "\r", "\r\n\r\n", "\u010d\u010a"]);
  const injected = random.pick([
    "X-Injected: 1",
    "Set-Cookie: a=b",
    "Content-Length: 0\r\n\r\nHTTP/1.1 200 OK",
  ]);
  return random.text(plain, 0, 5) + end + injected + random.text(plain, 0, 3);
}

/** The places where a text becomes part of a response; each gives the response or throws. */
const sinks: Record<string, (text: string) => Response> = {
  "Headers.set": (text) => headed((headers) => headers.set("X-Value", text)),
  "Headers.append": (text) => headed((headers) => headers.append("X-Value", text)),
  "a header name": (text) => headed((headers) => headers.set(text, "1")),
  "headers as a record": (text) => new Response("ok", { headers: { "X-Value": text } }),
  "headers as pairs": (text) => new Response("ok", { headers: [["X-Value", text]] }),
  "the reason phrase": (text) => new Response("ok", { statusText: text }),
  "a redirect": (text) => Response.redirect(`/${text}`),
  "a redirect elsewhere": (text) =>
    Response.redirectExternal(`https://a.example/${text}`, { allow: ["https://a.example"] }),
  "a cookie's name": (text) => cookied(text, "1"),
  "a cookie's value": (text) => cookied("a", text),
  "a cookie's path": (text) => cookied("a", "1", { path: `/${text}` }),
  "a cookie's domain": (text) => cookied("a", "1", { domain: text }),
  "a cookie's SameSite": (text) => cookied("a", "1", { sameSite: text as "lax" }),
  "a cookie's priority": (text) => cookied("a", "1", { priority: text as "low" }),
  "a media type": (text) => new Response("ok", { headers: { "Content-Type": text } }),
  "the name of a protocol": (text) => upgrade(text, () => {}),
};

function headed(write: (headers: Headers) => void): Response {
  const response = new Response("ok");
  write(response.headers);
  return response;
}

function cookied(name: string, value: string, options: Parameters<typeof serializeCookie>[2] = {}): Response {
  const response = new Response("ok");
  response.cookies.set(name, value, options);
  return response;
}

/** The octets as they go over the wire; undefined where they cannot be written. */
function written(make: () => Response): string | undefined {
  try {
    return Buffer.from(make().serialize()).toString("latin1");
  } catch (error) {
    assert.match(String((error as { code?: string }).code), /^LMP_/);
    return undefined;
  }
}

for (const [name, sink] of Object.entries(sinks)) {
  test(`CVE-2018-12116: ${name} never becomes another line: 1,000 variants`, () => {
    const random = new Random(`sink ${name}`);
    for (let index = 0; index < 1000; index++) {
      const text = index < hostile.length ? `a${hostile[index]}b` : injection(random);
      const octets = written(() => sink(text));
      if (octets === undefined) continue;
      const [head = "", content, ...more] = octets.split("\r\n\r\n");
      assert.ok(["ok", ""].includes(content ?? "none") && more.length === 0, JSON.stringify(octets));
      assert.doesNotMatch(head, /^(?:X-Injected|Set-Cookie: a=b$)/m, JSON.stringify(octets));
      assert.doesNotMatch(head.replaceAll("\r\n", ""), /[\x00-\x08\x0a-\x1f\x7f]/, JSON.stringify(octets));
      assert.ok((head.match(/^content-length:/gim)?.length ?? 0) <= 1, JSON.stringify(octets));
    }
  });
}

test("CVE-2018-12116: trailers and the fields of an event never become others: 1,000 variants", () => {
  const random = new Random("trailers");
  for (let index = 0; index < 1000; index++) {
    const text = injection(random);
    assert.throws(() => lastChunk(new Headers([["X-Sum", text]])), { code: "LMP_HTTP_HEADER_VALUE_INVALID" });
    for (const event of [
      { data: "a", id: text },
      { data: "a", event: text },
    ]) {
      const parts = tried(() => formatEvent(event));
      assert.ok(parts === undefined || parts.split(/\r\n|\r|\n/).length === 4, JSON.stringify(parts));
    }
    const lines = formatEvent({ data: text }).split(/\r\n|\r|\n/);
    assert.ok(
      lines.slice(0, -2).every((line) => line.startsWith("data: ")),
      JSON.stringify(text),
    );
  }
});

function tried(make: () => string): string | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

test("CVE-2018-12116: over a socket a handler that writes such text is 500, and nothing of it has been sent", async (t) => {
  const random = new Random("sinks over a socket");
  const cases = Object.values(sinks).flatMap((sink) =>
    Array.from({ length: 2 }, () => ({ sink, text: injection(random) })),
  );
  const { port } = await serve(t, ({ path }) => {
    const { sink, text } = cases[Number(path.slice(1))]!;
    return sink(text);
  });
  for (const [index, { text }] of cases.entries()) {
    const { responses } = await converse(
      port,
      `GET /${index} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`,
    );
    assert.equal(responses.length, 1, JSON.stringify(text));
    const { headers } = responses[0]!;
    assert.equal(headers.has("x-injected"), false, JSON.stringify(text));
    assert.ok(
      [200, 302, 500].includes(responses[0]!.status),
      `${responses[0]!.status} ${JSON.stringify(text)}`,
    );
  }
});

test("CVE-2026-1525: a response has one length, whatever framing fields the application has set", async (t) => {
  const random = new Random("framing of responses");
  const { port } = await serve(t, () => {
    const names = ["Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive"];
    const fields = Array.from({ length: random.between(1, 5) }, (): [string, string] => [
      random.anyCase(random.pick(names)),
      random.pick(["0", "5", "chunked", "close", "gzip", "upgrade"]),
    ]);
    return random.oneIn(2) ? new Response("hello", { headers: fields }) : Response.stream(["he", "llo"]);
  });
  for (let index = 0; index < 300; index++) {
    const { text, responses } = await converse(
      port,
      "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
    );
    const head = text.slice(0, text.indexOf("\r\n\r\n"));
    assert.equal(head.match(/^(?:content-length|transfer-encoding):/gim)?.length, 1, head);
    assert.equal(responses[0]?.body, "hello");
  }
});
