/** The parameters of macros and `call` blocks: `(name, other=default)`. */
import type { Parameter } from "../nodes.ts";
import type { Parsing } from "./parsing.ts";
import { parseBoundName } from "./targets.ts";

/** The current token must be the opening bracket. */
export function parseParameters(parsing: Parsing): Parameter[] {
  parsing.expect("(", "`(`", "Write the parameters in brackets: `name(first, second=1)`, or `name()`.");
  const parameters: Parameter[] = [];
  const names = new Set<string>();
  while (!parsing.is(")")) {
    if (parameters.length > 0) parsing.expect(",", "`,`, `=` or `)`");
    if (parsing.is(")")) break;
    parameters.push(parseParameter(parsing, names, parameters.at(-1)));
  }
  parsing.next();
  return parameters;
}

function parseParameter(parsing: Parsing, names: Set<string>, before: Parameter | undefined): Parameter {
  const { at } = parsing.current;
  if (parsing.is("*") || parsing.is("**")) {
    const name = parsing.is("*") ? "varargs" : "kwargs";
    throw parsing.unexpected(
      "the name of a parameter",
      `Further arguments are in \`${name}\` by themselves.`,
    );
  }
  const name = parseBoundName(parsing, "the name of a parameter");
  if (names.has(name)) {
    throw parsing.error(at, `The parameter \`${name}\` is there twice.`, {
      expected: "a name of its own for each parameter",
      found: `\`${name}\``,
      fix: "Rename or remove one of the two.",
    });
  }
  names.add(name);
  const value = parsing.take("=") ? parsing.expression() : undefined;
  if (value === undefined && before?.default !== undefined) {
    throw parsing.error(at, `The parameter \`${name}\` has no default but stands behind one that has.`, {
      expected: `\`${name}=\` with a default`,
      found: `\`${name}\``,
      fix: "Put it before those with defaults, or give it one.",
    });
  }
  return { at, name, default: value };
}
