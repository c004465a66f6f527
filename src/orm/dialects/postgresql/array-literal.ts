/** Arrays as PostgreSQL writes them, `{1,NULL,"a b"}` (PostgreSQL §8.15.6): reading and writing the text. */
import { storedValueInvalid } from "../value-error.ts";

/** An array of texts, NULLs and arrays. */
export type ArrayOfTexts = (string | null | ArrayOfTexts)[];

/** Every text is quoted, so that none can be taken for a brace, a comma or NULL. */
export function writeArrayLiteral(items: ArrayOfTexts): string {
  return `{${items.map(writeItem).join(",")}}`;
}

function writeItem(item: string | null | ArrayOfTexts): string {
  if (item === null) return "NULL";
  if (typeof item !== "string") return writeArrayLiteral(item);
  return `"${item.replace(/["\\]/g, "\\$&")}"`;
}

/** Reads the text of an array, whatever its number of dimensions. */
export function readArrayLiteral(text: string): ArrayOfTexts {
  const reader = new ArrayLiteralReader(text);
  return reader.read();
}

/** One pass over the text, without a regular expression that could backtrack. */
class ArrayLiteralReader {
  readonly #text: string;
  #at: number;

  constructor(text: string) {
    this.#text = text;
    // Bounds other than 1 are written before the array: [0:2]={1,2,3}
    this.#at = text.startsWith("[") ? text.indexOf("=") + 1 : 0;
  }

  read(): ArrayOfTexts {
    const array = this.#array();
    if (this.#at !== this.#text.length) this.#malformed();
    return array;
  }

  #array(): ArrayOfTexts {
    const items: ArrayOfTexts = [];
    this.#expect("{");
    if (this.#text[this.#at] === "}") {
      this.#at++;
      return items;
    }
    for (;;) {
      items.push(this.#item());
      if (this.#text[this.#at] !== ",") break;
      this.#at++;
    }
    this.#expect("}");
    return items;
  }

  #item(): string | null | ArrayOfTexts {
    const first = this.#text[this.#at];
    if (first === "{") return this.#array();
    return first === '"' ? this.#quoted() : this.#bare();
  }

  #quoted(): string {
    let item = "";
    let start = ++this.#at;
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) this.#malformed();
      if (character === '"') break;
      if (character === "\\") {
        item += this.#text.slice(start, this.#at);
        start = ++this.#at; // What is escaped is taken as it is.
      }
      this.#at++;
    }
    item += this.#text.slice(start, this.#at);
    this.#at++;
    return item;
  }

  #bare(): string | null {
    const start = this.#at;
    while (this.#at < this.#text.length && !',{}"'.includes(this.#text.charAt(this.#at))) this.#at++;
    if (this.#at === start) this.#malformed();
    const item = this.#text.slice(start, this.#at);
    return item === "NULL" ? null : item;
  }

  #expect(character: string): void {
    if (this.#text[this.#at] !== character) this.#malformed();
    this.#at++;
  }

  #malformed(): never {
    throw storedValueInvalid("the text of a PostgreSQL array", this.#text);
  }
}
