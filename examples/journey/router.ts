/** A router in forty lines: a tree with one level for each segment of a path. */

interface Node {
  literals: Map<string, Node>;
  parameter: { name: string; node: Node } | undefined;
  target: string | undefined;
}

const leaf = (): Node => ({ literals: new Map(), parameter: undefined, target: undefined });
const root = leaf();

function add(pattern: string, target: string): void {
  let node = root;
  for (const segment of pattern.slice(1).split("/")) {
    if (segment.startsWith(":")) {
      node.parameter ??= { name: segment.slice(1), node: leaf() };
      node = node.parameter.node;
    } else {
      const next = node.literals.get(segment) ?? leaf();
      node.literals.set(segment, next);
      node = next;
    }
  }
  node.target = target;
}

function find(segments: string[], node: Node, params: Record<string, string>): string | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) return node.target && `${node.target} ${JSON.stringify(params)}`;
  const literal = node.literals.get(segment);
  const found = literal && find(rest, literal, params);
  if (found !== undefined || node.parameter === undefined) return found;
  const { name, node: below } = node.parameter;
  return find(rest, below, { ...params, [name]: segment });
}

add("/users/admin", "the administrator");
add("/users/:id", "one user");
add("/users/:id/posts", "their posts");

for (const path of ["/users/admin", "/users/42", "/users/admin/posts", "/users"]) {
  console.log(path.padEnd(20), find(path.slice(1).split("/"), root, {}) ?? "404");
}
