/** `attribute="author.name"`: what filters of lists look at in each item. */
import { Html } from "../../message/index.ts";
import { item } from "../values/item.ts";
import type { Arguments } from "./arguments.ts";
import { textOf } from "./text-of.ts";

/** What a filter takes of an item. */
export type Take = (value: unknown) => unknown;

/** Takes the item itself. */
export const itself: Take = (value) => value;

/** What the argument `attribute` names: parts with dots between, where numbers are indexes; the item itself without it. */
export function attributePath(given: Arguments, otherwise?: unknown): Take {
  const path = given.get("attribute");
  if (path === undefined) return itself;
  if (!isPath(path)) throw given.refused("attribute", 'a name, a path such as "author.name", or an index');
  return pathOf(path, otherwise);
}

/** Whether a value can name an attribute. */
export function isPath(value: unknown): value is string | number {
  return typeof value === "string" || (typeof value === "number" && Number.isInteger(value));
}

/** Follows a path, with a value that stands in for every part which is not defined. */
export function pathOf(path: string | number, otherwise?: unknown): Take {
  if (typeof path === "number") return (value) => item(value, path) ?? otherwise;
  const keys = path.split(".").map((part) => (/^\d{1,9}$/.test(part) ? Number(part) : part));
  return (value) => {
    let found = value;
    for (const key of keys) {
      found = item(found, key);
      if (found === undefined) found = otherwise;
    }
    return found;
  };
}

/** A value as comparisons without regard to case see it. */
export function withoutCase(value: unknown): unknown {
  return typeof value === "string" || value instanceof Html ? textOf(value).toLowerCase() : value;
}
