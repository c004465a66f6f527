/** What rows are sorted by. */
import { LimpidError } from "../../errors/index.ts";
import { Expression, Order } from "./expression.ts";
import type { OrderNode } from "./nodes.ts";

/** What orders rows: `User.name`, `User.id.desc()`. */
export type Ordering = Order | Expression<unknown>;

/** The node of an ordering; a bare expression sorts upwards. */
export function orderNode(order: Ordering): OrderNode {
  if (order instanceof Order) return order.node;
  if (order instanceof Expression) return order.asc().node;
  throw new LimpidError("LMP_ORM_QUERY_INVALID", "Rows are sorted by expressions.", {
    expected: "a column, or its .asc() or .desc()",
    found: typeof order,
    fix: "Sort by a column of the model; a name that comes from a client has to be looked up among those you permit.",
  });
}
