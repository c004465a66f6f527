/** Conditions: comparisons, decimals, logic, precedence. */
import type { ExpressionNode } from "../../../src/orm/query/nodes.ts";
import { type StatementCase, statements } from "./statements.ts";
import {
  and,
  calculate,
  compare,
  integer,
  not,
  or,
  order,
  select,
  text,
  user,
  users,
  value,
} from "./tables.ts";

const { type: decimal } = user("balance").column;
const one = value(1, integer);

function where(condition: ExpressionNode): StatementCase["statement"] {
  return select({
    from: { kind: "table", table: users, alias: undefined },
    where: condition,
    orderBy: [order(user("id"))],
  });
}

statements({
  "distinct from": {
    statement: where(compare(user("age"), "is distinct from", value(30, integer))),
    sqlite: 'select "users"."id" from "users" where "users"."age" is not ? order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where "users"."age" is distinct from $1 order by "users"."id"',
    mysql: "select `users`.`id` from `users` where not (`users`.`age` <=> ?) order by `users`.`id`",
    rows: [["2"], ["3"]],
  },
  "not distinct from null": {
    statement: where(
      and(compare(user("age"), "is not distinct from", value(null, integer)), compare(user("id"), ">", one)),
    ),
    sqlite:
      'select "users"."id" from "users" where "users"."age" is ? and "users"."id" > ? order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where "users"."age" is not distinct from $1 and "users"."id" > $2 order by "users"."id"',
    mysql:
      "select `users`.`id` from `users` where `users`.`age` <=> ? and `users`.`id` > ? order by `users`.`id`",
    rows: [["3"]],
  },
  "null and not null": {
    statement: where(
      or(
        { kind: "is-null", operand: user("age"), negated: false },
        { kind: "is-null", operand: user("data"), negated: true },
      ),
    ),
    sqlite:
      'select "users"."id" from "users" where "users"."age" is null or "users"."data" is not null order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where "users"."age" is null or "users"."data" is not null order by "users"."id"',
    mysql:
      "select `users`.`id` from `users` where `users`.`age` is null or `users`.`data` is not null order by `users`.`id`",
    rows: [["1"], ["2"], ["3"]],
  },
  between: {
    statement: where({
      kind: "between",
      operand: user("age"),
      low: value(25, integer),
      high: value(29, integer),
    }),
    sqlite: 'select "users"."id" from "users" where "users"."age" between ? and ? order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where "users"."age" between $1 and $2 order by "users"."id"',
    mysql: "select `users`.`id` from `users` where `users`.`age` between ? and ? order by `users`.`id`",
    rows: [["2"]],
  },
  "decimals are compared as numbers": {
    statement: where(compare(user("balance"), "<", value("100.00", decimal))),
    sqlite:
      'select "users"."id" from "users" where cast("users"."balance" as real) < cast(? as real) order by "users"."id"',
    postgresql: 'select "users"."id" from "users" where "users"."balance" < $1 order by "users"."id"',
    mysql: "select `users`.`id` from `users` where `users`.`balance` < ? order by `users`.`id`",
    rows: [["1"], ["2"]],
  },
  "decimals are equal as they are": {
    statement: where(compare(user("balance"), "=", value("9.00", decimal))),
    sqlite: 'select "users"."id" from "users" where "users"."balance" = ? order by "users"."id"',
    postgresql: 'select "users"."id" from "users" where "users"."balance" = $1 order by "users"."id"',
    mysql: "select `users`.`id` from `users` where `users`.`balance` = ? order by `users`.`id`",
    rows: [["2"]],
  },
  "computed decimals": {
    statement: where(compare(calculate(user("balance"), "/", value(4, integer)), "=", value("25", decimal))),
    sqlite:
      'select "users"."id" from "users" where cast("users"."balance" as real) / cast(? as real) = cast(? as real) order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where "users"."balance" / $1::integer = $2::numeric order by "users"."id"',
    mysql:
      "select `users`.`id` from `users` where `users`.`balance` / ? = cast(? as decimal(10, 2)) order by `users`.`id`",
    rows: [["3"]],
  },
  "decimals between": {
    statement: where({
      kind: "between",
      operand: user("balance"),
      low: value("9.5", decimal),
      high: value("99", decimal),
    }),
    sqlite:
      'select "users"."id" from "users" where cast("users"."balance" as real) between cast(? as real) and cast(? as real) order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where "users"."balance" between $1 and $2 order by "users"."id"',
    mysql:
      "select `users`.`id` from `users` where `users`.`balance` between cast(? as decimal(10, 2)) and cast(? as decimal(10, 2)) order by `users`.`id`",
    rows: [["1"]],
  },
  "nothing is true, and nothing else is false": {
    statement: where(and(and(), or(or(), compare(user("id"), "=", one)))),
    sqlite:
      'select "users"."id" from "users" where 1 = 1 and (1 = 0 or "users"."id" = ?) order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where 1 = 1 and (1 = 0 or "users"."id" = $1) order by "users"."id"',
    mysql:
      "select `users`.`id` from `users` where 1 = 1 and (1 = 0 or `users`.`id` = ?) order by `users`.`id`",
    rows: [["1"]],
  },
  "and binds tighter than or": {
    statement: where(
      and(
        or(compare(user("id"), "=", one), compare(user("id"), "=", value(2, integer))),
        compare(user("age"), "<", value(30, integer)),
      ),
    ),
    sqlite:
      'select "users"."id" from "users" where ("users"."id" = ? or "users"."id" = ?) and "users"."age" < ? order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where ("users"."id" = $1 or "users"."id" = $2) and "users"."age" < $3 order by "users"."id"',
    mysql:
      "select `users`.`id` from `users` where (`users`.`id` = ? or `users`.`id` = ?) and `users`.`age` < ? order by `users`.`id`",
    rows: [["2"]],
  },
  "or of and needs no parentheses": {
    statement: where(
      or(and(user("active"), compare(user("id"), "=", one)), compare(user("id"), "=", value(3, integer))),
    ),
    sqlite:
      'select "users"."id" from "users" where "users"."active" and "users"."id" = ? or "users"."id" = ? order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where "users"."active" and "users"."id" = $1 or "users"."id" = $2 order by "users"."id"',
    mysql:
      "select `users`.`id` from `users` where `users`.`active` and `users`.`id` = ? or `users`.`id` = ? order by `users`.`id`",
    rows: [["1"], ["3"]],
  },
  not: {
    statement: where(not(or(compare(user("id"), "=", one), compare(user("id"), "=", value(3, integer))))),
    sqlite:
      'select "users"."id" from "users" where not ("users"."id" = ? or "users"."id" = ?) order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where not ("users"."id" = $1 or "users"."id" = $2) order by "users"."id"',
    mysql:
      "select `users`.`id` from `users` where not (`users`.`id` = ? or `users`.`id` = ?) order by `users`.`id`",
    rows: [["2"]],
  },
  "a comparison of comparisons": {
    statement: where(compare(compare(user("id"), "=", one), "=", user("active"))),
    sqlite:
      'select "users"."id" from "users" where ("users"."id" = ?) = "users"."active" order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where ("users"."id" = $1) = "users"."active" order by "users"."id"',
    mysql:
      "select `users`.`id` from `users` where (`users`.`id` = ?) = `users`.`active` order by `users`.`id`",
    rows: [["1"], ["2"]],
  },
  arithmetic: {
    statement: where(
      compare(
        calculate(
          calculate(user("id"), "-", calculate(user("age"), "-", user("id"))),
          "*",
          calculate(user("id"), "+", one),
        ),
        "=",
        value(-56, integer),
      ),
    ),
    sqlite:
      'select "users"."id" from "users" where ("users"."id" - ("users"."age" - "users"."id")) * ("users"."id" + cast(? as integer)) = ? order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where ("users"."id" - ("users"."age" - "users"."id")) * ("users"."id" + $1) = $2::integer order by "users"."id"',
    mysql:
      "select `users`.`id` from `users` where (`users`.`id` - (`users`.`age` - `users`.`id`)) * (`users`.`id` + ?) = ? order by `users`.`id`",
    rows: [["1"]],
  },
  "whole numbers divide to whole numbers": {
    statement: where(compare(calculate(user("age"), "/", value(4, integer)), "=", value(7, integer))),
    sqlite:
      'select "users"."id" from "users" where "users"."age" / cast(? as integer) = ? order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where "users"."age" / $1 = $2::integer order by "users"."id"',
    mysql: "select `users`.`id` from `users` where `users`.`age` div ? = ? order by `users`.`id`",
    rows: [["1"]],
  },
  concatenation: {
    statement: where(
      compare(
        calculate(calculate(user("name"), "||", value("!", text)), "||", user("name")),
        "=",
        value("bob!bob", text),
      ),
    ),
    sqlite:
      'select "users"."id" from "users" where "users"."name" || ? || "users"."name" = ? order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where "users"."name" || $1 || "users"."name" = $2::text order by "users"."id"',
    mysql:
      "select `users`.`id` from `users` where concat(concat(`users`.`name`, ?), `users`.`name`) = ? order by `users`.`id`",
    rows: [["2"]],
  },
});
