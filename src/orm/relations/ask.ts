/** Asks for what belongs to a list of keys, in as many queries as the database's limit on values makes of it. */
import { WHOLE } from "../compiler/list-shape.ts";
import type { DriverRow } from "../driver/driver.ts";
import type { ColumnType } from "../model/column-type.ts";
import type { Executor } from "../query/executor.ts";
import type { SelectNode } from "../query/nodes.ts";
import { then } from "../query/settled.ts";
import type { Parameters, Plan } from "../query/statements.ts";

/** Rows, with the plan by which they are read. */
export interface Answer {
  readonly rows: DriverRow[];
  readonly plan: Plan;
}

/** Longer lists are padded to multiples of this. */
const STEP = 1024;

/** Runs `query` with the keys, or with portions of them. */
export function ask(
  executor: Executor,
  keys: readonly unknown[],
  type: ColumnType,
  query: (keys: readonly unknown[]) => SelectNode,
): Answer | Promise<Answer> {
  const { dialect } = executor.statements;
  const most = dialect.features.maxPlaceholders - STEP;
  if (keys.length <= most) return askOnce(executor, query(keys));
  const inWhole = dialect.listShape({ kind: "parameter-list", values: keys, type }, false) === WHOLE;
  return inWhole ? askOnce(executor, query(keys)) : askInPortions(executor, keys, query, most);
}

function askOnce(executor: Executor, node: SelectNode): Answer | Promise<Answer> {
  const { statements } = executor;
  const parameters: Parameters = [];
  const plan = statements.plan(node, parameters);
  const rows = executor.rows(node, plan, statements.bind(plan, parameters));
  return then(rows, (found) => ({ rows: found, plan }));
}

/** One after the other: a session has one connection. */
async function askInPortions(
  executor: Executor,
  keys: readonly unknown[],
  query: (keys: readonly unknown[]) => SelectNode,
  most: number,
): Promise<Answer> {
  const size = most - (most % STEP);
  let all = await askOnce(executor, query(keys.slice(0, size)));
  for (let from = size; from < keys.length; from += size) {
    const { plan, rows } = await askOnce(executor, query(keys.slice(from, from + size)));
    all = { plan, rows: all.rows.concat(rows) };
  }
  return all;
}
