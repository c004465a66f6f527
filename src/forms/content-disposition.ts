/** Reads `Content-Disposition: form-data` of a part (RFC 7578 §4.2), strictly and in one pass. */
import { isToken } from "../http/index.ts";
import { decoderOf, decodeValue } from "./charset.ts";
import { badPart } from "./form-error.ts";

/** What the field says of its part. */
export interface Disposition {
  readonly name: string;
  /** As sent, decoded; undefined for a field. */
  readonly filename: string | undefined;
}

const expected = 'form-data; name="…", and for a file filename="…"';

/**
 * Reads the value of the field, whose octets are one character each. What browsers write is a quoted-string with `"`,
 * CR and LF percent-encoded (WHATWG HTML, multipart/form-data encoding algorithm); what others write is a quoted-pair.
 * `filename*` (RFC 8187) is not for forms by RFC 7578 §4.2 and is sent nevertheless; it then goes before `filename`.
 */
export function readDisposition(value: string, decoder: TextDecoder): Disposition {
  const parameters = new Parameters(value);
  if (parameters.type !== "form-data") throw invalid(parameters.type || "nothing");
  let name: string | undefined;
  let filename: string | undefined;
  let extended: string | undefined;
  while (parameters.next()) {
    if (parameters.name === "name") name = once(name, decoded(parameters.value, decoder));
    else if (parameters.name === "filename") filename = once(filename, decoded(parameters.value, decoder));
    else if (parameters.name === "filename*") extended = once(extended, extendedValue(parameters.value));
    // RFC 2231 continuations, and `name*`: some readers know them and some do not.
    else if (parameters.name.includes("*")) throw invalid(`the parameter ${parameters.name.slice(0, 40)}`);
  }
  if (name === undefined) throw invalid("no name");
  return { name, filename: extended ?? filename };
}

/** The parameters of the field, one after another. */
class Parameters {
  readonly type: string;
  name = "";
  value = "";
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    const end = text.indexOf(";");
    this.#at = end === -1 ? text.length : end;
    this.type = text.slice(0, this.#at).trimEnd().toLowerCase();
  }

  /** Reads the next one into `name`, in lower case, and `value`; false at the end. */
  next(): boolean {
    const text = this.#text;
    this.#skipWhitespace();
    if (this.#at === text.length) return false;
    if (text.charCodeAt(this.#at) !== 0x3b) throw invalid("something behind a parameter");
    this.#at++;
    this.#skipWhitespace();
    // A semicolon at the end is nothing that could be read in two ways.
    if (this.#at === text.length) return false;
    const equals = text.indexOf("=", this.#at);
    const name = equals === -1 ? "" : text.slice(this.#at, equals);
    if (!isToken(name)) throw invalid("a parameter without name or value");
    this.name = name.toLowerCase();
    this.#at = equals + 1;
    this.value = text.charCodeAt(this.#at) === 0x22 ? this.#quoted() : this.#token();
    return true;
  }

  #token(): string {
    const start = this.#at;
    const semicolon = this.#text.indexOf(";", start);
    this.#at = semicolon === -1 ? this.#text.length : semicolon;
    const value = this.#text.slice(start, this.#at).trimEnd();
    if (!isToken(value)) throw invalid("a value that is neither token nor quoted-string");
    return value;
  }

  /**
   * A backslash is an escape before `"` and `\` alone: browsers write it as it stands in the name of a file
   * (WHATWG HTML), so that `"a\b"` is a name of three letters.
   */
  #quoted(): string {
    const text = this.#text;
    let content = "";
    let start = this.#at + 1;
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x22) {
        this.#at = at + 1;
        return content + text.slice(start, at);
      }
      if (code !== 0x5c) continue;
      const escaped = text.charCodeAt(at + 1);
      if (escaped !== 0x22 && escaped !== 0x5c) continue;
      content += text.slice(start, at);
      start = ++at;
    }
    throw invalid("a quoted-string without end");
  }

  #skipWhitespace(): void {
    for (let code = this.#text.charCodeAt(this.#at); code === 0x20 || code === 0x09; ) {
      code = this.#text.charCodeAt(++this.#at);
    }
  }
}

/** A value in the charset of the form, with the three escapes of browsers resolved. */
function decoded(value: string, decoder: TextDecoder): string {
  const text = isAscii(value) ? value : decodeValue(Buffer.from(value, "latin1"), decoder);
  if (!text.includes("%")) return text;
  return text.replace(/%(22|0[dD]|0[aA])/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** `UTF-8'language'percent-encoded` (RFC 8187 §3.2.1). */
function extendedValue(value: string): string {
  const [charset = "", , encoded, more] = value.split("'", 4);
  const label = charset.toLowerCase();
  if (encoded === undefined || more !== undefined)
    throw invalid("a filename* without charset'language'value");
  if (label !== "utf-8" && label !== "iso-8859-1") throw invalid("a filename* in another charset than UTF-8");
  if (/[^A-Za-z0-9!#$&+.^_`|~%-]/.test(encoded))
    throw invalid("a filename* with an octet that has to be encoded");
  const octets = encoded.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  // What was decoded may be a percent sign itself, hence the count.
  if (encoded.split("%").length - 1 !== (encoded.length - octets.length) / 2) {
    throw invalid("a filename* with a broken percent-encoding");
  }
  return decodeValue(Buffer.from(octets, "latin1"), decoderOf(label));
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

function once(known: string | undefined, value: string): string {
  if (known === undefined) return value;
  throw invalid("a parameter twice");
}

function invalid(found: string): Error {
  return badPart("The Content-Disposition of a part is malformed.", expected, found.slice(0, 60));
}
