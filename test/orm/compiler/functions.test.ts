/** Calls: aggregates, functions, casts, CASE, windows. */
import type { ExpressionNode, FrameNode, WindowNode } from "../../../src/orm/query/nodes.ts";
import { statements } from "./statements.ts";
import { as, call, compare, from, integer, order, post, posts, select, text, user, value } from "./tables.ts";

const { type: decimal } = user("balance").column;
const old = compare(user("age"), ">", value(26, integer));

function over(more: Partial<WindowNode> = {}): WindowNode {
  return { partitionBy: [], orderBy: [order(user("id"))], frame: undefined, ...more };
}

function framed(frame: FrameNode): ExpressionNode {
  return call("sum", [user("id")], { over: over({ frame }), type: integer });
}

statements({
  count: {
    statement: select({ columns: [as(call("count", []), "rows"), as(call("count", [user("age")]), "ages")] }),
    sqlite: 'select count(*) as "rows", count("users"."age") as "ages" from "users"',
    postgresql: 'select count(*) as "rows", count("users"."age") as "ages" from "users"',
    mysql: "select count(*) as `rows`, count(`users`.`age`) as `ages` from `users`",
    rows: [["3", "2"]],
  },
  "count distinct": {
    statement: select({
      columns: [as(call("count", [post("author_id")], { distinct: true }), "n")],
      from: from(posts),
    }),
    sqlite: 'select count(distinct "posts"."author_id") as "n" from "posts"',
    postgresql: 'select count(distinct "posts"."author_id") as "n" from "posts"',
    mysql: "select count(distinct `posts`.`author_id`) as `n` from `posts`",
    rows: [["2"]],
  },
  "groups and having": {
    statement: select({
      columns: [as(post("author_id")), as(call("count", []), "n")],
      from: from(posts),
      groupBy: [post("author_id")],
      having: compare(call("count", []), ">", value(1, integer)),
    }),
    sqlite:
      'select "posts"."author_id", count(*) as "n" from "posts" group by "posts"."author_id" having count(*) > ?',
    postgresql:
      'select "posts"."author_id", count(*) as "n" from "posts" group by "posts"."author_id" having count(*) > $1::integer',
    mysql:
      "select `posts`.`author_id`, count(*) as `n` from `posts` group by `posts`.`author_id` having count(*) > ?",
    rows: [["1", "2"]],
  },
  filter: {
    statement: select({
      columns: [
        as(call("count", [], { filter: old }), "n"),
        as(call("sum", [user("id")], { filter: old }), "sum"),
      ],
    }),
    sqlite:
      'select count(*) filter (where "users"."age" > ?) as "n", sum("users"."id") filter (where "users"."age" > ?) as "sum" from "users"',
    postgresql:
      'select count(*) filter (where "users"."age" > $1) as "n", sum("users"."id") filter (where "users"."age" > $2) as "sum" from "users"',
    mysql:
      "select count(case when `users`.`age` > ? then 1 end) as `n`, sum(case when `users`.`age` > ? then `users`.`id` end) as `sum` from `users`",
    rows: [["1", "1"]],
  },
  "the largest decimal": {
    statement: select({
      columns: [
        as(call("cast", [call("max", [user("balance")], { type: decimal })], { type: integer }), "max"),
      ],
    }),
    sqlite: 'select cast(max(cast("users"."balance" as real)) as integer) as "max" from "users"',
    postgresql: 'select cast(max("users"."balance") as integer) as "max" from "users"',
    mysql: "select cast(max(`users`.`balance`) as signed) as `max` from `users`",
    rows: [["100"]],
  },
  "functions of text": {
    statement: select({
      columns: [
        as(call("upper", [user("name")])),
        as(call("length", [value("äöü", text)])),
        as(call("substring", [user("name"), value(2), value(2)])),
        as(call("replace", [user("name"), value("l", text), value("L", text)])),
        as(call("trim", [value(" x ", text)])),
        as(call("concat", [user("name"), value(null, text), value("!", text)])),
      ],
      where: compare(user("id"), "=", value(1, integer)),
    }),
    sqlite:
      'select upper("users"."name"), length(?), substr("users"."name", ?, ?), replace("users"."name", ?, ?), trim(?), concat("users"."name", ?, ?) from "users" where "users"."id" = ?',
    postgresql:
      'select upper("users"."name"), length($1::text), substring("users"."name", $2::integer, $3::integer), replace("users"."name", $4::text, $5::text), trim($6::text), concat("users"."name", $7::text, $8::text) from "users" where "users"."id" = $9',
    mysql:
      "select upper(`users`.`name`), char_length(?), substring(`users`.`name`, ?, ?), replace(`users`.`name`, ?, ?), trim(?), concat_ws('', `users`.`name`, ?, ?) from `users` where `users`.`id` = ?",
    rows: [["ALICE", "3", "li", "aLice", "x", "alice!"]],
  },
  "functions of values": {
    statement: select({
      columns: [
        as(call("coalesce", [user("age"), value(7, integer)])),
        as(call("nullif", [user("id"), value(3, integer)])),
        as(call("greatest", [user("id"), value(2, integer)])),
        as(call("least", [user("id"), value(2, integer)])),
        as(call("greatest", [user("id")])),
        as(call("abs", [value(-4, integer)])),
      ],
      where: compare(user("id"), "=", value(3, integer)),
    }),
    sqlite:
      'select coalesce("users"."age", cast(? as integer)), nullif("users"."id", cast(? as integer)), max("users"."id", cast(? as integer)), min("users"."id", cast(? as integer)), ("users"."id"), abs(cast(? as integer)) from "users" where "users"."id" = ?',
    postgresql:
      'select coalesce("users"."age", $1::integer), nullif("users"."id", $2::integer), greatest("users"."id", $3::integer), least("users"."id", $4::integer), ("users"."id"), abs($5::integer) from "users" where "users"."id" = $6',
    mysql:
      "select coalesce(`users`.`age`, ?), nullif(`users`.`id`, ?), greatest(`users`.`id`, ?), least(`users`.`id`, ?), (`users`.`id`), abs(?) from `users` where `users`.`id` = ?",
    rows: [["7", null, "3", "2", "3", "4"]],
  },
  round: {
    statement: select({
      columns: [as(call("round", [value(1.26, { kind: "real" }), value(1)]))],
      from: undefined,
    }),
    sqlite: "select round(?, ?)",
    postgresql: "select round(cast($1::double precision as numeric), $2::integer)",
    mysql: "select round(?, ?)",
    rows: [["1.3"]],
  },
  now: {
    statement: select({
      columns: [as({ kind: "is-null", operand: call("now", []), negated: true })],
      from: undefined,
    }),
    sqlite: "select cast(round(unixepoch('subsec') * 1000) as integer) is not null",
    postgresql: "select now() is not null",
    mysql: "select now(3) is not null",
    rows: [["1"]],
  },
  casts: {
    statement: select({
      columns: [
        as(call("cast", [value("12", text)], { type: integer })),
        as(call("cast", [user("age")], { type: text })),
      ],
      where: compare(user("id"), "=", value(1, integer)),
    }),
    sqlite: 'select cast(? as integer), cast("users"."age" as text) from "users" where "users"."id" = ?',
    postgresql:
      'select cast($1::text as integer), cast("users"."age" as text) from "users" where "users"."id" = $2',
    mysql: "select cast(? as signed), cast(`users`.`age` as char) from `users` where `users`.`id` = ?",
    rows: [["12", "30"]],
  },
  case: {
    statement: select({
      columns: [
        as({
          kind: "case",
          branches: [{ when: old, result: value("old", text) }],
          otherwise: value("young", text),
          type: text,
        }),
      ],
      orderBy: [order(user("id"))],
    }),
    sqlite: 'select case when "users"."age" > ? then ? else ? end from "users" order by "users"."id"',
    postgresql:
      'select case when "users"."age" > $1 then $2::text else $3::text end from "users" order by "users"."id"',
    mysql: "select case when `users`.`age` > ? then ? else ? end from `users` order by `users`.`id`",
    rows: [["old"], ["young"], ["young"]],
  },
  "row numbers": {
    statement: select({
      columns: [
        as(post("id")),
        as(
          call("row_number", [], {
            over: over({ partitionBy: [post("author_id")], orderBy: [order(post("id"), true)] }),
          }),
        ),
      ],
      from: from(posts),
      orderBy: [order(post("id"))],
    }),
    sqlite:
      'select "posts"."id", row_number() over (partition by "posts"."author_id" order by "posts"."id" desc) from "posts" order by "posts"."id"',
    postgresql:
      'select "posts"."id", row_number() over (partition by "posts"."author_id" order by "posts"."id" desc) from "posts" order by "posts"."id"',
    mysql:
      "select `posts`.`id`, row_number() over (partition by `posts`.`author_id` order by `posts`.`id` desc) from `posts` order by `posts`.`id`",
    rows: [
      ["1", "2"],
      ["2", "1"],
      ["3", "1"],
    ],
  },
  "the row before": {
    statement: select({
      columns: [as(user("id")), as(call("lag", [user("name"), value(1, integer)], { over: over() }))],
      orderBy: [order(user("id"))],
    }),
    sqlite:
      'select "users"."id", lag("users"."name", cast(? as integer)) over (order by "users"."id") from "users" order by "users"."id"',
    postgresql:
      'select "users"."id", lag("users"."name", $1::integer) over (order by "users"."id") from "users" order by "users"."id"',
    mysql:
      "select `users`.`id`, lag(`users`.`name`, ?) over (order by `users`.`id`) from `users` order by `users`.`id`",
    rows: [
      ["1", null],
      ["2", "alice"],
      ["3", "bob"],
    ],
  },
  "the row before, or a default": {
    statement: select({
      columns: [as(call("lag", [user("name"), value(1, integer), value("-", text)], { over: over() }))],
      orderBy: [order(user("id"))],
    }),
    sqlite:
      'select lag("users"."name", cast(? as integer), ?) over (order by "users"."id") from "users" order by "users"."id"',
    postgresql:
      'select lag("users"."name", $1::integer, $2::text) over (order by "users"."id") from "users" order by "users"."id"',
    mysql: "LMP_ORM_UNSUPPORTED",
    rows: [["-"], ["alice"], ["bob"]],
  },
  "frames of rows": {
    statement: select({
      columns: [
        as(framed({ unit: "rows", from: -1, to: 0 })),
        as(framed({ unit: "rows", from: "unbounded", to: 1 })),
      ],
      orderBy: [order(user("id"))],
    }),
    sqlite:
      'select sum("users"."id") over (order by "users"."id" rows between 1 preceding and current row), sum("users"."id") over (order by "users"."id" rows between unbounded preceding and 1 following) from "users" order by "users"."id"',
    postgresql:
      'select sum("users"."id") over (order by "users"."id" rows between 1 preceding and current row), sum("users"."id") over (order by "users"."id" rows between unbounded preceding and 1 following) from "users" order by "users"."id"',
    mysql:
      "select sum(`users`.`id`) over (order by `users`.`id` rows between 1 preceding and current row), sum(`users`.`id`) over (order by `users`.`id` rows between unbounded preceding and 1 following) from `users` order by `users`.`id`",
    rows: [
      ["1", "3"],
      ["3", "6"],
      ["5", "6"],
    ],
  },
  "frames of groups": {
    statement: select({
      columns: [as(framed({ unit: "groups", from: 0, to: "unbounded" }))],
      orderBy: [order(user("id"))],
    }),
    sqlite:
      'select sum("users"."id") over (order by "users"."id" groups between current row and unbounded following) from "users" order by "users"."id"',
    postgresql:
      'select sum("users"."id") over (order by "users"."id" groups between current row and unbounded following) from "users" order by "users"."id"',
    mysql: "LMP_ORM_UNSUPPORTED",
    rows: [["6"], ["5"], ["3"]],
  },
  "half a row": {
    statement: select({ columns: [as(framed({ unit: "rows", from: -0.5, to: 0 }))] }),
    sqlite: "LMP_ORM_QUERY_INVALID",
    postgresql: "LMP_ORM_QUERY_INVALID",
    mysql: "LMP_ORM_QUERY_INVALID",
  },
});
