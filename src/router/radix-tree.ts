/** The radix tree of the routes with parameters, walked by character codes. */
import type { Leaf } from "./leaf.ts";
import type { Segment } from "./pattern.ts";
import type { SegmentMatcher } from "./segment-matcher.ts";
import { insert } from "./tree-insertion.ts";
import type { TreeNode, Way } from "./tree-node.ts";

const SLASH = 0x2f;
/** Longer texts are cut out of the path and compared as a whole, which costs less than a comparison by character. */
const LONG_TEXT = 5;

/**
 * Finds the leaf that a path leads to, in one descent where no two routes compete. A step back goes to the nearest
 * node that has another way on. Every way but the wildcard stands for text within one segment, so a node is entered
 * at most once for a path, and a segment is read at most once for each kind of parameter that competes for it.
 */
export class RadixTree<Target> {
  readonly #root: Way<Target> = { leaf: null, next: null };
  /** Begin and end of each value, by its number. Written on the way down, read at the leaf. */
  #offsets = new Int32Array(16);
  /** Where each segment ends, kept from the first step back on; 0 is unknown. */
  #segmentEnds = new Int32Array(16);
  #steppedBack = false;
  /** How many walks there have been: the name of this one. */
  #walks = 0;
  /** The matchers by the place in a path where they read and the texts that they match. */
  readonly #matchers = new Map<string, SegmentMatcher>();

  /** Adds the leaf behind these segments. */
  insert(segments: readonly Segment[], leaf: Leaf<Target>): void {
    const room = Math.max(segments.length, leaf.names.length) * 2;
    if (room > this.#offsets.length) {
      this.#offsets = new Int32Array(room * 2);
      this.#segmentEnds = new Int32Array(room * 2);
    }
    insert(this.#root, this.#matchers, segments, leaf);
  }

  /** The begin and end of each value for the leaf that was found last. */
  get offsets(): Int32Array {
    return this.#offsets;
  }

  /** The leaf for a canonical path, or null. */
  find(path: string): Leaf<Target> | null {
    const root = this.#root.next;
    if (root === null || path.charCodeAt(0) !== SLASH) return null;
    this.#walks++;
    const leaf = this.#walk(root, path, 0);
    if (this.#steppedBack) {
      this.#segmentEnds.fill(0);
      this.#steppedBack = false;
    }
    return leaf;
  }

  /** Walks from a node whose first character is known to stand at `start`. */
  #walk(from: TreeNode<Target>, path: string, start: number): Leaf<Target> | null {
    let node = from;
    let at = start;
    for (;;) {
      const text = node.text;
      const length = text.length;
      if (length > LONG_TEXT) {
        if (path.slice(at, at + length) !== text) return null;
      } else {
        if (at + length > path.length) return null;
        for (let index = 1; index < length; index++) {
          if (text.charCodeAt(index) !== path.charCodeAt(at + index)) return null;
        }
      }
      at += length;
      if (at === path.length) return node.leaf ?? this.#rest(node, path, at);
      if (node.child !== null) {
        const code = path.charCodeAt(at);
        const child = code === node.childCode ? node.child : node.childAt(code);
        if (!node.open) {
          if (child === null) return null;
          node = child;
          continue;
        }
        if (child !== null) {
          const leaf = this.#walk(child, path, at);
          if (leaf !== null) return leaf;
          this.#steppedBack = true;
        }
      }
      const segmentEnd = this.#segmentEnd(node.segment, path, at);
      // A value is never empty.
      if (segmentEnd === at) return this.#rest(node, path, at);
      if (node.matched !== null) {
        const leaf = this.#matched(node, path, at, segmentEnd);
        if (leaf !== null) return leaf;
      }
      const way = node.plain;
      if (way === null) return this.#rest(node, path, at);
      const offset = node.parameters * 2;
      this.#offsets[offset] = at;
      this.#offsets[offset + 1] = segmentEnd;
      if (segmentEnd === path.length) return way.leaf ?? this.#rest(node, path, at);
      if (way.next === null) return this.#rest(node, path, at);
      if (node.wildcard !== null) {
        const leaf = this.#walk(way.next, path, segmentEnd);
        if (leaf !== null) return leaf;
        this.#steppedBack = true;
        return this.#rest(node, path, at);
      }
      node = way.next;
      at = segmentEnd;
    }
  }

  /** The ways through constrained and mixed segments, in their order. */
  #matched(node: TreeNode<Target>, path: string, at: number, end: number): Leaf<Target> | null {
    for (const { matcher, leaf, next } of node.matched!) {
      if (end === path.length ? leaf === null : next === null) continue;
      const values = matcher.read(this.#walks, path, at, end);
      if (values === null) continue;
      this.#offsets.set(values, node.parameters * 2);
      if (end === path.length) return leaf;
      const found = this.#walk(next!, path, end);
      if (found !== null) return found;
      this.#steppedBack = true;
    }
    return null;
  }

  /** The wildcard, which takes all from `at` on. */
  #rest(node: TreeNode<Target>, path: string, at: number): Leaf<Target> | null {
    const leaf = node.wildcard;
    if (leaf !== null) {
      const offset = node.parameters * 2;
      this.#offsets[offset] = at;
      this.#offsets[offset + 1] = path.length;
    }
    return leaf;
  }

  /** Where the segment that `at` is in ends. Once the walk has stepped back, no segment is searched twice. */
  #segmentEnd(segment: number, path: string, at: number): number {
    const known = this.#steppedBack ? this.#segmentEnds[segment]! : 0;
    if (known !== 0) return known;
    const slash = path.indexOf("/", at);
    const end = slash === -1 ? path.length : slash;
    if (this.#steppedBack) this.#segmentEnds[segment] = end;
    return end;
  }
}
