/** What the generators make: an expression of the public builder, and what it gives by the reference. */
import type { Expression } from "limpid/orm";
import type { Random } from "../../http/threats/random.ts";
import type { Kind, Scalar, Truth } from "./scalar.ts";
import type { Row } from "./things.ts";

/** The rows that an expression sees, by the names of their sources; a source of an outer join may have none. */
export interface Env {
  readonly rows: Readonly<Record<string, Row | undefined>>;
  /** The rows of the group, where there is one. */
  readonly group?: readonly Env[];
  /** All rows of the query, for windows. */
  readonly all?: readonly Env[];
}

/** An expression and its meaning. */
export interface Made {
  readonly kind: Kind;
  readonly expression: Expression<unknown>;
  /** No number it gives is larger, no text longer. */
  readonly most: number;
  /** A text that may have letters beyond ASCII. */
  readonly wide: boolean;
  of(env: Env): Scalar;
}

/** Shapes and values come from two sources, so that one query can be made again with other values. */
export interface Draw {
  readonly shape: Random;
  readonly value: Random;
}

export function made(
  kind: Kind,
  expression: Expression<unknown>,
  of: (env: Env) => Scalar,
  more: { readonly most?: number; readonly wide?: boolean } = {},
): Made {
  return { kind, expression, of, most: more.most ?? 0, wide: more.wide ?? false };
}

export function truth(expression: Expression<unknown>, of: (env: Env) => Truth): Made {
  return made("boolean", expression, of);
}

/** What an expression of text takes beside it. */
export function asText(expression: Expression<unknown>): Expression<string> {
  return expression as Expression<string>;
}

export function asNumber(expression: Expression<unknown>): Expression<number> {
  return expression as Expression<number>;
}

export function asCondition(expression: Expression<unknown>): Expression<boolean> {
  return expression as Expression<boolean>;
}
