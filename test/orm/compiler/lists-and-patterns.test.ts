/** Lists of values, rows of values, and patterns. */
import type { ExpressionNode, LikeNode } from "../../../src/orm/query/nodes.ts";
import { type StatementCase, statements } from "./statements.ts";
import {
  and,
  compare,
  integer,
  list,
  or,
  order,
  select,
  text,
  user,
  users,
  value,
  within,
} from "./tables.ts";

const one = value(1, integer);

function where(condition: ExpressionNode): StatementCase["statement"] {
  return select({
    from: { kind: "table", table: users, alias: undefined },
    where: condition,
    orderBy: [order(user("id"))],
  });
}

function like(pattern: string, more: Partial<LikeNode> = {}): LikeNode {
  return {
    kind: "like",
    operand: user("name"),
    pattern: value(pattern, text),
    insensitive: false,
    negated: false,
    ...more,
  };
}

statements({
  "a list": {
    statement: where(within(user("id"), list([1, 3, 3, 7, 9], integer))),
    sqlite:
      'select "users"."id" from "users" where "users"."id" in (select value from json_each(?)) order by "users"."id"',
    postgresql: 'select "users"."id" from "users" where "users"."id" = any ($1) order by "users"."id"',
    mysql:
      "select `users`.`id` from `users` where `users`.`id` in (?, ?, ?, ?, ?, ?, ?, ?) order by `users`.`id`",
    rows: [["1"], ["3"]],
  },
  "not in a list": {
    statement: where(within(user("name"), list(["alice", 'b"o,b', "Carol"], text), true)),
    sqlite:
      'select "users"."id" from "users" where "users"."name" not in (select value from json_each(?)) order by "users"."id"',
    postgresql: 'select "users"."id" from "users" where "users"."name" <> all ($1) order by "users"."id"',
    mysql: "select `users`.`id` from `users` where `users`.`name` not in (?, ?, ?, ?) order by `users`.`id`",
    rows: [["2"]],
  },
  "a list of one": {
    statement: where(within(user("id"), list([2], integer))),
    sqlite: 'select "users"."id" from "users" where "users"."id" in (?) order by "users"."id"',
    postgresql: 'select "users"."id" from "users" where "users"."id" = any ($1) order by "users"."id"',
    mysql: "select `users`.`id` from `users` where `users`.`id` in (?) order by `users`.`id`",
    rows: [["2"]],
  },
  "a list without a type": {
    statement: where(within(user("id"), list([1, 2, 3]))),
    sqlite: 'select "users"."id" from "users" where "users"."id" in (?, ?, ?, ?) order by "users"."id"',
    postgresql: 'select "users"."id" from "users" where "users"."id" = any ($1) order by "users"."id"',
    mysql: "select `users`.`id` from `users` where `users`.`id` in (?, ?, ?, ?) order by `users`.`id`",
    rows: [["1"], ["2"], ["3"]],
  },
  "a list beside what is no column": {
    statement: where(within(value(3, integer), list([1, 2, 3], integer))),
    sqlite:
      'select "users"."id" from "users" where cast(? as integer) in (select value from json_each(?)) order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where $1::integer = any ($2::integer[]) order by "users"."id"',
    mysql: "select `users`.`id` from `users` where ? in (?, ?, ?, ?) order by `users`.`id`",
    rows: [["1"], ["2"], ["3"]],
  },
  "an empty list": {
    statement: where(
      or(
        within(user("id"), list([], integer)),
        and(within(user("id"), list([], integer), true), compare(user("id"), "=", one)),
      ),
    ),
    sqlite:
      'select "users"."id" from "users" where 1 = 0 or 1 = 1 and "users"."id" = ? order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where 1 = 0 or 1 = 1 and "users"."id" = $1 order by "users"."id"',
    mysql: "select `users`.`id` from `users` where 1 = 0 or 1 = 1 and `users`.`id` = ? order by `users`.`id`",
    rows: [["1"]],
  },
  "rows of values": {
    statement: where(
      within(
        { kind: "tuple", items: [user("id"), user("name")] },
        list([
          [1, "alice"],
          [2, "alice"],
          [3, "Carol"],
        ]),
      ),
    ),
    sqlite:
      'select "users"."id" from "users" where ("users"."id", "users"."name") in (values (?, ?), (?, ?), (?, ?), (?, ?)) order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where ("users"."id", "users"."name") in (($1, $2), ($3, $4), ($5, $6), ($7, $8)) order by "users"."id"',
    mysql:
      "select `users`.`id` from `users` where (`users`.`id`, `users`.`name`) in ((?, ?), (?, ?), (?, ?), (?, ?)) order by `users`.`id`",
    rows: [["1"], ["3"]],
  },
  "not among rows of values": {
    statement: where(within({ kind: "tuple", items: [user("id"), user("age")] }, list([[1, 30]]), true)),
    sqlite:
      'select "users"."id" from "users" where ("users"."id", "users"."age") not in (values (?, ?)) order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where ("users"."id", "users"."age") not in (($1, $2)) order by "users"."id"',
    mysql:
      "select `users`.`id` from `users` where (`users`.`id`, `users`.`age`) not in ((?, ?)) order by `users`.`id`",
    rows: [["2"], ["3"]],
  },
  "rows of values are equal": {
    statement: where(
      compare({ kind: "tuple", items: [user("id"), user("age")] }, "=", {
        kind: "tuple",
        items: [value(1, integer), value(30, integer)],
      }),
    ),
    sqlite:
      'select "users"."id" from "users" where ("users"."id", "users"."age") = (cast(? as integer), cast(? as integer)) order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where ("users"."id", "users"."age") = ($1::integer, $2::integer) order by "users"."id"',
    mysql:
      "select `users`.`id` from `users` where (`users`.`id`, `users`.`age`) = (?, ?) order by `users`.`id`",
    rows: [["1"]],
  },
  "like, with regard to case": {
    statement: where(or(like("c%"), like("al_c%"))),
    sqlite:
      'select "users"."id" from "users" where "users"."name" glob ? or "users"."name" glob ? order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where "users"."name" like $1 or "users"."name" like $2 order by "users"."id"',
    mysql:
      "select `users`.`id` from `users` where `users`.`name` like ? collate utf8mb4_bin escape x'5c' or `users`.`name` like ? collate utf8mb4_bin escape x'5c' order by `users`.`id`",
    rows: [["1"]],
  },
  "like, without regard to case": {
    statement: where(like("C%L", { insensitive: true })),
    sqlite: `select "users"."id" from "users" where "users"."name" like ? escape '\\' order by "users"."id"`,
    postgresql: 'select "users"."id" from "users" where "users"."name" ilike $1 order by "users"."id"',
    mysql:
      "select `users`.`id` from `users` where lower(`users`.`name`) like lower(?) collate utf8mb4_bin escape x'5c' order by `users`.`id`",
    rows: [["3"]],
  },
  "not like": {
    statement: where(like("%o%", { negated: true })),
    sqlite: 'select "users"."id" from "users" where "users"."name" not glob ? order by "users"."id"',
    postgresql: 'select "users"."id" from "users" where "users"."name" not like $1 order by "users"."id"',
    mysql:
      "select `users`.`id` from `users` where `users`.`name` not like ? collate utf8mb4_bin escape x'5c' order by `users`.`id`",
    rows: [["1"]],
  },
});
