/** A tree with its values written into the SQL, between `<<` and `>>`: by that it can be seen where each belongs. */

/** What is no part of the tree, and patterns and paths, which are never but values. */
const kept = new Set(["table", "column", "type", "texts", "pattern", "path", "value", "values"]);

/** The tree with a piece of SQL in the place of each parameter, but patterns, paths and lists. */
export function marked<Tree>(tree: Tree): Tree {
  return copied(tree, new Map()) as Tree;
}

function copied(value: unknown, commons: Map<object, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => copied(item, commons));
  if (typeof value !== "object" || value === null || "property" in value) return value;
  if ("kind" in value && value.kind === "parameter" && "value" in value && "type" in value)
    return { kind: "raw", texts: [`<<${String(value.value)}>>`], parts: [], type: value.type };
  const known = commons.get(value);
  if (known !== undefined) return known;
  const copy: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value))
    copy[name] = kept.has(name) ? inner : copied(inner, commons);
  if ("common" in value && value.common === true) commons.set(value, copy);
  return copy;
}
