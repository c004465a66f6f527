/** Follows JSON in `<script type="application/json">`: values, and text inside strings. */
import { jsonString, jsonValue } from "./escape-script.ts";
import { type Placed, refusal } from "./placed.ts";
import type { Reader } from "./reader.ts";

export class JsonReader implements Reader {
  #part: "value" | "string" | "escape" = "value";

  get key(): string {
    return `json ${this.#part}`;
  }

  get name(): string {
    return this.#part === "value" ? "JSON" : "a string of JSON";
  }

  read(character: string): void {
    if (this.#part === "value") {
      if (character === '"') this.#part = "string";
    } else if (this.#part === "escape") this.#part = "string";
    else if (character === "\\") this.#part = "escape";
    else if (character === '"') this.#part = "value";
  }

  value(): Placed {
    if (this.#part === "escape") {
      throw refusal("behind a backslash in a string of JSON", "Take the backslash away: values are escaped.");
    }
    if (this.#part === "string") return { kind: "json string", escape: jsonString };
    return { kind: "json", escape: jsonValue };
  }

  copy(): JsonReader {
    const copy = new JsonReader();
    copy.#part = this.#part;
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
