/** The arguments of calls, filters, tests and the tags of extensions. */
import type { Arguments, Expression, NamedArgument } from "../nodes.ts";
import type { Parsing } from "./parsing.ts";

export const noArguments: Arguments = Object.freeze({
  positional: [],
  named: [],
  spread: undefined,
  namedSpread: undefined,
});

interface Mutable {
  readonly positional: Expression[];
  readonly named: NamedArgument[];
  spread: Expression | undefined;
  namedSpread: Expression | undefined;
}

/** `(a, b, key=value, *rest, **named)`; the current token is the opening bracket. */
export function parseArguments(parsing: Parsing): Arguments {
  parsing.next();
  if (parsing.take(")")) {
    parsing.height = 1;
    return noArguments;
  }
  const found = empty();
  const names = new Set<string>();
  let height = 0;
  for (;;) {
    parseArgument(parsing, found, names);
    height = Math.max(height, parsing.height);
    if (parsing.take(")")) break;
    const named = parsing.is(":") ? "Name an argument with `=`: `f(name=value)`." : undefined;
    parsing.expect(",", "`,` or `)`", named);
    if (parsing.take(")")) break;
  }
  parsing.height = height;
  return found;
}

/** The arguments of a tag, which are not in brackets and end with the tag. */
export function parseTagArguments(parsing: Parsing): Arguments {
  const found = empty();
  const names = new Set<string>();
  let first = true;
  while (!parsing.is("block end")) {
    if (!first) parsing.expect(",", `\`,\` or ${parsing.tagEnd}`);
    first = false;
    parseArgument(parsing, found, names);
  }
  return found;
}

function empty(): Mutable {
  return { positional: [], named: [], spread: undefined, namedSpread: undefined };
}

function parseArgument(parsing: Parsing, found: Mutable, names: Set<string>): void {
  const { type, value, at } = parsing.current;
  if (type === "*" || type === "**") {
    parseSpread(parsing, found, type);
  } else if (type === "name" && parsing.look().type === "=") {
    if (found.namedSpread !== undefined) {
      throw misplaced(parsing, "A named argument cannot stand behind `**`.", "Put it before `**`.");
    }
    if (names.has(value)) {
      throw misplaced(parsing, `The argument \`${value}\` is given twice.`, "Remove one of the two.");
    }
    parsing.next();
    parsing.next();
    names.add(value);
    found.named.push({ at, name: value, value: parsing.expression() });
  } else {
    if (found.named.length > 0 || found.spread !== undefined || found.namedSpread !== undefined) {
      const before = found.named.length > 0 ? "named arguments" : found.spread !== undefined ? "`*`" : "`**`";
      const sentence = `An argument without a name cannot stand behind ${before}.`;
      throw misplaced(parsing, sentence, `Put it before ${before}, or give it its name.`);
    }
    found.positional.push(parsing.expression());
  }
}

function parseSpread(parsing: Parsing, found: Mutable, operator: "*" | "**"): void {
  if (operator === "**") {
    if (found.namedSpread !== undefined) {
      throw misplaced(parsing, "`**` can stand only once in a call.", "Join the dicts before the call.");
    }
    parsing.next();
    found.namedSpread = parsing.expression();
    return;
  }
  if (found.namedSpread !== undefined) {
    throw misplaced(parsing, "`*` cannot stand behind `**`.", "Put it before `**`.");
  }
  if (found.spread !== undefined) {
    throw misplaced(parsing, "`*` can stand only once in a call.", "Join the lists before: `*(one + two)`.");
  }
  parsing.next();
  found.spread = parsing.expression();
}

function misplaced(parsing: Parsing, sentence: string, fix: string): Error {
  return parsing.error(parsing.current.at, sentence, { fix });
}
