/** The names that are bound where a statement stands, with their values. */

export class Scope {
  readonly #outer: Scope | undefined;
  readonly #values = new Map<string, unknown>();

  constructor(outer?: Scope) {
    this.#outer = outer;
  }

  /** Binds a name here, over one of the same name outside. */
  declare(name: string, value: unknown): void {
    this.#values.set(name, value);
  }

  /** The scope that binds a name; undefined where only the context can have it. */
  find(name: string): Scope | undefined {
    let scope: Scope | undefined = this;
    while (scope !== undefined && !scope.#values.has(name)) scope = scope.#outer;
    return scope;
  }

  /** The value of a name that is bound here. */
  own(name: string): unknown {
    return this.#values.get(name);
  }

  /** Every bound name with its value, for what sees the names of the place where it stands. */
  visible(): Record<string, unknown> {
    const names = this.#outer?.visible() ?? (Object.create(null) as Record<string, unknown>);
    for (const [name, value] of this.#values) names[name] = value;
    return names;
  }
}
