/** Writes multipart forms and feeds them to the parser in every fragmentation. */
import assert from "node:assert/strict";
import { HttpError } from "limpid/errors";
import { type FormLimits, type FormSource, MultipartParser } from "limpid/forms";
import { MediaType } from "limpid/http";

/** The boundary of the forms that `form` writes. */
export const boundary = "----WebKitFormBoundaryAbC123";

export const formType = MediaType.parse(`multipart/form-data; boundary=${boundary}`);

/** One part on the wire: its header lines and its content. */
export interface WirePart {
  head: string | string[];
  content?: string | Uint8Array;
}

export function field(name: string, content: string | Uint8Array = ""): WirePart {
  return { head: `Content-Disposition: form-data; name="${name}"`, content };
}

export function file(
  name: string,
  filename: string,
  content: string | Uint8Array = "",
  type?: string,
): WirePart {
  const head = [`Content-Disposition: form-data; name="${name}"; filename="${filename}"`];
  if (type !== undefined) head.push(`Content-Type: ${type}`);
  return { head, content };
}

/** The octets of a form; text is Latin-1 unless it is outside of it, then UTF-8. */
export function form(...parts: WirePart[]): Buffer {
  const pieces: Buffer[] = [];
  for (const { head, content = "" } of parts) {
    const lines = [head].flat().map((line) => `${line}\r\n`);
    pieces.push(Buffer.from(`--${boundary}\r\n${lines.join("")}\r\n`));
    pieces.push(
      typeof content === "string" ? Buffer.from(content) : Buffer.from(content),
      Buffer.from("\r\n"),
    );
  }
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
}

/** What one part came to. */
export interface Part {
  name: string;
  filename: string | undefined;
  type: string | undefined;
  content: string;
  complete: boolean;
}

/** What a form came to. */
export interface Outcome {
  parts: Part[];
  ended: boolean;
  code: string | undefined;
  status: number | undefined;
}

/** Hands in the pieces one by one, each in a buffer of its own that is overwritten as soon as the parser permits it. */
export function feed(pieces: Iterable<Uint8Array>, limits?: Partial<FormLimits>, own = boundary): Outcome {
  const outcome: Outcome = { parts: [], ended: false, code: undefined, status: undefined };
  try {
    const parser = new MultipartParser(own, limits);
    for (const piece of pieces) {
      const buffer = Uint8Array.from(piece);
      parser.push(buffer);
      drain(parser, outcome);
      buffer.fill(0x3f);
    }
    parser.finish();
  } catch (error) {
    // Anything but an HttpError is a bug of the parser.
    if (!(error instanceof HttpError)) throw error;
    outcome.code = error.code;
    outcome.status = error.status;
  }
  return outcome;
}

function drain(parser: MultipartParser, outcome: Outcome): void {
  for (let event = parser.next(); event !== undefined; event = parser.next()) {
    assert.equal(outcome.ended, false, "nothing comes behind the end");
    if (event.kind === "part") {
      const { name, filename, type } = event.head;
      outcome.parts.push({ name, filename, type: type?.toString(), content: "", complete: false });
    } else if (event.kind === "end") outcome.ended = true;
    else if (event.kind === "partEnd") outcome.parts.at(-1)!.complete = true;
    else {
      assert.notEqual(event.bytes.length, 0, "data is never empty");
      outcome.parts.at(-1)!.content += event.bytes.toString("latin1");
    }
  }
}

/** The octets cut at the places, in pieces. */
export function cut(octets: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [...new Set(places.map((place) => place % (octets.length + 1)))].sort((a, b) => a - b);
  return [...sorted, octets.length].map((place, index) => octets.subarray(sorted[index - 1] ?? 0, place));
}

/** What the form comes to, cut everywhere once and octet by octet; the same each time, or the test fails. */
export function feedEveryWay(octets: Uint8Array, limits?: Partial<FormLimits>): Outcome {
  const whole = feed([octets], limits);
  const expected = comparable(whole);
  assert.equal(
    comparable(
      feed(
        Array.from(octets, (octet) => Uint8Array.of(octet)),
        limits,
      ),
    ),
    expected,
  );
  for (let place = 1; place < octets.length; place++) {
    assert.equal(comparable(feed(cut(octets, [place]), limits)), expected, `cut at ${place}`);
  }
  return whole;
}

/** Content of a part that was refused in its midst is not compared: how much of it came out depends on the cut. */
export function comparable({ parts, ...rest }: Outcome): string {
  const seen = parts.map((part) => (part.complete ? part : { ...part, content: undefined }));
  return JSON.stringify({ ...rest, parts: seen });
}

/** A pull of the pieces. */
export function sourceOf(...pieces: Uint8Array[]): FormSource & { cancelled: boolean } {
  const rest = [...pieces];
  return {
    cancelled: false,
    read: async () => rest.shift() ?? null,
    cancel() {
      this.cancelled = true;
      rest.length = 0;
    },
  };
}
