/** The variables of one compiled function: what it looks up in the context, and what it needs on the way. */

export class FunctionNames {
  readonly #lookups = new Map<string, string>();
  readonly #temporaries: string[] = [];
  readonly #number: () => number;

  /** `number` gives a new number each time, for names that nobody else has. */
  constructor(number: () => number) {
    this.#number = number;
  }

  /** A variable for a name of a template. */
  variable(name: string): string {
    return `v${this.#number()}_${name.replace(/[^A-Za-z0-9_]/g, "_")}`;
  }

  /** The variable that holds what the context has under a name. */
  lookup(name: string): string {
    let variable = this.#lookups.get(name);
    if (variable === undefined) {
      variable = this.variable(name);
      this.#lookups.set(name, variable);
    }
    return variable;
  }

  /** A variable for a value that is used twice. */
  temporary(): string {
    const name = `t${this.#number()}`;
    this.#temporaries.push(name);
    return name;
  }

  /** The lines with which the function begins. */
  head(): string[] {
    const lookups = [...this.#lookups].map(
      ([name, variable]) => `const ${variable} = c.lookup(${JSON.stringify(name)});`,
    );
    return this.#temporaries.length === 0 ? lookups : [`let ${this.#temporaries.join(", ")};`, ...lookups];
  }
}
