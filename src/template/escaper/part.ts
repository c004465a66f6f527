/**
 * Parts of a page that are another unit, or that nobody knows before rendering: blocks, includes, macros. A unit gives
 * the place back as it found it, as far as what stands behind it can tell.
 */
import { type Context, contextOf, type Situation } from "./context.ts";
import { factOf, withFact } from "./facts.ts";
import { isInTag, isSpot, settled, unsureSpot } from "./join.ts";

/** The place behind a part that began here, whatever was in it. */
export function behindPart(context: Context): Context {
  if (isInTag(context.situation)) return unsureSpot(context);
  const { inner, attribute, tail } = context.situation;
  if (attribute === "content") {
    return contextOf({ ...context.situation, facts: withFact(context.situation.facts, "content", "?") });
  }
  if (attribute === "fact") return contextOf({ ...context.situation, literal: undefined });
  if (tail === "start") return contextOf({ ...context.situation, tail: "" });
  return inner === undefined ? context : contextOf({ ...context.situation, inner: inner.behindPart() });
}

/** Whether a unit that began in one place may end in another. */
export function returnsTo(start: Context, end: Context): boolean {
  if (start.key === end.key) return true;
  if (isInTag(start.situation)) return isSpot(end.situation) && isSameTag(settled(start), settled(end));
  const one = start.situation;
  const other = end.situation;
  const isSame =
    one.state === other.state &&
    one.element === other.element &&
    one.closing === other.closing &&
    one.foreign === other.foreign &&
    isSameSaid(one, other) &&
    one.attribute === other.attribute &&
    one.quote === other.quote &&
    one.empty === other.empty &&
    one.escaped === other.escaped &&
    one.tail.replace("start", "") === other.tail;
  if (!isSame || one.inner === undefined || other.inner === undefined)
    return isSame && one.inner === other.inner;
  return one.inner.endsIn(other.inner);
}

/** In `content` a part may say what nobody knows, as `behindPart` takes for granted anyway. */
function isSameSaid(one: Situation, other: Situation): boolean {
  if (one.attribute !== "content") return one.facts === other.facts;
  return withFact(one.facts, "content", "?") === withFact(other.facts, "content", "?");
}

/** A nonce decides nothing about what stands in an element. */
function isSameTag({ situation: one }: Context, { situation: other }: Context): boolean {
  if (one.element !== other.element || one.closing !== other.closing || one.foreign !== other.foreign)
    return false;
  return ["type", "language", "http-equiv", "content"].every(
    (name) => factOf(one.facts, name) === factOf(other.facts, name),
  );
}
