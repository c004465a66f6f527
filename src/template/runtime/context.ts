/** The variables of one rendering: what was passed in, the globals behind it, and what the template sets itself. */

import { isForbidden } from "../values/forbidden.ts";

/** Values by name; only own properties are seen, and what they hold is reached through `attribute`. */
export type Data = Readonly<Record<string, unknown>>;

/**
 * What a template reads its names from. Names that a template sets at its top level are seen by its blocks and
 * includes, and are what an import of it gives.
 */
export class Context {
  readonly #data: Data;
  readonly #outer: Context | ReadonlyMap<string, unknown>;
  #own: Map<string, unknown> | undefined;

  constructor(data: Data, outer: Context | ReadonlyMap<string, unknown>) {
    this.#data = data;
    this.#outer = outer;
  }

  /** The value of a name; undefined where there is none. */
  lookup(name: string): unknown {
    if (this.#own?.has(name)) return this.#own.get(name);
    if (Object.hasOwn(this.#data, name) && !isForbidden(name)) return this.#data[name];
    const outer = this.#outer;
    return outer instanceof Context ? outer.lookup(name) : outer.get(name);
  }

  has(name: string): boolean {
    if (this.#own?.has(name) || Object.hasOwn(this.#data, name)) return true;
    return this.#outer.has(name);
  }

  /** Names that are known, for "did you mean". */
  names(): string[] {
    const outer = this.#outer instanceof Context ? this.#outer.names() : [...this.#outer.keys()];
    return [...(this.#own?.keys() ?? []), ...Object.keys(this.#data), ...outer];
  }

  /** Sets a name at the top level of a template. */
  set(name: string, value: unknown): void {
    this.#own ??= new Map();
    this.#own.set(name, value);
  }

  /** What was set here, by name. */
  get own(): ReadonlyMap<string, unknown> {
    return this.#own ?? new Map();
  }

  /** A context with names of its own before these. */
  derive(names: Data): Context {
    return new Context(names, this);
  }
}
