/** The functions that every template has. */
import { Cycler } from "./globals/cycler.ts";
import { dict } from "./globals/dict.ts";
import { joiner } from "./globals/joiner.ts";
import { lipsum } from "./globals/lipsum.ts";
import { namespace } from "./globals/namespace.ts";
import { range } from "./globals/range.ts";

/** Jinja's globals by name. */
export const globals: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["range", range],
  ["dict", dict],
  ["lipsum", lipsum],
  ["cycler", (...items: unknown[]) => new Cycler(items)],
  ["joiner", joiner],
  ["namespace", namespace],
]);
