/** Follows `srcset`: candidates of a URL and a width or density each, divided by commas. */

import { textOf } from "./escape-text.ts";
import { BLOCKED_URL, filterUrl } from "./escape-url.ts";
import { type Escape, type Placed, refusal } from "./placed.ts";
import type { Reader } from "./reader.ts";
import { UrlReader } from "./url.ts";

export class SrcsetReader implements Reader {
  /** `list`: nothing was written; `before`, `url`, `behind`: before, in and behind the URL of a candidate. */
  #part: "list" | "before" | "url" | "behind" | "done" = "list";
  #url: Reader = new UrlReader("picture");

  get key(): string {
    return `srcset ${this.#part} ${this.#part === "url" ? this.#url.key : ""}`;
  }

  get name(): string {
    return "a list of pictures";
  }

  read(character: string): void {
    const blank = /[\t\n\f\r ]/.test(character);
    if (this.#part === "url") {
      if (blank) this.#part = "behind";
      else this.#url.read(character);
      return;
    }
    if (this.#part === "done" && character !== ",") {
      if (!blank) throw refusal("as a list of pictures with text behind it", "Write one value for each URL.");
      return;
    }
    if (character === ",") this.#part = "before";
    else if (!blank && this.#part !== "behind") this.#beginUrl(character);
  }

  #beginUrl(character: string): void {
    this.#part = "url";
    this.#url = new UrlReader("picture");
    this.#url.read(character);
  }

  value(next: string): Placed {
    // Alone, a value is a list; with text behind it, the URL of the first candidate.
    if (this.#part === "list" && (next === "" || next === '"' || next === "'")) {
      this.#part = "done";
      return { kind: "srcset", escape: srcset };
    }
    if (this.#part === "behind") return { kind: "srcset width", escape: descriptor };
    if (this.#part === "done") {
      throw refusal(
        "behind a list of pictures",
        "Give the whole list as one value, or divide the values by commas.",
      );
    }
    if (this.#part !== "url") this.#url = new UrlReader("picture");
    this.#part = "url";
    const placed = this.#url.value(next);
    return { kind: placed.kind, escape: oneUrl(placed.escape) };
  }

  copy(): SrcsetReader {
    const copy = new SrcsetReader();
    copy.#part = this.#part;
    copy.#url = this.#url.copy();
    return copy;
  }

  join(other: Reader): Reader | undefined {
    return other.key === this.key ? this : undefined;
  }

  behindPart(): Reader {
    const copy = this.copy();
    if (this.#part === "list") copy.#part = "done";
    if (this.#part === "url") copy.#url = this.#url.behindPart();
    return copy;
  }

  endsIn(end: Reader): boolean {
    if (!(end instanceof SrcsetReader)) return false;
    if (this.#part === "list") return end.#part === "done" || end.#part === "list";
    return this.#part === end.#part && (this.#part !== "url" || this.#url.endsIn(end.#url));
  }
}

const known = new Map<Escape, Escape>();

/** A comma at the end of a URL would begin the next candidate. */
function oneUrl(inner: Escape): Escape {
  let made = known.get(inner);
  if (made === undefined) {
    made = (value) => inner(value).replaceAll(",", "%2C");
    known.set(inner, made);
  }
  return made;
}

function descriptor(value: unknown): string {
  const text = textOf(value);
  return /^\d{0,9}(?:\.\d{1,9})?[wxh]?$/.test(text) ? text : "1";
}

/**
 * A whole list. It is cut as browsers cut it (HTML §4.8.4.3.5): at blanks, and at commas that end what stands before a
 * blank; so a comma inside of a `data:` URL is a part of it.
 */
function srcset(value: unknown): string {
  const candidates: string[] = [];
  let candidate: string[] = [];
  for (const word of textOf(value).split(/[\t\n\f\r ]+/)) {
    const bare = word.replace(/^,+/, "");
    const end = trimCommas(bare);
    if (end !== "") candidate.push(candidate.length === 0 ? filterUrl(end, "picture") : descriptor(end));
    if (candidate.length > 0 && (end !== bare || word !== bare)) {
      candidates.push(candidate.slice(0, 2).join(" "));
      candidate = [];
    }
  }
  if (candidate.length > 0) candidates.push(candidate.slice(0, 2).join(" "));
  return candidates.map((one) => (one.startsWith(BLOCKED_URL) ? BLOCKED_URL : one)).join(", ");
}

function trimCommas(word: string): string {
  let end = word.length;
  while (end > 0 && word[end - 1] === ",") end--;
  return word.slice(0, end);
}
