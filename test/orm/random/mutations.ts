/** Changes a tree in exactly one place: a word, a flag, a name, a type, an item of a list, what is shared. */
import type { ColumnType } from "../../../src/orm/model/column-type.ts";
import type { TableDefinition } from "../../../src/orm/model/definition.ts";
import type { ColumnNode } from "../../../src/orm/query/nodes.ts";
import type { Random } from "../../http/threats/random.ts";
import { posts, table, users } from "../compiler/tables.ts";

export const tables: readonly TableDefinition[] = [users, posts, table("t", { id: { kind: "integer" } })];

const identity = (value: unknown): string => String(value);
const other = (value: unknown): string => String(value);

/** Types that differ in one thing from each other. */
export const types: readonly (ColumnType | undefined)[] = [
  undefined,
  { kind: "integer" },
  { kind: "bigint" },
  { kind: "real" },
  { kind: "text" },
  { kind: "boolean" },
  { kind: "timestamp" },
  { kind: "json" },
  { kind: "bytes" },
  { kind: "varchar", length: 5 },
  { kind: "varchar", length: 51 },
  { kind: "numeric", precision: 5, scale: 2, as: "string" },
  { kind: "numeric", precision: 5, scale: 2, as: "number" },
  { kind: "numeric", precision: 5, scale: 1, as: "string" },
  { kind: "enumeration", values: ["a", "b"] },
  { kind: "enumeration", values: ["a:b"] },
  { kind: "array", element: { kind: "text" } },
  { kind: "array", element: { kind: "varchar", length: 5 } },
  { kind: "custom", name: "c", sql: { postgresql: "text" }, encode: identity, decode: identity },
  { kind: "custom", name: "c", sql: { postgresql: "text" }, encode: identity, decode: other },
  { kind: "custom", name: "c", sql: { postgresql: "int" }, encode: identity, decode: identity },
  { kind: "custom", name: "d", sql: { postgresql: "text" }, encode: identity, decode: identity },
];

const words: readonly (readonly unknown[])[] = [
  ["=", "<>", "<", "<=", ">", ">=", "is distinct from", "is not distinct from"],
  ["+", "-", "*", "/", "%", "||"],
  ["and", "or"],
  ["inner", "left", "right", "full", "cross"],
  ["union", "union all", "intersect", "except"],
  ["update", "share"],
  ["wait", "nowait", "skip locked"],
  ["rows", "range", "groups"],
  ["count", "sum", "avg", "min", "max", "concat", "lower", "lag", "lead"],
  [undefined, "first", "last"],
];

/** A place in a tree: the names and indexes that lead to it. */
type Path = readonly (string | number)[];

interface Site {
  readonly path: Path;
  readonly value: unknown;
  readonly parent: object;
}

/** A tree that differs from this one in one place; `undefined` where the place that was drawn has no other value. */
export function mutated<Tree>(tree: Tree, random: Random): Tree | undefined {
  const sites: Site[] = [];
  gather(tree, [], sites, undefined);
  const site = random.pick(sites);
  const value = changed(site, random);
  return value === unchanged ? undefined : (replaced(tree, site.path, value) as Tree);
}

const unchanged = Symbol("unchanged");

/** What is known by its identity, or is no part of the shape: values. */
const leaves = new Set(["table", "column", "type", "value", "values", "kind"]);

function gather(value: unknown, path: Path, sites: Site[], parent: object | undefined): void {
  const name = path.at(-1);
  if (name === "kind" || name === "value" || name === "values") return;
  if (parent !== undefined) sites.push({ path, value, parent });
  if (typeof value !== "object" || value === null || "property" in value) return;
  if (typeof name === "string" && leaves.has(name)) return;
  for (const [key, inner] of Object.entries(value))
    gather(inner, [...path, Array.isArray(value) ? Number(key) : key], sites, value);
}

function changed({ parent, path, value }: Site, random: Random): unknown {
  const name = path.at(-1);
  // The steps of a JSON path have no type.
  if (name === "type" && path.at(-2) === "path") return unchanged;
  if (name === "type" && !isJoinWord(value)) return another(types, value, random);
  // Whose column it is, a column knows itself.
  if (name === "table") return isColumn(parent) ? unchanged : another(tables, value, random);
  if (name === "column")
    return another(isColumn(parent) ? parent.table.columns : users.columns, value, random);
  if (typeof value === "boolean") return !value;
  if (name === "from" && typeof value === "number") return value + 1;
  const pool = words.find((list) => list.includes(value) && (value !== undefined || name === "nulls"));
  if (pool !== undefined) return another(pool, value, random);
  if (name === "alias" && value === undefined) return "a";
  if (name === "action" || name === "frame") return unchanged;
  if (typeof value === "string") return random.pick([`${value}x`, `1${value}`, `${value};`]);
  // A row has as many cells as there are columns.
  if (Array.isArray(value)) return path.at(-2) === "rows" ? unchanged : changedList(value, random);
  return changedNode(value, random);
}

function isColumn(node: object): node is ColumnNode {
  return "kind" in node && node.kind === "column";
}

function isJoinWord(value: unknown): boolean {
  return typeof value === "string";
}

function changedList(list: readonly unknown[], random: Random): unknown {
  if (list.length === 0) return unchanged;
  const at = random.below(list.length);
  if (list.length > 1 && random.oneIn(3)) return list.toReversed();
  return random.oneIn(2) ? list.toSpliced(at, 1) : list.toSpliced(at, 0, list[at]);
}

const notExpressions: ReadonlySet<unknown> = new Set([
  "select",
  "set-operation",
  "insert",
  "update",
  "delete",
  "table",
  "common-reference",
  "identifier",
]);

/** A node becomes its own copy, so that what it shared it shares no more; or its negation; or its own part. */
function changedNode(value: unknown, random: Random): unknown {
  if (typeof value !== "object" || value === null || !("kind" in value)) return unchanged;
  const { kind } = value;
  if (kind === "parameter" || kind === "parameter-list") return { ...value };
  if (kind === "derived") return { ...value };
  if (notExpressions.has(kind)) return unchanged;
  if ("operand" in value && random.oneIn(2)) return value.operand;
  if ("left" in value && "operator" in value && random.oneIn(2))
    return { ...value, left: "right" in value ? value.right : value.left, right: value.left };
  return { kind: "not", operand: value };
}

function another<Item>(pool: readonly Item[], value: unknown, random: Random): Item | typeof unchanged {
  const others = pool.filter((item) => item !== value);
  return others.length === 0 ? unchanged : random.pick(others);
}

function replaced(value: unknown, [step, ...rest]: Path, by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.with(Number(step), replaced(value[Number(step)], rest, by));
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [step]: replaced(record[step], rest, by) };
}
