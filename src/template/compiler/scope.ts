/** Which variable of the compiled code a name of the template means. */
import type { FunctionNames } from "./function-names.ts";

export class Scope {
  readonly names: FunctionNames;
  readonly #outer: Scope | undefined;
  readonly #declared = new Map<string, string>();

  constructor(names: FunctionNames, outer?: Scope) {
    this.names = names;
    this.#outer = outer;
  }

  declare(name: string): string {
    const variable = this.names.variable(name);
    this.#declared.set(name, variable);
    return variable;
  }

  /** Binds a name to a variable that is there. */
  bind(name: string, variable: string): void {
    this.#declared.set(name, variable);
  }

  /** The variable that a name is bound to; undefined where only the context can have it. */
  find(name: string): string | undefined {
    return this.#declared.get(name) ?? this.#outer?.find(name);
  }

  /** The variable to read a name from. */
  read(name: string): string {
    return this.find(name) ?? this.names.lookup(name);
  }

  /** Every bound name with its variable, for what sees the names of the place where it stands. */
  visible(): Map<string, string> {
    return new Map([...(this.#outer?.visible() ?? []), ...this.#declared]);
  }
}
