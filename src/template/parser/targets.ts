/** What values are bound to: names, tuples of them, and attributes of namespaces. */
import type { NamespaceTarget, NameTarget, Target } from "../nodes.ts";
import type { Parsing } from "./parsing.ts";
import { operatorWords, valueWords } from "./reserved-words.ts";

/** `a`, `a, b`, `(a, b), c`; attributes of namespaces where `namespaces` is true. */
export function parseTarget(parsing: Parsing, namespaces: boolean): Target {
  const { at } = parsing.current;
  const first = parseSingle(parsing, namespaces);
  if (!parsing.is(",")) return first;
  const items = [first];
  while (parsing.take(",")) {
    if (!parsing.is("(") && (!parsing.is("name") || parsing.isWord("in"))) break;
    items.push(parseSingle(parsing, namespaces));
  }
  return { type: "TupleTarget", at, items };
}

function parseSingle(parsing: Parsing, namespaces: boolean): Target {
  if (parsing.is("(")) {
    const { at } = parsing.next();
    parsing.enter(at);
    const target = parseTarget(parsing, namespaces);
    parsing.expect(")", "`,` or `)`");
    parsing.leave();
    return target;
  }
  const { at } = parsing.current;
  const name = parseBoundName(parsing, "a name");
  if (!namespaces || !parsing.is(".")) return { type: "NameTarget", at, name } satisfies NameTarget;
  parsing.next();
  const attribute = parsing.expect("name", "the name of an attribute").value;
  return { type: "NamespaceTarget", at, name, attribute } satisfies NamespaceTarget;
}

/** A name that is given a value; words of the language cannot be. */
export function parseBoundName(parsing: Parsing, expected: string, fix?: string): string {
  const { type, value, at } = parsing.current;
  if (type === "name" && (operatorWords.has(value) || valueWords.has(value))) {
    const what = valueWords.has(value) ? "a value" : "a word of the language";
    throw parsing.error(at, `\`${value}\` is ${what} and cannot be a name.`, {
      expected,
      found: `\`${value}\``,
      fix: "Choose another name.",
    });
  }
  return parsing.expect("name", expected, fix).value;
}
