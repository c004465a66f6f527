/** Named arguments on their way to a function, test or filter, which gets them as its last argument. */

/**
 * The named arguments of a call, as own properties. Nothing is inherited: a name that was not given reads as
 * undefined, whatever it is.
 */
export class NamedArguments {
  [name: string]: unknown;

  constructor(values?: Readonly<Record<string, unknown>>) {
    if (values !== undefined) for (const name of Object.keys(values)) this[name] = values[name];
  }
}

Object.setPrototypeOf(NamedArguments.prototype, null);
Reflect.deleteProperty(NamedArguments.prototype, "constructor");
