/** What `namespace()` gives: an object whose attributes `set` can change from inside loops and blocks. */
import { isForbidden } from "./forbidden.ts";
import { invalidValue } from "./kind.ts";

/** Attributes by name, apart from any prototype. */
export class Namespace {
  readonly #values = new Map<string, unknown>();

  get(name: string): unknown {
    return this.#values.get(name);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  set(name: string, value: unknown): void {
    if (isForbidden(name)) {
      throw invalidValue(null, `A namespace cannot have an attribute \`${name}\`.`, "another name");
    }
    this.#values.set(name, value);
  }

  entries(): IterableIterator<[string, unknown]> {
    return this.#values.entries();
  }
}
