/** Orders of random queries; nulls are always told where to go, for databases do not agree on it. */
import type { Order } from "limpid/orm";
import type { Draw, Env, Made } from "./made.ts";
import { compared, type Scalar } from "./scalar.ts";

/** A term of ORDER BY and what it means. */
export interface Term {
  readonly operand: Made;
  readonly order: Order;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

export function someTerm({ shape }: Draw, operand: Made): Term {
  const [descending, nullsFirst] = [shape.oneIn(2), shape.oneIn(2)];
  const order = descending ? operand.expression.desc() : operand.expression.asc();
  return { operand, descending, nullsFirst, order: nullsFirst ? order.nullsFirst() : order.nullsLast() };
}

/** Less than 0 where `one` comes first. */
export function compareRows(terms: readonly Term[], one: Env, other: Env): number {
  for (const { descending, nullsFirst, operand } of terms) {
    const result = comparedByTerm(operand, operand.of(one), operand.of(other), nullsFirst);
    if (result !== 0) return typeof result === "number" ? (descending ? -result : result) : result.nulls;
  }
  return 0;
}

/** Where a null goes does not depend on the direction. */
function comparedByTerm(
  { kind }: Made,
  one: Scalar,
  other: Scalar,
  nullsFirst: boolean,
): number | { readonly nulls: number } {
  if (one !== null && other !== null) return compared(kind, one, other);
  if (one === other) return 0;
  return { nulls: (one === null) === nullsFirst ? -1 : 1 };
}
