/** With how many placeholders the values of an IN are written. Part of a statement's shape, so few lengths should count. */
import type { ParameterListNode } from "../query/nodes.ts";

/** The whole list is one placeholder. */
export const WHOLE = -1;

/**
 * The number of a list's placeholders: 0 for an empty one, `WHOLE` for one that is bound as a whole. `rows`: its
 * values are rows of values. Depends on the length and the type of the list, never on its values.
 */
export type ListShape = (list: ParameterListNode, rows: boolean) => number;

/** Up to here the next power of two, from here on the next multiple. */
const STEP = 1024;

/** Padded to a few lengths by repeating the last value; finer than any dialect's own rule. */
export function paddedShape(list: ParameterListNode): number {
  const length = list.values.length;
  if (length < 2) return length;
  if (length > STEP) return Math.ceil(length / STEP) * STEP;
  return 2 ** (32 - Math.clz32(length - 1));
}
