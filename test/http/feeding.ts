/** Feeds a request parser in every fragmentation; the tests of this folder state what must come out of all of them. */
import assert from "node:assert/strict";
import { type ParserLimits, ProtocolError, RequestParser } from "limpid/http";

/** What one message came to. */
export interface Message {
  method: string;
  target: string;
  path: string;
  query: string;
  version: string;
  host: string;
  headers: string[];
  framing: string;
  contentLength: number;
  keepAlive: boolean;
  expectContinue: boolean;
  upgrade: boolean;
  body: string;
  trailers: string[];
  complete: boolean;
}

/** What a connection came to. */
export interface Outcome {
  messages: Message[];
  status: number | undefined;
  code: string | undefined;
  state: string;
}

/** A request that must never be seen behind a refused one. */
export const smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

export function octetsOf(sample: string | Uint8Array): Uint8Array {
  return typeof sample === "string" ? Buffer.from(sample, "latin1") : sample;
}

/** Hands in the pieces one by one, each in the same buffer, which is overwritten as soon as the parser permits it. */
export function feed(pieces: Iterable<Uint8Array>, limits?: Partial<ParserLimits>): Outcome {
  const parser = new RequestParser(limits);
  const outcome: Outcome = { messages: [], status: undefined, code: undefined, state: "" };
  try {
    for (const piece of pieces) {
      const buffer = Uint8Array.from(piece);
      parser.push(buffer);
      drain(parser, outcome.messages);
      buffer.fill(0x3f);
    }
  } catch (error) {
    // Anything but a ProtocolError is a bug of the parser.
    if (!(error instanceof ProtocolError)) throw error;
    outcome.status = error.status;
    outcome.code = error.code;
    assert.equal(parser.next(), undefined, "a failed parser gives nothing more");
  }
  outcome.state = parser.state;
  return outcome;
}

function drain(parser: RequestParser, messages: Message[]): void {
  for (let event = parser.next(); event !== undefined; event = parser.next()) {
    if (event.kind === "head") {
      const { headers, minorVersion, ...head } = event.head;
      const version = `1.${minorVersion}`;
      messages.push({ ...head, version, headers: lines(headers), body: "", trailers: [], complete: false });
      continue;
    }
    const message = messages.at(-1)!;
    if (event.kind === "data") {
      assert.notEqual(event.bytes.length, 0, "data is never empty");
      message.body += Buffer.from(event.bytes).toString("latin1");
    } else {
      message.complete = true;
      if (event.trailers) message.trailers = lines(event.trailers);
    }
  }
}

function lines(headers: { lines(): Iterable<readonly [string, string]> }): string[] {
  return Array.from(headers.lines(), ([name, value]) => `${name}: ${value}`);
}

/** Which fragmentations of a sample are tried beside the whole and one octet at a time. */
type Thoroughness = "every cut" | "some cuts";

/** The fragmentations of a sample; a short one is also cut at every pair of places, a long one at every 61st. */
function* fragmentations(octets: Uint8Array, thoroughness: Thoroughness): Generator<Uint8Array[]> {
  yield [octets];
  yield Array.from(octets, (octet) => Uint8Array.of(octet));
  const stride = octets.length > 1024 ? 61 : thoroughness === "every cut" ? 1 : 13;
  for (let cut = 1; cut < octets.length; cut += stride) yield [octets.subarray(0, cut), octets.subarray(cut)];
  if (octets.length > 24 || thoroughness === "some cuts") return;
  for (let first = 1; first < octets.length; first++) {
    for (let second = first + 1; second < octets.length; second++) {
      yield [octets.subarray(0, first), octets.subarray(first, second), octets.subarray(second)];
    }
  }
}

/** What the sample comes to; the same in every fragmentation, or the test fails. */
export function parseEveryWay(
  sample: string | Uint8Array,
  limits?: Partial<ParserLimits>,
  thoroughness: Thoroughness = "every cut",
): Outcome {
  const octets = octetsOf(sample);
  const whole = feed([octets], limits);
  const expected = JSON.stringify(whole);
  for (const pieces of fragmentations(octets, thoroughness)) {
    const outcome = JSON.stringify(withoutStacks(() => feed(pieces, limits)));
    // Compared as text first: a deep comparison for each of thousands of fragmentations is slow.
    if (outcome !== expected)
      assert.deepEqual(JSON.parse(outcome), whole, `cut at ${pieces.map((p) => p.length)}`);
  }
  return whole;
}

/** A stack for each of thousands of refusals would be most of the time that the tests take. */
function withoutStacks<T>(run: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return run();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Asserts that the sample is one whole request with these properties, also where another one follows it. */
export function accepts(sample: string | Uint8Array, expected: Partial<Message> = {}): Message {
  const alone = parseEveryWay(sample);
  assert.equal(alone.code, undefined, `refused with ${alone.status} ${alone.code}`);
  assert.equal(alone.messages.length, 1);
  const message = alone.messages[0]!;
  assert.equal(message.complete, true, "the message has no end");
  assert.deepEqual({ ...message, ...expected }, message);

  const followed = parseEveryWay(followedBySmuggled(sample), undefined, "some cuts");
  assert.deepEqual(followed.messages[0], message);
  assert.equal(followed.messages.length, message.keepAlive ? 2 : 1, "the end of the message was missed");
  return message;
}

/** Asserts that the sample is refused with this status (and code), and that nothing behind it is a request. */
export function refuses(
  sample: string | Uint8Array,
  status: number,
  code?: string,
  limits?: Partial<ParserLimits>,
): Outcome {
  const alone = parseEveryWay(sample, limits);
  const followed = parseEveryWay(followedBySmuggled(sample), limits, "some cuts");
  for (const outcome of [alone, followed]) {
    assert.equal(
      outcome.status,
      status,
      `${outcome.code}: ${JSON.stringify(Buffer.from(octetsOf(sample)).toString("latin1"))}`,
    );
    if (code !== undefined) assert.equal(outcome.code, code);
    assert.equal(outcome.state, "failed");
    assert.ok(
      !outcome.messages.some((message) => message.target === "/smuggled"),
      "a smuggled request was seen",
    );
    assert.ok(
      !outcome.messages.some((message) => message.complete),
      "the refused message was given out as complete",
    );
  }
  return alone;
}

function followedBySmuggled(sample: string | Uint8Array): Uint8Array {
  return Buffer.concat([octetsOf(sample), octetsOf(smuggled)]);
}

/** A request of these header lines, each without its CRLF. */
export function requestOf(...headerLines: string[]): string {
  return `POST / HTTP/1.1\r\nHost: a\r\n${headerLines.map((line) => `${line}\r\n`).join("")}\r\n`;
}
