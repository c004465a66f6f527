/** A node of the radix tree: literal text, and the ways on behind it. */
import type { Leaf } from "./leaf.ts";
import type { SegmentMatcher } from "./segment-matcher.ts";

/** What follows a parameter. */
export interface Way<Target> {
  /** Where a path that ends with the parameter leads. */
  leaf: Leaf<Target> | null;
  /** Where any other goes on; its text begins with a slash. */
  next: TreeNode<Target> | null;
}

/** What follows a constrained or mixed segment. */
export interface SegmentWay<Target> extends Way<Target> {
  /** Equal for segments that match the same texts. */
  readonly shape: string;
  readonly matcher: SegmentMatcher;
}

/**
 * A node of the radix tree. Its ways on are tried in this order: the child whose text begins with the next
 * character, the constrained and mixed segments, the plain parameter, the wildcard.
 */
export class TreeNode<Target> {
  /** The literal text that leads through this node; never empty. */
  text: string;
  /** Where a path that ends behind the text leads. */
  leaf: Leaf<Target> | null = null;
  /** The only child, or the first of several; -1 where there is none. */
  childCode = -1;
  child: TreeNode<Target> | null = null;
  /** The children whose first character is ASCII, by its code from `firstCode` on, where there are several. */
  children: (TreeNode<Target> | null)[] | null = null;
  /** The least of their codes: an array of all ASCII would fill the processor's cache with nothing. */
  firstCode = 0;
  /** The other children, where there are several. */
  wideChildren: Map<number, TreeNode<Target>> | null = null;
  /** Whether there is a way on beside the children. */
  open = false;
  /** How many values stand on the stack of offsets before the ones that these ways add. */
  parameters = 0;
  /** The number of the segment that these ways match, from 0. */
  segment = 0;
  matched: SegmentWay<Target>[] | null = null;
  plain: Way<Target> | null = null;
  /** Where everything else leads. */
  wildcard: Leaf<Target> | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** The node that `text` leads to from the begin of this one, made where it is missing. */
  descend(text: string): TreeNode<Target> {
    let node: TreeNode<Target> = this;
    let rest = text;
    for (;;) {
      const common = commonLength(node.text, rest);
      if (common < node.text.length) node.#split(common);
      if (common === rest.length) return node;
      rest = rest.slice(common);
      const child = node.childAt(rest.charCodeAt(0));
      if (child === null) return node.#adopt(new TreeNode(rest));
      node = child;
    }
  }

  /** The child whose text begins with this character. */
  childAt(code: number): TreeNode<Target> | null {
    if (code === this.childCode) return this.child;
    if (this.children === null) return null;
    const place = code - this.firstCode;
    if (place >= 0 && place < this.children.length) return this.children[place]!;
    return this.wideChildren?.get(code) ?? null;
  }

  /** Moves all but the first characters of the text, and all that follows, into a child. */
  #split(length: number): void {
    const head = new TreeNode<Target>(this.text.slice(0, length));
    const tail = new TreeNode<Target>(this.text.slice(length));
    Object.assign(tail, { ...this, text: tail.text });
    Object.assign(this, head);
    this.#adopt(tail);
  }

  #adopt(child: TreeNode<Target>): TreeNode<Target> {
    const code = child.text.charCodeAt(0);
    if (this.child === null) {
      this.child = child;
      this.childCode = code;
      return child;
    }
    const known = this.#allChildren();
    this.#arrange(known.length === 0 ? [this.child, child] : [...known, child]);
    return child;
  }

  #allChildren(): TreeNode<Target>[] {
    const narrow = (this.children ?? []).filter((each) => each !== null);
    return [...narrow, ...(this.wideChildren?.values() ?? [])];
  }

  #arrange(all: readonly TreeNode<Target>[]): void {
    const narrow = all.filter((each) => each.text.charCodeAt(0) < 128);
    const codes = narrow.map((each) => each.text.charCodeAt(0));
    this.firstCode = codes.length === 0 ? 0 : Math.min(...codes);
    const size = codes.length === 0 ? 0 : Math.max(...codes) - this.firstCode + 1;
    this.children = new Array<TreeNode<Target> | null>(size).fill(null);
    for (const [index, each] of narrow.entries()) this.children[codes[index]! - this.firstCode] = each;
    const wide = all.filter((each) => each.text.charCodeAt(0) >= 128);
    this.wideChildren =
      wide.length === 0 ? null : new Map(wide.map((each) => [each.text.charCodeAt(0), each]));
  }
}

function commonLength(left: string, right: string): number {
  const limit = Math.min(left.length, right.length);
  let length = 0;
  while (length < limit && left.charCodeAt(length) === right.charCodeAt(length)) length++;
  return length;
}
