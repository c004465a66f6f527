/** Follows a URL: what a value may do depends on whether it can still choose the scheme or the host. */
import {
  addressPart,
  behindSlash,
  behindSlashNotEmpty,
  linkUrl,
  pathPart,
  pictureUrl,
  queryPart,
  resourceUrl,
  schemelessPart,
  type UrlKind,
} from "./escape-url.ts";
import { type Placed, refusal, unsafe } from "./placed.ts";
import type { Reader } from "./reader.ts";

type Part =
  /** Nothing was written yet. */
  | "start"
  /** Only letters so far, kept in `scheme`: a colon would make them the scheme. */
  | "scheme"
  /** Behind a value that began the URL, with no delimiter yet. */
  | "value"
  /** Behind the one slash that begins the URL or follows its first value. */
  | "slash"
  /** Behind a host or in a path. */
  | "path"
  | "query"
  /** Behind `mailto:` and the like. */
  | "address"
  /** Behind a scheme that runs or embeds what follows. */
  | "forbidden"
  /** Different parts, depending on a condition. */
  | "ambiguous"
  /** The same, and one of them could still become a scheme. */
  | "open";

const addressSchemes = new Set(["mailto", "tel", "sms", "xmpp", "sip"]);
const forbiddenSchemes = new Set([
  "javascript",
  "vbscript",
  "livescript",
  "mocha",
  "data",
  "blob",
  "filesystem",
]);

const wholeUrl = { link: linkUrl, resource: resourceUrl, picture: pictureUrl };

export class UrlReader implements Reader {
  readonly #kind: UrlKind;
  #part: Part = "start";
  #scheme = "";

  constructor(kind: UrlKind) {
    this.#kind = kind;
  }

  get key(): string {
    return `url ${this.#kind} ${this.#part} ${this.#scheme}`;
  }

  /** Whether a value can do no more here than change a parameter. */
  get inQuery(): boolean {
    return this.#part === "query";
  }

  get name(): string {
    return this.#part === "query" ? "the query of a URL" : "a URL";
  }

  read(character: string): void {
    // Browsers leave these out wherever they stand (WHATWG URL §4.4).
    if (character === "\t" || character === "\n" || character === "\r") return;
    switch (this.#part) {
      case "start":
        if (character <= " ") return;
        this.#begin(character);
        return;
      case "scheme":
        this.#continueScheme(character);
        return;
      case "value":
      case "open":
        if (character === ":") throw schemeByValue();
        if (character === "/" || character === "\\") this.#part = "slash";
        else if (character === "?" || character === "#") this.#part = "query";
        return;
      case "slash":
        this.#part = character === "?" || character === "#" ? "query" : "path";
        return;
      case "path":
      case "ambiguous":
        if (character === "?" || character === "#") this.#part = "query";
        return;
    }
  }

  #begin(character: string): void {
    if (character === "/" || character === "\\") this.#part = "slash";
    else if (character === "?" || character === "#") this.#part = "query";
    else if (/[a-z]/i.test(character)) {
      this.#part = "scheme";
      this.#scheme = character.toLowerCase();
    } else this.#part = "path";
  }

  #continueScheme(character: string): void {
    if (/[a-z0-9+.-]/i.test(character)) {
      // Longer than any scheme that matters, and short enough for a key.
      if (this.#scheme.length < 20) this.#scheme += character.toLowerCase();
      return;
    }
    const scheme = this.#scheme;
    this.#part = character === "?" || character === "#" ? "query" : "path";
    if (character === ":" && addressSchemes.has(scheme)) this.#part = "address";
    if (character === ":" && forbiddenSchemes.has(scheme)) this.#part = "forbidden";
    else this.#scheme = "";
  }

  value(next: string): Placed {
    switch (this.#part) {
      case "start":
        this.#part = "value";
        return { kind: "url", escape: wholeUrl[this.#kind] };
      case "scheme":
      case "value":
        this.#part = "value";
        this.#scheme = "";
        return { kind: "url part", escape: schemelessPart };
      case "slash": {
        this.#part = "path";
        const apart = next !== "" && next !== "/" && next !== "\\";
        return { kind: "url part", escape: apart ? behindSlash : behindSlashNotEmpty };
      }
      case "path":
        return { kind: "url part", escape: pathPart };
      case "query":
        return { kind: "url query", escape: queryPart };
      case "address":
        return { kind: "url address", escape: addressPart };
      case "forbidden":
        throw refusal(
          `behind \`${this.#scheme}:\` in a URL`,
          this.#scheme === "data"
            ? "Give the whole URL as one value to the `src` of an image; data: is taken there for pictures."
            : "Put the code into a script, and the value into a data- attribute that it reads.",
        );
      case "ambiguous":
      case "open":
        throw refusal(
          "where it is another part of the URL, depending on a condition",
          "Write the whole attribute in each branch.",
        );
    }
  }

  /** Whether a colon could still end a scheme. */
  get #open(): boolean {
    return ["start", "scheme", "value", "open"].includes(this.#part);
  }

  copy(): UrlReader {
    const copy = new UrlReader(this.#kind);
    copy.#part = this.#part;
    copy.#scheme = this.#scheme;
    return copy;
  }

  join(other: Reader): Reader | undefined {
    if (!(other instanceof UrlReader) || other.#kind !== this.#kind) return undefined;
    if (other.key === this.key) return this;
    if (this.#part === "forbidden" || other.#part === "forbidden") return undefined;
    const joined = this.copy();
    const one = this.#open;
    const two = other.#open;
    joined.#part = one || two ? "open" : "ambiguous";
    joined.#scheme = "";
    // `http{% if secure %}s{% endif %}://`
    if (/^https?$/.test(this.#scheme) && /^https?$/.test(other.#scheme)) {
      joined.#part = "scheme";
      joined.#scheme = "https";
    }
    return joined;
  }

  behindPart(): UrlReader {
    const copy = this.copy();
    if (this.#open) {
      copy.#part = "value";
      copy.#scheme = "";
    }
    return copy;
  }

  /** What is behind a part is read as if a value were in its place, which is right for no less than these. */
  endsIn(end: Reader): boolean {
    if (!(end instanceof UrlReader) || end.#kind !== this.#kind) return false;
    if (end.#part === "forbidden") return false;
    if (this.#open || this.#part === "ambiguous") return this.#open || !end.#open;
    return end.#part === this.#part || (this.#part === "slash" && end.#part === "path");
  }
}

function schemeByValue(): Error {
  return unsafe(
    "A colon behind a value or a condition decides the scheme of a URL.",
    "Give the whole URL as one value, or write the scheme as text.",
  );
}
