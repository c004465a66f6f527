/** The six fields that steer a connection, recognised in place while the head is scanned, so that no name becomes a string. */
import { isWhitespace, octets, spells } from "./byte-classes.ts";
import { readContentLength } from "./content-length.ts";
import { isHostAt } from "./host.ts";
import { ProtocolError } from "./protocol-error.ts";
import { isChunked, refuseTransferEncoding } from "./transfer-encoding.ts";

const names = {
  host: Buffer.from("host"),
  expect: Buffer.from("expect"),
  upgrade: Buffer.from("upgrade"),
  connection: Buffer.from("connection"),
  contentLength: Buffer.from("content-length"),
  transferEncoding: Buffer.from("transfer-encoding"),
};
const options = {
  close: Buffer.from("close"),
  upgrade: Buffer.from("upgrade"),
  keepAlive: Buffer.from("keep-alive"),
};
const continueExpectation = Buffer.from("100-continue");

/** What the fields of one head say; every method throws where they break a MUST. */
export class ControlFields {
  minorVersion: 0 | 1 = 1;
  /** Relative to the begin of the head, like the offsets of the lines; -1 without `Host`. */
  hostStart = -1;
  hostEnd = -1;
  /** -1 without `Content-Length`. */
  contentLength = -1;
  chunked = false;
  expectContinue = false;
  hasUpgrade = false;
  closes = false;
  keepsAlive = false;
  connectionUpgrade = false;

  reset(minorVersion: 0 | 1): void {
    this.minorVersion = minorVersion;
    this.hostStart = this.hostEnd = this.contentLength = -1;
    this.chunked = this.expectContinue = this.hasUpgrade = false;
    this.closes = this.keepsAlive = this.connectionUpgrade = false;
  }

  /** Looks at the line whose four offsets begin at `place`; the length of a name rules out nearly all. */
  see(bytes: Uint8Array, base: number, offsets: Int32Array, place: number): void {
    const name = base + offsets[place]!;
    const from = base + offsets[place + 2]!;
    const to = base + offsets[place + 3]!;
    switch (offsets[place + 1]! - offsets[place]!) {
      case 4:
        if (spells(bytes, name, names.host)) this.#host(bytes, base, from, to);
        break;
      case 6:
        if (spells(bytes, name, names.expect)) this.#expect(bytes, from, to);
        break;
      case 7:
        if (spells(bytes, name, names.upgrade)) this.hasUpgrade = true;
        break;
      case 10:
        if (spells(bytes, name, names.connection)) this.#connection(bytes, from, to);
        break;
      case 14:
        if (spells(bytes, name, names.contentLength)) this.#contentLength(bytes, from, to);
        break;
      case 17:
        if (spells(bytes, name, names.transferEncoding)) this.#transferEncoding(bytes, from, to);
        break;
    }
  }

  /** What can only be known at the end of the head: RFC 9112 §3.2, an HTTP/1.1 request names its host. */
  finish(): void {
    if (this.hostStart !== -1 || this.minorVersion === 0) return;
    throw new ProtocolError(400, "LMP_HTTP_HOST_MISSING", "The request has no Host header.", {
      expected: "one Host header",
      found: "none",
    });
  }

  #host(bytes: Uint8Array, base: number, from: number, to: number): void {
    if (this.hostStart !== -1) throw invalidHost("There is more than one Host header.", "a second one");
    if (!isHostAt(bytes, from, to)) {
      throw invalidHost(
        "The Host header is not a host with an optional port.",
        from === to ? "nothing" : "another form",
      );
    }
    this.hostStart = from - base;
    this.hostEnd = to - base;
  }

  #contentLength(bytes: Uint8Array, from: number, to: number): void {
    if (this.chunked) throw ambiguous();
    if (this.contentLength !== -1) {
      throw new ProtocolError(
        400,
        "LMP_HTTP_CONTENT_LENGTH_INVALID",
        "There is more than one Content-Length.",
        {
          expected: "one Content-Length",
          found: "a second one",
        },
      );
    }
    this.contentLength = readContentLength(bytes, from, to);
  }

  #transferEncoding(bytes: Uint8Array, from: number, to: number): void {
    if (this.contentLength !== -1) throw ambiguous();
    if (this.chunked || this.minorVersion === 0) {
      // RFC 9112 §6.1: HTTP/1.0 has no transfer codings, so the framing is faulty even where it looks right.
      throw new ProtocolError(
        400,
        "LMP_HTTP_TRANSFER_ENCODING_INVALID",
        "Transfer-Encoding may not be here.",
        {
          expected: "one Transfer-Encoding, in HTTP/1.1",
          found: this.chunked ? "a second one" : "HTTP/1.0",
        },
      );
    }
    if (!isChunked(bytes, from, to)) throw refuseTransferEncoding(bytes, from, to);
    this.chunked = true;
  }

  #expect(bytes: Uint8Array, from: number, to: number): void {
    if (to - from !== continueExpectation.length || !spells(bytes, from, continueExpectation)) {
      // RFC 9110 §10.1.1
      throw new ProtocolError(417, "LMP_HTTP_EXPECTATION_FAILED", "The expectation cannot be met.", {
        expected: "100-continue",
        found: "another expectation",
      });
    }
    this.expectContinue = true;
  }

  /** Reads the options that concern this connection; others may concern nobody here (RFC 9110 §7.6.1). */
  #connection(bytes: Uint8Array, from: number, to: number): void {
    let start = from;
    while (start < to) {
      let end = start;
      while (end < to && bytes[end] !== octets.comma) end++;
      let optionEnd = end;
      while (isWhitespace(bytes[start]!) && start < optionEnd) start++;
      while (optionEnd > start && isWhitespace(bytes[optionEnd - 1]!)) optionEnd--;
      this.#connectionOption(bytes, start, optionEnd - start);
      start = end + 1;
    }
  }

  #connectionOption(bytes: Uint8Array, at: number, length: number): void {
    if (length === 5 && spells(bytes, at, options.close)) this.closes = true;
    else if (length === 7 && spells(bytes, at, options.upgrade)) this.connectionUpgrade = true;
    else if (length === 10 && spells(bytes, at, options.keepAlive)) this.keepsAlive = true;
  }
}

function invalidHost(sentence: string, found: string): ProtocolError {
  return new ProtocolError(400, "LMP_HTTP_HOST_INVALID", sentence, {
    expected: "one host, as in example.com:8000",
    found,
  });
}

function ambiguous(): ProtocolError {
  // RFC 9112 §6.1: a sign of request smuggling, and the connection closes in any case.
  return new ProtocolError(400, "LMP_HTTP_FRAMING_AMBIGUOUS", "The length of the content is given twice.", {
    expected: "Content-Length or Transfer-Encoding",
    found: "both",
  });
}
