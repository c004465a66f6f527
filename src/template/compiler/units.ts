/** The units of a template, each placed where it is known to stand. */
import { type HtmlContext, type Placements, place, textContext } from "../escaper.ts";
import type { Block, Node, TemplateNode } from "../nodes.ts";
import { placedUnit, Unit } from "../runtime/unit.ts";
import type { Source } from "../source.ts";

export interface Units {
  readonly root: Unit;
  readonly blocks: ReadonlyMap<string, Block>;
  /** By the Block, Macro, CallBlock, AssignBlock or Tag whose body it is. */
  readonly of: ReadonlyMap<object, Unit>;
}

/** What decides how the units of a template are placed. */
export interface Placing {
  readonly source: Source;
  /** Whether values are escaped by context. */
  readonly contextual: boolean;
  /** Where the extended template has the blocks. */
  readonly places: ReadonlyMap<string, HtmlContext>;
}

export function unitsOf(tree: TemplateNode, placing: Placing): Units {
  const { source, contextual } = placing;
  const shown = beforeExtends(tree.body);
  const placements = contextual ? place(shown, textContext, source) : undefined;
  const root = new Unit(shown, source, textContext, placements);
  const found = { of: new Map<object, Unit>(), blocks: new Map<string, Block>() };
  collect(tree.body, placements, placing, found);
  return { root, ...found };
}

/** What a template that extends writes itself: only what stands before. Its blocks have their places elsewhere. */
function beforeExtends(body: readonly Node[]): readonly Node[] {
  const index = body.findIndex(({ type }) => type === "Extends");
  return index < 0 ? body : body.slice(0, index);
}

interface Found {
  readonly of: Map<object, Unit>;
  readonly blocks: Map<string, Block>;
}

function collect(part: unknown, placements: Placements | undefined, placing: Placing, found: Found): void {
  if (Array.isArray(part)) {
    for (const node of part) collect(node, placements, placing, found);
    return;
  }
  if (typeof part !== "object" || part === null) return;
  const node = part as Node;
  const unit = unitOf(node, placements, placing);
  if (unit !== undefined) found.of.set(node, unit);
  if (node.type === "Block") found.blocks.set(node.name, node);
  for (const child of Object.values(node))
    collect(child, unit === undefined ? placements : unit.placements, placing, found);
}

function unitOf(node: Node, placements: Placements | undefined, placing: Placing): Unit | undefined {
  const { source, contextual, places } = placing;
  switch (node.type) {
    case "Block": {
      if (!contextual) return new Unit(node.body, source, textContext, undefined);
      const inline = placements?.of.get(node);
      if (inline !== undefined) return new Unit(node.body, source, inline.context, placements);
      return placedUnit(node.body, source, places.get(node.name));
    }
    case "Macro":
    case "CallBlock":
      return contextual ? placedUnit(node.body, source) : new Unit(node.body, source, textContext, undefined);
    case "AssignBlock":
    case "Tag": {
      const body = node.body ?? [];
      return new Unit(body, source, textContext, contextual ? place(body, textContext, source) : undefined);
    }
    default:
      return undefined;
  }
}
