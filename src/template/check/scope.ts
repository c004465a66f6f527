/** Which TypeScript expression a name of a template stands for at some place. */
import type * as node from "../nodes.ts";

/** A name that the template binds. */
export interface Bound {
  /** The variable in the module. */
  readonly variable: string;
  /** The macro that it is, so that calls can be checked. */
  readonly macro?: node.Macro | undefined;
  /** The macros of the imported template that it is. */
  readonly macros?: ReadonlyMap<string, node.Macro | undefined> | undefined;
}

/** What stands behind all scopes of a template. */
export interface Outer {
  /** The expression for a name that the template does not bind; undefined where nobody defines it. */
  resolve(name: string): string | undefined;
}

/** The names that a template, loop, block or macro binds, in front of those around it. */
export class Scope {
  readonly #around: Scope | undefined;
  readonly #outer: Outer;
  readonly #bound = new Map<string, Bound>();
  readonly #counter: { last: number };

  constructor(outer: Outer, around?: Scope) {
    this.#outer = outer;
    this.#around = around;
    this.#counter = around === undefined ? { last: 0 } : around.#counter;
  }

  inner(): Scope {
    return new Scope(this.#outer, this);
  }

  /** Binds a name to a variable of its own. Names of templates may be reserved words, `$` keeps them apart. */
  bind(name: string, facts: Omit<Bound, "variable"> = {}): string {
    const variable = `$${name}$${++this.#counter.last}`;
    this.#bound.set(name, { variable, ...facts });
    return variable;
  }

  /** A variable that no template can name. */
  temporary(): string {
    return `$$${++this.#counter.last}`;
  }

  /** The scope of the template itself, which its blocks see from wherever they stand. */
  root(): Scope {
    return this.#around?.root() ?? this;
  }

  bound(name: string): Bound | undefined {
    return this.#bound.get(name) ?? this.#around?.bound(name);
  }

  /** The expression for a name; undefined where nobody defines it. */
  resolve(name: string): string | undefined {
    return this.bound(name)?.variable ?? this.#outer.resolve(name);
  }
}
