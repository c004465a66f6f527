/** The platform's `Headers`, as its prototype says, over Limpid's own: what is not asked for is not made. */
import { LimpidError } from "../../errors/index.ts";
import { type HeaderEntry, Headers, isToken } from "../../http/index.ts";
import { platform } from "./platform.ts";

/** What the platform makes fields of. */
type WebHeadersInit = NonNullable<ConstructorParameters<typeof globalThis.Headers>[0]>;

/** Behaves as the Fetch standard says, `instanceof Headers` included; names are kept as written for the wire. */
export class WebHeaders {
  #fields: Headers;
  /** Whether the fields are somebody else's and have to be copied before they are changed. */
  #shared: boolean;

  constructor(fields: Headers, shared: boolean) {
    this.#fields = fields;
    this.#shared = shared;
  }

  /** The fields as they stand now. */
  get fields(): Headers {
    return this.#fields;
  }

  get(name: string): string | null {
    const value = this.#fields.get(`${name}`);
    if (value === null) checkName(name);
    return value;
  }

  has(name: string): boolean {
    const known = this.#fields.has(`${name}`);
    if (!known) checkName(name);
    return known;
  }

  getSetCookie(): string[] {
    return this.#fields.getSetCookie();
  }

  set(name: string, value: string): void {
    write(this.#own(), "set", name, value);
  }

  append(name: string, value: string): void {
    write(this.#own(), "append", name, value);
  }

  delete(name: string): void {
    checkName(name);
    this.#own().delete(`${name}`);
  }

  forEach(callback: (value: string, name: string, parent: WebHeaders) => void, thisArg?: unknown): void {
    for (const [name, value] of this.entries()) callback.call(thisArg, value, name, this);
  }

  /** Names in lower case and in order (Fetch standard, "sort and combine"). */
  *entries(): IterableIterator<HeaderEntry> {
    yield* [...this.#fields.entries()].sort(byName);
  }

  *keys(): IterableIterator<string> {
    for (const [name] of this.entries()) yield name;
  }

  *values(): IterableIterator<string> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): IterableIterator<HeaderEntry> {
    return this.entries();
  }

  [Symbol.for("nodejs.util.inspect.custom")](): globalThis.Headers {
    return new (platform().Headers)([...this.entries()]);
  }

  #own(): Headers {
    if (this.#shared) {
      this.#fields = new Headers(this.#fields);
      this.#shared = false;
    }
    return this.#fields;
  }
}

/** The fields that an init of the Fetch standard stands for. Throws as the platform does. */
export function fieldsOf(init: WebHeadersInit): Headers {
  if (init instanceof WebHeaders) return new Headers(init.fields);
  try {
    const pairs = Symbol.iterator in init ? init : Object.entries(init);
    const fields = new Headers();
    for (const pair of pairs as Iterable<readonly string[]>) {
      if (pair.length !== 2) break;
      fields.append(pair[0]!, pair[1]!);
    }
    return fields;
  } catch (error) {
    if (!(error instanceof LimpidError)) throw error;
    return new Headers([...new (platform().Headers)(init)]);
  }
}

function byName([one]: HeaderEntry, [other]: HeaderEntry): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The platform's own error for a name that is none. */
function checkName(name: string): void {
  if (typeof name !== "string" || !isToken(name)) new (platform().Headers)().get(name);
}

/** What Limpid refuses the platform may trim and take, or refuse with an error of its own. */
function write(fields: Headers, way: "set" | "append", name: string, value: string): void {
  try {
    fields[way](`${name}`, `${value}`);
  } catch (error) {
    if (!(error instanceof LimpidError)) throw error;
    const [[, trimmed = ""] = []] = new (platform().Headers)([[name, value]]);
    fields[way](name, trimmed);
  }
}
