/** Writes the TypeScript that stands for a template, and remembers which part of the template each piece mirrors. */

/** What a piece of the module is, where the words of an error depend on it. */
export type About =
  | { readonly kind: "name"; readonly name: string }
  /** An item with a computed key. */
  | { readonly kind: "key" }
  | { readonly kind: "module"; readonly specifier: string }
  | { readonly kind: "prop"; readonly name: string; readonly template: string };

/** A piece of the module, from `start` up to `end`, and its offset in the template. */
export interface Segment {
  readonly start: number;
  end: number;
  readonly at: number;
  /** Whether the piece is spelled as in the template, so that offsets inside of it count on. */
  readonly verbatim: boolean;
  readonly about: About | undefined;
}

/** Where an error in the module lies in the template. */
export interface Origin {
  readonly at: number;
  readonly about: About | undefined;
}

export class ModuleWriter {
  #text = "";
  /** In the order of their beginnings; one that lies inside another comes after it. */
  readonly #segments: Segment[] = [];

  get text(): string {
    return this.#text;
  }

  write(text: string): this {
    this.#text += text;
    return this;
  }

  /** What `body` writes mirrors the template at `at`. */
  mapped(at: number, body: () => void, about?: About): this {
    const start = this.#text.length;
    const segment: Segment = { start, end: start, at, verbatim: false, about };
    this.#segments.push(segment);
    body();
    segment.end = this.#text.length;
    return this;
  }

  /** Text that stands in the template as it is, at `at`. */
  verbatim(text: string, at: number, about?: About): this {
    const start = this.#text.length;
    this.#segments.push({ start, end: start + text.length, at, verbatim: true, about });
    return this.write(text);
  }

  /** The innermost piece around an offset; undefined where nothing in the template answers for it. */
  origin(offset: number): Origin | undefined {
    const around = this.#segments.filter(({ start, end }) => start <= offset && offset < end);
    const inner = around.at(-1);
    if (inner === undefined) return undefined;
    const at = inner.verbatim ? inner.at + offset - inner.start : inner.at;
    return {
      at,
      about: around.findLast(({ about }) => about !== undefined)?.about,
    };
  }

  /** The offset of a line and column, both from 1. */
  offset(line: number, column: number): number {
    let start = 0;
    for (let current = 1; current < line; current++) start = this.#text.indexOf("\n", start) + 1;
    return start + column - 1;
  }
}
