/** Adds a route to the radix tree. */
import { type Leaf, winner } from "./leaf.ts";
import type { Part, Segment } from "./pattern.ts";
import { partShape } from "./pattern-variants.ts";
import { SegmentMatcher } from "./segment-matcher.ts";
import { type SegmentWay, TreeNode, type Way } from "./tree-node.ts";

/** Leads the segments from `root` to the leaf, through nodes that are there or are made on the way. */
export function insert<Target>(root: Way<Target>, segments: readonly Segment[], leaf: Leaf<Target>): void {
  let way = root;
  let text = "";
  let parameters = 0;
  for (const [index, segment] of segments.entries()) {
    const [first, ...others] = segment.parts;
    text += "/";
    if (first?.kind === "literal") text += first.text;
    const parts = first?.kind === "literal" ? others : segment.parts;
    if (parts.length === 0) continue;
    const node = descend(way, text);
    node.open = true;
    node.parameters = parameters;
    node.segment = index;
    if (parts[0]?.kind === "wildcard" && parts[0].rest) {
      node.wildcard = winner(node.wildcard, leaf);
      return;
    }
    way = isPlain(parts) ? (node.plain ??= { leaf: null, next: null }) : matchedWay(node, parts);
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

function matchedWay<Target>(node: TreeNode<Target>, parts: readonly Part[]): SegmentWay<Target> {
  const shape = parts.map(partShape).join("");
  const ways = (node.matched ??= []);
  const known = ways.find((way) => way.shape === shape);
  if (known) return known;
  const created = { shape, matcher: new SegmentMatcher(parts), leaf: null, next: null };
  const place = ways.findIndex((way) => created.matcher.precedes(way.matcher));
  ways.splice(place === -1 ? ways.length : place, 0, created);
  return created;
}
