/** Formatters of Intl, kept because making one takes a hundred times as long as using it. */
import { TemplateError } from "../template-error.ts";
import type { Arguments } from "./arguments.ts";

/** Kept at most: locales and time zones may come from visitors. */
const MOST = 200;

/** Formatters of one kind, by their locale and options. */
export class IntlCache<Options extends object, Formatter> {
  readonly #make: (locale: string, options: Options) => Formatter;
  readonly #made = new Map<string, Formatter>();

  constructor(make: (locale: string, options: Options) => Formatter) {
    this.#make = make;
  }

  /** The formatter of these options, which are refused in the name of a filter where Intl does not know them. */
  get(locale: string, options: Options, given: Arguments): Formatter {
    const key = JSON.stringify([locale, options]);
    const before = this.#made.get(key);
    if (before !== undefined) return before;
    const made = this.#tried(locale, options, given);
    if (this.#made.size >= MOST) this.#made.clear();
    this.#made.set(key, made);
    return made;
  }

  #tried(locale: string, options: Options, given: Arguments): Formatter {
    try {
      return this.#make(locale, options);
    } catch (cause) {
      const { name, text } = given.signature;
      throw new TemplateError(
        "LMP_TEMPLATE_ARGUMENT_INVALID",
        `The filter \`${name}\` was given a locale or an option that does not exist.`,
        { found: (cause as Error).message, fix: `It is used as \`${text}\`.`, cause },
      );
    }
  }
}
