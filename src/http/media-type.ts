/** The one reader of media types: `Content-Type`, offers of `accept.ts` and the types of files by extension. */
import mime from "mime";
import { octets } from "./byte-classes.ts";
import { FieldScanner, tokenOrQuotedString } from "./field-scanner.ts";

/** More parameters than any registered type has. */
const parameterLimit = 16;

/**
 * A media type (RFC 9110 §8.3.1). Everything that looks at a `Content-Type` looks at one of these, so that no two
 * readers of one message can disagree about what it holds.
 *
 * @example
 * ```ts
 * import { MediaType } from "limpid/http";
 *
 * const type = MediaType.parse('Text/HTML; Charset="UTF-8"');
 * console.log(type?.essence, type?.charset); // text/html utf-8
 * console.log(type?.matches("text/*")); // true
 * console.log(MediaType.parse("text/html; charset")); // undefined
 * ```
 */
export class MediaType {
  /** In lower case: `"text"`. */
  readonly type: string;
  /** In lower case: `"html"`. */
  readonly subtype: string;
  /** Names in lower case, values as sent, quotes removed. */
  readonly parameters: ReadonlyMap<string, string>;

  private constructor(type: string, subtype: string, parameters: ReadonlyMap<string, string>) {
    this.type = type;
    this.subtype = subtype;
    this.parameters = parameters;
  }

  /**
   * Reads a media type. `undefined` for anything outside the grammar, for a parameter given twice (two readers could
   * choose differently) and for more than 16 parameters: such content is of no known type, hence 415, never unchecked.
   */
  static parse(text: string): MediaType | undefined {
    if (text !== lastText) {
      lastType = MediaType.#read(text);
      lastText = text;
    }
    return lastType;
  }

  static #read(text: string): MediaType | undefined {
    const scanner = new FieldScanner(text);
    scanner.skipWhitespace();
    const type = scanner.token().toLowerCase();
    if (type === "" || !scanner.skip(octets.slash)) return undefined;
    const subtype = scanner.token().toLowerCase();
    if (subtype === "") return undefined;
    const parameters = new Map<string, string>();
    const wellFormed = scanner.parameters((name, value) => {
      if (parameters.has(name) || parameters.size === parameterLimit) return false;
      parameters.set(name, value);
      return true;
    });
    return wellFormed && scanner.atEnd ? new MediaType(type, subtype, parameters) : undefined;
  }

  /** Type and subtype without parameters, in lower case: `"text/html"`. */
  get essence(): string {
    return `${this.type}/${this.subtype}`;
  }

  /** The `charset` parameter in lower case, `undefined` where there is none. */
  get charset(): string | undefined {
    return this.parameters.get("charset")?.toLowerCase();
  }

  /**
   * Whether the essence fits a pattern: `"text/html"`, `"text/*"`, a star on both sides for every type, or `"+json"`
   * for every type with that structured syntax suffix (RFC 6838 §4.2.8).
   */
  matches(pattern: string): boolean {
    const wanted = pattern.toLowerCase();
    if (wanted.startsWith("+")) return this.subtype.endsWith(wanted);
    if (wanted === "*/*" || wanted === this.essence) return true;
    return wanted.endsWith("/*") && wanted === `${this.type}/*`;
  }

  /** The type as a field value: `text/html; charset=utf-8`. */
  toString(): string {
    let text = this.essence;
    for (const [name, value] of this.parameters) text += `; ${name}=${tokenOrQuotedString(value)}`;
    return text;
  }
}

/** What was read last: a type cannot be changed, and most messages have the same one. */
let lastText = "";
let lastType: MediaType | undefined;

/**
 * The media type for a file name, a path or an extension; `undefined` for an unknown one. Text types carry
 * `charset=utf-8`; JSON does not, as it has no such parameter (RFC 8259 §11).
 *
 * @example
 * ```ts
 * import { mediaTypeOf } from "limpid/http";
 *
 * console.log(mediaTypeOf("css")); // text/css; charset=utf-8
 * console.log(mediaTypeOf("photos/cat.JPG")); // image/jpeg
 * console.log(mediaTypeOf("data.json")); // application/json
 * ```
 */
export function mediaTypeOf(filenameOrExtension: string): string | undefined {
  const type = mime.getType(filenameOrExtension);
  if (type === null) return undefined;
  return type.startsWith("text/") ? `${type}; charset=utf-8` : type;
}
