/** Names that lead to JavaScript's prototypes: no attribute and no key of these names exists in a template. */

/** Whether a name is one of the language's own back doors, even where an object has it as its own. */
export function isForbidden(name: string): boolean {
  switch (name) {
    case "__proto__":
    case "constructor":
    case "prototype":
    case "__defineGetter__":
    case "__defineSetter__":
    case "__lookupGetter__":
    case "__lookupSetter__":
      return true;
    default:
      return false;
  }
}
