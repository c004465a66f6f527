/**
 * Follows the page inside of a `srcdoc` attribute, as far as is needed to tell element text: tags with quoted values. In
 * a page with more than that no value can stand.
 */
import { isBlank } from "./cursor.ts";
import { plainText } from "./escape-text.ts";
import { type Placed, refusal } from "./placed.ts";
import type { Reader } from "./reader.ts";

/** Elements whose content is read in a way of its own. */
const special = new Set(
  `script style title textarea iframe noembed noframes noscript xmp plaintext svg math template select
  frameset`.split(/\s+/),
);

export class SrcdocReader implements Reader {
  /**
   * `open` is behind `<`, `name` in the name of a tag, `tag` where an attribute may begin, `attribute` in its name or
   * behind it, `bare` in a value without quotes, `value` in quotes; `other` never ends.
   */
  #part: "text" | "open" | "name" | "tag" | "attribute" | "before value" | "bare" | "value" | "other" =
    "text";
  #name = "";
  #quote = "";

  get key(): string {
    return `srcdoc ${this.#part} ${this.#name} ${this.#quote}`;
  }

  get name(): string {
    return "the page in `srcdoc`";
  }

  read(character: string): void {
    switch (this.#part) {
      case "text":
        if (character === "<") this.#part = "open";
        return;
      case "open":
        this.#open(character);
        return;
      case "name":
      case "tag":
      case "attribute":
      case "bare":
        this.#readTag(character);
        return;
      case "before value":
        if (character === '"' || character === "'") {
          this.#part = "value";
          this.#quote = character;
        } else if (!isBlank(character)) {
          this.#part = "bare";
          this.#readTag(character);
        }
        return;
      case "value":
        if (character !== this.#quote) return;
        this.#part = "tag";
        this.#quote = "";
    }
  }

  #open(character: string): void {
    this.#name = "";
    // Behind one `<` that is text, another may open a tag.
    if (character === "<") return;
    if (/[A-Za-z/]/.test(character)) {
      this.#part = "name";
      if (character !== "/") this.#name = character.toLowerCase();
    } else this.#part = character === "!" || character === "?" ? "other" : "text";
  }

  #readTag(character: string): void {
    if (character === ">") {
      this.#part = special.has(this.#name) ? "other" : "text";
      this.#name = "";
    } else if (this.#part === "name") this.#readName(character);
    else if (this.#part === "bare") {
      if (isBlank(character)) this.#part = "tag";
    } else if (character === "/") this.#part = "tag";
    else if (!isBlank(character)) {
      // The name of an attribute may begin with `=`.
      this.#part = character === "=" && this.#part === "attribute" ? "before value" : "attribute";
    }
  }

  #readName(character: string): void {
    if (this.#name === "" && !/[A-Za-z]/.test(character)) this.#part = "other";
    else if (isBlank(character) || character === "/") this.#part = "tag";
    else if (this.#name.length < 20) this.#name += character.toLowerCase();
  }

  /** Markup is text here too: it was trusted for this page, and the inner one is another. */
  value(): Placed {
    if (this.#part === "text") return { kind: "srcdoc", escape: plainText };
    throw refusal(
      "inside of the tags, scripts, styles and comments of a `srcdoc`",
      "Make the inner page with a template of its own, and lead there with `src`.",
    );
  }

  copy(): SrcdocReader {
    const copy = new SrcdocReader();
    copy.#part = this.#part;
    copy.#name = this.#name;
    copy.#quote = this.#quote;
    return copy;
  }

  join(other: Reader): Reader | undefined {
    return other.key === this.key ? this : undefined;
  }

  behindPart(): Reader {
    return this;
  }

  endsIn(end: Reader): boolean {
    return end.key === this.key;
  }
}
