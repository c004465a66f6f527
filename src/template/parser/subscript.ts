/** `[key]`, `[a, b]` and the slice `[start:stop:step]`. */
import type { Expression, Item, Slice } from "../nodes.ts";
import type { Parsing } from "./parsing.ts";

/** The current token is the opening bracket. */
export function parseSubscript(parsing: Parsing, object: Expression): Item | Slice {
  const { height } = parsing;
  const { at } = parsing.next();
  if (parsing.is("]")) throw parsing.unexpected("a key or a slice", "Write `a[0]`, `a[key]` or `a[1:3]`.");
  const first = parsing.is(":") ? undefined : parsing.expression();
  if (parsing.is(":")) return parseSlice(parsing, object, first, at, height);
  if (first === undefined) throw parsing.unexpected("a key or a slice");
  const items = [first];
  let highest = Math.max(height, parsing.height);
  const tuple = parsing.is(",");
  while (parsing.take(",")) {
    if (parsing.is("]")) break;
    items.push(parsing.expression());
    highest = Math.max(highest, parsing.height);
  }
  parsing.expect("]", "`]`");
  parsing.grow(at, highest + (tuple ? 1 : 0));
  const key: Expression = tuple ? { type: "List", at: first.at, items, tuple: true } : first;
  return { type: "Item", at, object, key };
}

function parseSlice(
  parsing: Parsing,
  object: Expression,
  start: Expression | undefined,
  at: number,
  height: number,
): Slice {
  let highest = start === undefined ? height : Math.max(height, parsing.height);
  const bound = (): Expression | undefined => {
    if (!parsing.take(":") || parsing.is(":") || parsing.is("]")) return undefined;
    const expression = parsing.expression();
    highest = Math.max(highest, parsing.height);
    return expression;
  };
  const stop = bound();
  const step = bound();
  parsing.expect("]", step === undefined ? "`:` or `]`" : "`]`", "A slice is `[start:stop:step]`.");
  parsing.grow(at, highest);
  return { type: "Slice", at, object, start, stop, step };
}
