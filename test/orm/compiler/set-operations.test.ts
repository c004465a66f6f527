/** Unions and their kind: nesting, order and limits of the whole. */
import type { QueryNode, SetOperationNode } from "../../../src/orm/query/nodes.ts";
import { statements } from "./statements.ts";
import { as, compare, integer, order, select, user, value } from "./tables.ts";

const { type: decimal } = user("balance").column;

function set(
  operator: SetOperationNode["operator"],
  left: QueryNode,
  right: QueryNode,
  more: Partial<SetOperationNode> = {},
): SetOperationNode {
  return {
    kind: "set-operation",
    operator,
    left,
    right,
    orderBy: [],
    limit: undefined,
    offset: undefined,
    ...more,
  };
}

function ids(below: number): QueryNode {
  return select({ where: compare(user("id"), "<", value(below, integer)) });
}

statements({
  union: {
    statement: set("union", ids(3), ids(4), { orderBy: [order(user("id"), true)], limit: value(2, integer) }),
    sqlite:
      'select "users"."id" from "users" where "users"."id" < ? union select "users"."id" from "users" where "users"."id" < ? order by 1 desc limit ?',
    postgresql:
      'select "users"."id" from "users" where "users"."id" < $1 union select "users"."id" from "users" where "users"."id" < $2 order by 1 desc limit $3',
    mysql:
      "select `users`.`id` from `users` where `users`.`id` < ? union select `users`.`id` from `users` where `users`.`id` < ? order by 1 desc limit ?",
    rows: [["3"], ["2"]],
  },
  "union all, three times": {
    statement: set("union all", set("union all", ids(2), ids(2)), ids(2)),
    sqlite:
      'select "users"."id" from "users" where "users"."id" < ? union all select "users"."id" from "users" where "users"."id" < ? union all select "users"."id" from "users" where "users"."id" < ?',
    postgresql:
      'select "users"."id" from "users" where "users"."id" < $1 union all select "users"."id" from "users" where "users"."id" < $2 union all select "users"."id" from "users" where "users"."id" < $3',
    mysql:
      "select `users`.`id` from `users` where `users`.`id` < ? union all select `users`.`id` from `users` where `users`.`id` < ? union all select `users`.`id` from `users` where `users`.`id` < ?",
    rows: [["1"], ["1"], ["1"]],
  },
  "except in intersect": {
    statement: set("except", ids(4), set("intersect", ids(3), set("except", ids(4), ids(2)))),
    sqlite:
      'select "users"."id" from "users" where "users"."id" < ? except select * from (select "users"."id" from "users" where "users"."id" < ? intersect select * from (select "users"."id" from "users" where "users"."id" < ? except select "users"."id" from "users" where "users"."id" < ?))',
    postgresql:
      'select "users"."id" from "users" where "users"."id" < $1 except (select "users"."id" from "users" where "users"."id" < $2 intersect (select "users"."id" from "users" where "users"."id" < $3 except select "users"."id" from "users" where "users"."id" < $4))',
    mysql:
      "select `users`.`id` from `users` where `users`.`id` < ? except (select `users`.`id` from `users` where `users`.`id` < ? intersect (select `users`.`id` from `users` where `users`.`id` < ? except select `users`.`id` from `users` where `users`.`id` < ?))",
  },
  "the best of each": {
    statement: set(
      "union all",
      select({ orderBy: [order(user("age"), true, "last")], limit: value(1, integer) }),
      select({ orderBy: [order(user("age"), false, "last")], limit: value(1, integer) }),
      { orderBy: [order(user("id"))] },
    ),
    sqlite:
      'select * from (select "users"."id" from "users" order by "users"."age" desc nulls last limit ?) union all select * from (select "users"."id" from "users" order by "users"."age" nulls last limit ?) order by 1',
    postgresql:
      '(select "users"."id" from "users" order by "users"."age" desc nulls last limit $1) union all (select "users"."id" from "users" order by "users"."age" nulls last limit $2) order by 1',
    mysql:
      "(select `users`.`id` from `users` order by `users`.`age` desc limit ?) union all (select `users`.`id` from `users` order by `users`.`age` is null, `users`.`age` limit ?) order by 1",
    rows: [["1"], ["2"]],
  },
  "a union in the order of a decimal": {
    statement: set(
      "union all",
      select({ columns: [as(user("balance"), "money")], where: compare(user("id"), ">", value(1, integer)) }),
      select({ columns: [as(user("balance"), "money")], where: compare(user("id"), "<", value(2, integer)) }),
      {
        orderBy: [order({ kind: "derived-column", alias: "", name: "money", type: decimal }, false, "last")],
      },
    ),
    sqlite:
      'select * from (select "users"."balance" as "money" from "users" where "users"."id" > ? union all select "users"."balance" as "money" from "users" where "users"."id" < ?) order by cast("money" as real) nulls last',
    postgresql:
      'select "users"."balance" as "money" from "users" where "users"."id" > $1 union all select "users"."balance" as "money" from "users" where "users"."id" < $2 order by "money" nulls last',
    mysql:
      "select `users`.`balance` as `money` from `users` where `users`.`id` > ? union all select `users`.`balance` as `money` from `users` where `users`.`id` < ? order by `money` is null, `money`",
    rows: [["9.00"], ["10.50"], ["100.00"]],
  },
  "a union in the order of what it does not select": {
    statement: set("union", ids(2), ids(3), { orderBy: [order(user("name"))] }),
    sqlite: "LMP_ORM_QUERY_INVALID",
    postgresql: "LMP_ORM_QUERY_INVALID",
    mysql: "LMP_ORM_QUERY_INVALID",
  },
});
