/**
 * A unit: a piece of a template that may be used in several places of the HTML, such as a block or the body of a macro.
 * It is compiled once, for the place where it most likely stands, its home; for any other place there is a table that
 * says what each of its values needs there.
 */

import { noncePlace } from "../../message/index.ts";
import { type Escape, type HtmlContext, type Placements, place, textContext } from "../escaper.ts";
import type { Node, Text } from "../nodes.ts";
import type { Source } from "../source.ts";
import type { TemplateError } from "../template-error.ts";

/** What the values and texts of a unit need in one place, by slot. */
export interface Table {
  readonly context: HtmlContext;
  readonly escapes: readonly Escape[];
  readonly contexts: readonly HtmlContext[];
  readonly texts: readonly string[];
}

export class Unit {
  readonly body: readonly Node[];
  readonly source: Source;
  /** Where the compiled code stands without a table; undefined where only a table can say. */
  readonly home: HtmlContext | undefined;
  readonly placements: Placements | undefined;
  readonly #slots: Node[] = [];
  readonly #numbers = new Map<Node, number>();
  readonly #tables = new Map<HtmlContext, Table>();

  /** `placements` is undefined where values are not escaped by context; the unit is the same everywhere then. */
  constructor(
    body: readonly Node[],
    source: Source,
    home: HtmlContext | undefined,
    placements: Placements | undefined,
  ) {
    this.body = body;
    this.source = source;
    this.home = home;
    this.placements = placements;
  }

  /** The number of a node among those that a table answers for. */
  slot(node: Node): number {
    const known = this.#numbers.get(node);
    if (known !== undefined) return known;
    const number = this.#slots.push(node) - 1;
    this.#numbers.set(node, number);
    // A place may have been checked before the code was compiled; its table does not answer for this node.
    this.#tables.clear();
    return number;
  }

  /** What the unit needs in a place: null where that is its home. Throws `LMP_TEMPLATE_CONTEXT_UNSAFE`. */
  table(context: HtmlContext): Table | null {
    if (context === this.home || !this.contextual) return null;
    let table = this.#tables.get(context);
    if (table === undefined) {
      table = this.#makeTable(context);
      this.#tables.set(context, table);
    }
    return table;
  }

  /** Whether values are escaped by where they stand. */
  get contextual(): boolean {
    return this.home === undefined || this.placements !== undefined;
  }

  #makeTable(context: HtmlContext): Table {
    const { of, nonces } = place(this.body, context, this.source);
    const escapes: Escape[] = [];
    const contexts: HtmlContext[] = [];
    const texts: string[] = [];
    for (const [number, node] of this.#slots.entries()) {
      const placement = of.get(node);
      if (placement !== undefined) {
        escapes[number] = placement.escape;
        contexts[number] = placement.context;
      }
      if (node.type === "Text") texts[number] = withNoncePlaces(node, nonces.get(node));
    }
    return { context, escapes, contexts, texts };
  }
}

/** A unit that is escaped by context, at home where it was found or, failing that, nowhere. */
export function placedUnit(body: readonly Node[], source: Source, home: HtmlContext = textContext): Unit {
  try {
    return new Unit(body, source, home, place(body, home, source));
  } catch (error) {
    if ((error as TemplateError).code !== "LMP_TEMPLATE_CONTEXT_UNSAFE") throw error;
    // It may be right in the place where it is used; if not, that use throws the same again.
    return new Unit(body, source, undefined, undefined);
  }
}

/** The text with a place for the nonce in every start tag that takes one. */
export function withNoncePlaces({ value }: Text, offsets: readonly number[] | undefined): string {
  if (offsets === undefined) return value;
  let text = "";
  let from = 0;
  for (const offset of offsets) {
    text += value.slice(from, offset) + noncePlace;
    from = offset;
  }
  return text + value.slice(from);
}
