/** The name of a middleware, for errors, traces and the list of what will run. */

/** Gives a middleware a readable name and returns it. */
export function named<Function extends (...values: never[]) => unknown>(
  name: string,
  middleware: Function,
): Function {
  return Object.defineProperty(middleware, "name", { value: name, configurable: true });
}

/** The name of a middleware: what `named` gave it, else the function's own, else `"anonymous"`. */
export function nameOf(middleware: { readonly name: string }): string {
  return middleware.name === "" ? "anonymous" : middleware.name;
}
