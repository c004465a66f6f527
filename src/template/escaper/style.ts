/** Follows CSS (CSS Syntax Level 3) in `<style>` and in `style` attributes. */
import { styleString, styleUrl, styleValue } from "./escape-style.ts";
import { type Placed, refusal } from "./placed.ts";
import type { Reader } from "./reader.ts";
import { UrlReader } from "./url.ts";

/**
 * `rules` is outside of all blocks, `name` before the colon of a declaration, `value` behind it. A rule inside of a
 * block looks like a declaration until its brace, which does no harm: what a value may be in `value` ends neither.
 */
type Mode = "rules" | "name" | "value";
type Inside = "" | "string" | "comment" | "url start" | "url" | "url string" | "url end";

export class StyleReader implements Reader {
  #mode: Mode;
  #inside: Inside = "";
  #quote = "";
  /** Behind a backslash. */
  #escaped = false;
  /** The character or word just before, as far as it matters: `/`, `*`, `u`, `ur`, `url`, or `a` for another word. */
  #recent = "";
  #depth = 0;
  readonly #attribute: boolean;
  #url: Reader = new UrlReader("picture");

  constructor(attribute: boolean) {
    this.#attribute = attribute;
    this.#mode = attribute ? "name" : "rules";
  }

  get key(): string {
    const url = this.#inside.startsWith("url") ? this.#url.key : "";
    const place = `${this.#attribute ? "attribute " : ""}${this.#mode} ${this.#inside} ${this.#quote}`;
    return `style ${place} ${this.#escaped ? "e" : ""} ${this.#recent} ${this.#depth} ${url}`;
  }

  get name(): string {
    if (this.#inside === "comment") return "a comment of CSS";
    if (this.#inside === "string") return "a string of CSS";
    if (this.#inside !== "") return "a URL of CSS";
    return this.#mode === "value" ? "the value of a CSS property" : "CSS";
  }

  read(character: string): void {
    if (this.#inside === "comment") {
      if (this.#recent === "*" && character === "/") {
        this.#inside = "";
        this.#recent = "";
      } else this.#recent = character === "*" ? "*" : "";
    } else if (this.#escaped) {
      this.#escaped = false;
      // An escape could spell anything, `url` too.
      this.#recent = "a";
    } else if (character === "\\") this.#escaped = true;
    else if (this.#inside === "string" || this.#inside === "url string") this.#readString(character);
    else if (this.#inside === "") this.#readPlain(character);
    else this.#readUrl(character);
  }

  #readString(character: string): void {
    if (character === this.#quote || character === "\n") {
      this.#inside = this.#inside === "string" ? "" : "url end";
      this.#quote = "";
    } else if (this.#inside === "url string") this.#url.read(character);
  }

  #readUrl(character: string): void {
    const blank = /\s/.test(character);
    if (character === ")") {
      this.#inside = "";
      this.#recent = "";
    } else if (this.#inside === "url start" && (character === '"' || character === "'")) {
      this.#inside = "url string";
      this.#quote = character;
    } else if (this.#inside === "url" && blank) this.#inside = "url end";
    else if (!blank && this.#inside !== "url end") {
      this.#inside = "url";
      this.#url.read(character);
    }
  }

  #readPlain(character: string): void {
    const before = this.#recent;
    this.#recent = "";
    switch (character) {
      case '"':
      case "'":
        this.#inside = "string";
        this.#quote = character;
        return;
      case "/":
        this.#recent = "/";
        return;
      case "*":
        if (before === "/") this.#inside = "comment";
        return;
      case "(":
        if (before !== "url") return;
        this.#inside = "url start";
        this.#url = new UrlReader("picture");
        return;
      case "{":
        this.#depth++;
        this.#mode = "name";
        return;
      case "}":
        if (this.#depth > 0) this.#depth--;
        this.#mode = this.#depth === 0 && !this.#attribute ? "rules" : "name";
        return;
      case ";":
        if (this.#mode === "value") this.#mode = "name";
        return;
      case ":":
        if (this.#mode === "name") this.#mode = "value";
        return;
    }
    if (/[\w-]/.test(character) || character > "\u007f") this.#recent = wordBehind(before, character);
  }

  value(next: string): Placed {
    if (this.#inside === "comment") {
      throw refusal("in a comment of CSS", "Use {# … #} to leave a part of the template out.");
    }
    if (this.#escaped) {
      throw refusal("behind a backslash in CSS", "Take the backslash away: values are escaped.");
    }
    if (this.#mode === "rules") {
      throw refusal(
        "in a selector or a rule of CSS",
        "Write the selectors as text, and choose among them with a class of the element.",
      );
    }
    if (this.#mode === "name") {
      throw refusal(
        "as the name of a CSS property",
        "Write the name as text: {% if %} chooses among several.",
      );
    }
    return this.#valueInDeclaration(next);
  }

  #valueInDeclaration(next: string): Placed {
    switch (this.#inside) {
      case "string":
        return { kind: "style string", escape: styleString };
      case "url end":
        throw refusal("behind the URL in `url()`", "Give the whole URL as one value.");
      case "url start":
      case "url":
      case "url string": {
        if (this.#inside === "url start") this.#inside = "url";
        return { kind: "style url", escape: styleUrl(this.#url.value(next).escape) };
      }
    }
    // Behind a value the word is another one, and a slash begins no comment any more.
    this.#recent = "a";
    return { kind: "style", escape: styleValue };
  }

  copy(): StyleReader {
    const copy = new StyleReader(this.#attribute);
    copy.#mode = this.#mode;
    copy.#inside = this.#inside;
    copy.#quote = this.#quote;
    copy.#escaped = this.#escaped;
    copy.#recent = this.#recent;
    copy.#depth = this.#depth;
    copy.#url = this.#url.copy();
    return copy;
  }

  join(other: Reader): Reader | undefined {
    if (!(other instanceof StyleReader)) return undefined;
    if (other.key === this.key) return this;
    const joined = this.copy();
    if (this.#inside === "" && this.#recent !== "/" && other.#recent !== "/") {
      // Behind words that differ; one that ends in `url` could still be followed by a parenthesis.
      if (this.#recent !== "url" && other.#recent !== "url") joined.#recent = other.#recent;
    } else if (this.#inside.startsWith("url") && this.#inside === other.#inside) {
      const url = this.#url.join(other.#url);
      if (url === undefined) return undefined;
      joined.#url = url.copy();
      const same = other.copy();
      same.#url = url.copy();
      return same.key === joined.key ? joined : undefined;
    }
    return joined.key === other.key ? joined : undefined;
  }

  behindPart(): Reader {
    const copy = this.copy();
    if (this.#inside.startsWith("url")) copy.#url = this.#url.behindPart();
    return copy;
  }

  endsIn(end: Reader): boolean {
    if (!(end instanceof StyleReader)) return false;
    if (this.#inside.startsWith("url")) return end.#inside === this.#inside && this.#url.endsIn(end.#url);
    return end.#recent !== "/" && this.join(end) !== undefined;
  }
}

/** Only `url` matters, which a parenthesis makes a URL. */
function wordBehind(before: string, character: string): string {
  const word = (before === "a" ? "a" : before === "/" ? "" : before) + character.toLowerCase();
  return word === "u" || word === "ur" || word === "url" ? word : "a";
}
