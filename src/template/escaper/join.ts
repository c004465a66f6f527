/** The place where two ways through a template meet. */
import { type Context, contextOf, type Situation, type State } from "./context.ts";
import { Cursor } from "./cursor.ts";
import { joinFacts } from "./facts.ts";
import { endAttribute, endTagName } from "./tag.ts";

/** The place behind both; undefined where they are in different ones. */
export function join(one: Context, other: Context): Context | undefined {
  if (one === other || one.key === other.key) return one;
  return joinAlike(one.situation, other.situation) ?? joinInTag(one, other);
}

/** The name of an attribute that is another one in each branch. */
const UNKNOWN_NAME = "\0";

/** Both in the same state, which may differ in what is inside. */
function joinAlike(one: Situation, other: Situation): Context | undefined {
  if (one.state !== other.state || one.quote !== other.quote || one.foreign !== other.foreign)
    return undefined;
  if (one.element !== other.element || one.closing !== other.closing || one.escaped !== other.escaped) {
    return undefined;
  }
  const facts = joinFacts(one.facts, other.facts);
  switch (one.state) {
    case "name":
      return contextOf({ ...one, facts, tail: UNKNOWN_NAME });
    case "before value":
    case "value":
      return joinValues(one, other, facts);
    case "raw": {
      const inner = one.inner === undefined ? undefined : other.inner && one.inner.join(other.inner);
      if (one.tail !== other.tail || (one.inner !== undefined && inner === undefined)) return undefined;
      return contextOf({ ...one, inner });
    }
    case "comment":
      // Behind `<!--` or behind text, which differ only for a `>` that nobody writes there.
      return one.tail.replace("start", "") === other.tail.replace("start", "")
        ? contextOf({ ...one, tail: one.tail.replace("start", "") })
        : undefined;
    default:
      return undefined;
  }
}

function joinValues(one: Situation, other: Situation, facts: string): Context | undefined {
  const literal = one.literal === other.literal ? one.literal : undefined;
  const empty = one.empty || other.empty;
  if (one.empty !== other.empty && one.quote === "" && one.state === "value") return undefined;
  if (one.attribute !== other.attribute || (one.attribute === "fact" && one.tail !== other.tail)) {
    if (one.attribute === "fact" || other.attribute === "fact") return undefined;
    return contextOf({ ...one, attribute: "unknown", tail: "", inner: undefined, facts, literal, empty });
  }
  if (one.tail !== other.tail) return undefined;
  if (one.inner === undefined || other.inner === undefined) {
    return one.inner === other.inner ? contextOf({ ...one, facts, literal, empty }) : undefined;
  }
  const inner = one.inner.join(other.inner);
  return inner && contextOf({ ...one, facts, literal, empty, inner });
}

/** How far what stands before could still go on, by state; nothing for states outside of tags and in quotes. */
const spots: ReadonlyMap<State, "spot" | "unsure" | "unsure blank"> = new Map([
  ["tag name", "unsure"],
  ["spot", "spot"],
  ["slash", "spot"],
  ["unsure", "unsure"],
  ["unsure blank", "unsure blank"],
  ["name", "unsure"],
  ["after name", "unsure blank"],
]);

/** Whether the place is in a tag and outside of values. */
export function isInTag({ state }: Situation): boolean {
  return spots.has(state);
}

/** Whether the place is in a tag and outside of values, or behind an unquoted value that may be complete. */
export function isSpot({ state, quote, empty }: Situation): boolean {
  return spots.has(state) || (state === "value" && quote === "" && !empty);
}

/** The same spot with its attribute complete, so that only whether it may go on is kept. */
export function settled(context: Context): Context {
  const { situation } = context;
  if (!isSpot(situation)) return context;
  const state = spots.get(situation.state) ?? "unsure";
  const cursor = new Cursor(context);
  if (situation.state === "tag name") endTagName(cursor);
  else endAttribute(cursor);
  cursor.state = state;
  return cursor.context;
}

/** A spot behind something in the tag that is known only when rendering. */
export function unsureSpot(context: Context): Context {
  const cursor = new Cursor(settled(context));
  cursor.state = "unsure";
  return cursor.context;
}

function joinInTag(left: Context, right: Context): Context | undefined {
  if (!isSpot(left.situation) || !isSpot(right.situation)) return undefined;
  const one = settled(left).situation;
  const other = settled(right).situation;
  if (one.element !== other.element || one.closing !== other.closing || one.foreign !== other.foreign) {
    return undefined;
  }
  const states = [one.state, other.state];
  const state = (["unsure", "unsure blank"] as const).find((unsure) => states.includes(unsure)) ?? "spot";
  return contextOf({ ...one, state, facts: joinFacts(one.facts, other.facts) });
}
