/** Several things in a sentence. */

const format = new Intl.ListFormat("en-GB");

/** `one, two and three` */
export function listed(things: Iterable<unknown>): string {
  return format.format(Array.from(things, String));
}
