/** Adds a route to the radix tree. */
import { type Leaf, winner } from "./leaf.ts";
import type { Part, Segment } from "./pattern.ts";
import { partShape } from "./pattern-variants.ts";
import { SegmentMatcher } from "./segment-matcher.ts";
import { type SegmentWay, TreeNode, type Way } from "./tree-node.ts";

/** Leads the segments from `root` to the leaf, through nodes that are there or are made on the way. */
export function insert<Target>(
  root: Way<Target>,
  matchers: Map<string, SegmentMatcher>,
  segments: readonly Segment[],
  leaf: Leaf<Target>,
): void {
  let way = root;
  let text = "";
  let parameters = 0;
  for (const [index, segment] of segments.entries()) {
    const [first, ...others] = segment.parts;
    const prefix = first?.kind === "literal" ? first.text : "";
    const parts = first?.kind === "literal" ? others : segment.parts;
    text += `/${prefix}`;
    if (parts.length === 0) continue;
    const node = descend(way, text);
    node.open = true;
    node.parameters = parameters;
    node.segment = index;
    if (parts[0]?.kind === "wildcard" && parts[0].rest) {
      node.wildcard = winner(node.wildcard, leaf);
      return;
    }
    way = isPlain(parts)
      ? (node.plain ??= { leaf: null, next: null })
      : matchedWay(node, matchers, `${index} ${prefix.length}`, parts);
    text = "";
    parameters += parts.filter((part) => part.kind !== "literal").length;
  }
  const end = text === "" ? way : descend(way, text);
  end.leaf = winner(end.leaf, leaf);
}

function descend<Target>(way: Way<Target>, text: string): TreeNode<Target> {
  if (way.next === null) return (way.next = new TreeNode(text));
  return way.next.descend(text);
}

/** Whether this is one parameter that takes the whole segment, whatever it is. */
function isPlain(parts: readonly Part[]): boolean {
  const [first] = parts;
  return parts.length === 1 && !(first?.kind === "parameter" && first.constraint !== undefined);
}

/** @param place Equal where the parts are read from the same character of a path on. */
function matchedWay<Target>(
  node: TreeNode<Target>,
  matchers: Map<string, SegmentMatcher>,
  place: string,
  parts: readonly Part[],
): SegmentWay<Target> {
  const shape = parts.map(partShape).join("");
  const ways = (node.matched ??= []);
  const known = ways.find((way) => way.shape === shape);
  if (known) return known;
  const matcher = matchers.get(`${place} ${shape}`) ?? new SegmentMatcher(parts);
  matchers.set(`${place} ${shape}`, matcher);
  const created = { shape, matcher, leaf: null, next: null };
  const index = ways.findIndex((way) => matcher.precedes(way.matcher));
  ways.splice(index === -1 ? ways.length : index, 0, created);
  return created;
}
