/** Matches a segment that is more than one plain parameter: `:id(\d+)`, `:name.:extension`. */
import type { Part } from "./pattern.ts";

/**
 * Matches the rest of a segment, from its first parameter on, in one pass. A parameter ends where the literal behind
 * it first occurs, the last literal stands at the end of the segment, and nothing is tried twice: there is nothing
 * to backtrack into, however long the segment is (CVE-2024-45813).
 */
export class SegmentMatcher {
  readonly #parts: readonly Part[];
  readonly #constrained: boolean;
  readonly #literalLength: number;
  readonly #offsets: Int32Array;
  /** The walk that read last, and whether the segment fitted. */
  #walk = 0;
  #fits = false;

  /** @param parts Parameters and literals in turn, beginning with a parameter. */
  constructor(parts: readonly Part[]) {
    this.#parts = parts;
    this.#offsets = new Int32Array(parts.length + (parts.length % 2));
    this.#constrained = parts.some((part) => part.kind === "parameter" && part.constraint !== undefined);
    this.#literalLength = parts.reduce(
      (sum, part) => sum + (part.kind === "literal" ? part.text.length : 0),
      0,
    );
  }

  /** Whether this one is tried first: constrained before free, then the one with more literal text. */
  precedes(other: SegmentMatcher): boolean {
    if (this.#constrained !== other.#constrained) return this.#constrained;
    return this.#literalLength > other.#literalLength;
  }

  /**
   * Where each value begins and ends in `path` from `start` to `end`, in pairs; null where the segment does not fit.
   * The places that share a matcher ask for the same text throughout one walk, so each walk reads it once.
   */
  read(walk: number, path: string, start: number, end: number): Int32Array | null {
    if (walk !== this.#walk) {
      this.#walk = walk;
      this.#fits = this.#fill(path, start, end);
    }
    return this.#fits ? this.#offsets : null;
  }

  #fill(path: string, start: number, end: number): boolean {
    let at = start;
    for (let index = 0; index < this.#parts.length; index += 2) {
      const part = this.#parts[index]!;
      const valueEnd = this.#valueEnd(path, at, end, index + 1);
      if (valueEnd <= at) return false;
      if (part.kind === "parameter" && part.constraint?.accepts(path, at, valueEnd) === false) return false;
      this.#offsets[index] = at;
      this.#offsets[index + 1] = valueEnd;
      at = valueEnd + this.#literal(index + 1).length;
    }
    return true;
  }

  /** Where the value from `start` ends, given the literal behind it; -1 where it cannot end. */
  #valueEnd(path: string, start: number, end: number, index: number): number {
    const literal = this.#literal(index);
    if (literal === "") return end;
    if (index === this.#parts.length - 1) {
      return path.startsWith(literal, end - literal.length) ? end - literal.length : -1;
    }
    const found = path.indexOf(literal, start + 1);
    return found + literal.length > end ? -1 : found;
  }

  #literal(index: number): string {
    const part = this.#parts[index];
    return part?.kind === "literal" ? part.text : "";
  }
}
