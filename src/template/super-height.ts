/** `super()` and `super.super()`: how many templates up the block is called for. */
import type { Expression } from "./nodes.ts";

/** 1 for `super`, 2 for `super.super`, and so on; 0 for everything else. */
export function superHeight(callee: Expression): number {
  if (callee.type === "Name") return callee.name === "super" ? 1 : 0;
  if (callee.type !== "Attribute" || callee.name !== "super") return 0;
  const below = superHeight(callee.object);
  return below === 0 ? 0 : below + 1;
}
