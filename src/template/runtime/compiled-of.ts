/** How an object says that it stands for a template, as `Template` does. */
export const compiledOf: unique symbol = Symbol("compiled template");
