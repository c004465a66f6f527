/** Follows the page inside of a `srcdoc` attribute. */
import { type Context, textContext } from "./context.ts";
import { Cursor } from "./cursor.ts";
import { plainText } from "./escape-text.ts";
import { foreignCode } from "./foreign.ts";
import { type Placed, refusal } from "./placed.ts";
import { readMarkup } from "./read-markup.ts";
import type { Reader } from "./reader.ts";

export class SrcdocReader implements Reader {
  #page: Cursor;

  constructor(context: Context = textContext) {
    this.#page = new Cursor(context);
  }

  get key(): string {
    return `srcdoc (${this.#page.context.key})`;
  }

  read(character: string): void {
    readMarkup(this.#page, character);
  }

  /** Markup is text here too: it was trusted for this page, and the inner one is another. */
  value(): Placed {
    if (this.#page.state !== "text" || foreignCode(this.#page.foreign) !== undefined) {
      throw refusal(
        "inside of the tags, scripts and styles of a `srcdoc`",
        "Make the inner page with a template of its own, and lead there with `src`.",
      );
    }
    return { kind: "srcdoc", escape: plainText };
  }

  copy(): SrcdocReader {
    return new SrcdocReader(this.#page.context);
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
