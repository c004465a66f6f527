/** Macros as values: functions that a template calls, whose text is fitted to the place where it is called. */
import { Html } from "../../message/index.ts";
import { type HtmlContext, textContext } from "../escaper.ts";
import { TemplateError } from "../template-error.ts";
import { NamedArguments } from "../values/named-arguments.ts";
import type { Table, Unit } from "./unit.ts";

/** What a macro takes. */
export interface Signature {
  readonly name: string;
  readonly parameters: readonly string[];
  /** Whether the body uses `caller`, `kwargs` and `varargs`, which are then bound behind the parameters, in this order. */
  readonly caller: boolean;
  readonly kwargs: boolean;
  readonly varargs: boolean;
  /** Whether its text is markup. */
  readonly escaping: boolean;
}

/** The body: the arguments in the order of the signature, undefined for those left out. */
export type MacroBody = (table: Table | null, values: readonly unknown[]) => string | Promise<string>;

const macroOfFunction = new WeakMap<object, MacroValue>();

/** A macro, with the names bound where it was defined. */
export class MacroValue {
  readonly signature: Signature;
  readonly #unit: Unit;
  readonly #body: MacroBody;

  constructor(signature: Signature, unit: Unit, body: MacroBody) {
    this.signature = signature;
    this.#unit = unit;
    this.#body = body;
  }

  /** The text, fit for a place of the HTML. */
  fit(
    context: HtmlContext,
    positional: readonly unknown[],
    named: NamedArguments | undefined,
  ): string | Promise<string> {
    return this.#body(this.#unit.table(context), this.#bind(positional, named));
  }

  /** The text as a value. */
  value(positional: readonly unknown[], named: NamedArguments | undefined): unknown {
    const text = this.fit(textContext, positional, named);
    if (!this.signature.escaping) return text;
    return typeof text === "string"
      ? Html.withNoncePlaces(text)
      : text.then((markup) => Html.withNoncePlaces(markup));
  }

  #bind(positional: readonly unknown[], named: NamedArguments | undefined): readonly unknown[] {
    const { parameters, caller, kwargs, varargs } = this.signature;
    const plain = named === undefined && positional.length <= parameters.length;
    if (plain && !caller && !kwargs && !varargs) return positional;
    if (positional.length > parameters.length && !varargs) this.#refuseMany(positional.length);
    const values = positional.slice(0, parameters.length);
    values.length = parameters.length;
    const rest: Record<string, unknown> = {};
    let called: unknown;
    for (const [name, value] of Object.entries(named ?? {})) {
      const index = parameters.indexOf(name);
      if (index >= 0) {
        if (index < positional.length) this.#refuse(`\`${name}\` once`, `\`${name}\` twice`);
        values[index] = value;
      } else if (name === "caller" && caller) called = value;
      else if (kwargs)
        Object.defineProperty(rest, name, { value, enumerable: true, configurable: true, writable: true });
      else
        this.#refuse(
          this.#spelled(),
          name === "caller" ? "a `call` block, whose text it does not use" : `\`${name}\``,
        );
    }
    if (caller) values.push(called);
    if (kwargs) values.push(rest);
    if (varargs) values.push(positional.slice(parameters.length));
    return values;
  }

  #spelled(): string {
    const { parameters } = this.signature;
    return parameters.length === 0 ? "no arguments" : parameters.map((name) => `\`${name}\``).join(", ");
  }

  #refuseMany(found: number): never {
    return this.#refuse(`at most ${this.signature.parameters.length}: ${this.#spelled()}`, String(found));
  }

  #refuse(expected: string, found: string): never {
    throw new TemplateError(
      "LMP_TEMPLATE_ARGUMENT_INVALID",
      `The macro \`${this.signature.name}\` cannot take these arguments.`,
      { expected, found, fix: "Compare the call with the definition of the macro." },
    );
  }
}

/** The function by which a macro is called: in expressions, by filters, and by JavaScript. */
export function macroFunction(macro: MacroValue): (...values: unknown[]) => unknown {
  const call = (...values: unknown[]): unknown => {
    const last = values.at(-1);
    if (last instanceof NamedArguments) return macro.value(values.slice(0, -1), last);
    return macro.value(values, undefined);
  };
  macroOfFunction.set(call, macro);
  return call;
}

/** The macro behind a value, if it is one. */
export function macroOf(value: unknown): MacroValue | undefined {
  return typeof value === "function" ? macroOfFunction.get(value) : undefined;
}

/** A macro whose text can be fitted to a place: one that escapes nothing gives a text like any other. */
export function fittingMacroOf(value: unknown): MacroValue | undefined {
  const macro = macroOf(value);
  return macro?.signature.escaping === true ? macro : undefined;
}
