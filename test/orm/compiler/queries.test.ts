/** Queries in queries: sub-queries and common table expressions. */
import type { DerivedNode, ExpressionNode, QueryNode } from "../../../src/orm/query/nodes.ts";
import { statements } from "./statements.ts";
import {
  and,
  as,
  calculate,
  call,
  compare,
  from,
  insert,
  integer,
  order,
  post,
  posts,
  select,
  text,
  user,
  users,
  value,
  within,
} from "./tables.ts";

const authors = select({ columns: [as(post("author_id"))], from: from(posts) });

function derived(alias: string, name: string): ExpressionNode {
  return { kind: "derived-column", alias, name, type: integer };
}

function source(
  alias: string,
  query: QueryNode,
  columns: readonly string[],
  more: Partial<DerivedNode> = {},
): DerivedNode {
  return { kind: "derived", alias, query, columns, common: false, recursion: undefined, ...more };
}

const busy = source("busy", select({ ...authors, distinct: true }), ["author"], { common: true });
const old = source("old", select({ from: busy, columns: [as(derived("busy", "author"))] }), ["id"], {
  common: true,
});
const counting = source("counting", select({ columns: [as(value(1, integer))], from: undefined }), ["n"], {
  common: true,
  recursion: {
    all: true,
    query: select({
      columns: [as(calculate(derived("counting", "n"), "+", value(1, integer)))],
      from: { kind: "common-reference", alias: "counting" },
      where: compare(derived("counting", "n"), "<", value(4, integer)),
    }),
  },
});

statements({
  "in a query": {
    statement: select({ where: within(user("id"), authors), orderBy: [order(user("id"))] }),
    sqlite:
      'select "users"."id" from "users" where "users"."id" in (select "posts"."author_id" from "posts") order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where "users"."id" in (select "posts"."author_id" from "posts") order by "users"."id"',
    mysql:
      "select `users`.`id` from `users` where `users`.`id` in (select `posts`.`author_id` from `posts`) order by `users`.`id`",
    rows: [["1"], ["2"]],
  },
  exists: {
    statement: select({
      where: {
        kind: "exists",
        negated: true,
        query: { ...authors, where: compare(post("author_id"), "=", user("id")) },
      },
    }),
    sqlite:
      'select "users"."id" from "users" where not exists (select "posts"."author_id" from "posts" where "posts"."author_id" = "users"."id")',
    postgresql:
      'select "users"."id" from "users" where not exists (select "posts"."author_id" from "posts" where "posts"."author_id" = "users"."id")',
    mysql:
      "select `users`.`id` from `users` where not exists (select `posts`.`author_id` from `posts` where `posts`.`author_id` = `users`.`id`)",
    rows: [["3"]],
  },
  "a query as a value": {
    statement: select({
      columns: [
        as(
          {
            kind: "scalar",
            type: integer,
            query: {
              ...authors,
              columns: [as(call("count", []))],
              where: compare(post("author_id"), "=", user("id")),
            },
          },
          "posts",
        ),
      ],
      orderBy: [order(user("id"))],
    }),
    sqlite:
      'select (select count(*) from "posts" where "posts"."author_id" = "users"."id") as "posts" from "users" order by "users"."id"',
    postgresql:
      'select (select count(*) from "posts" where "posts"."author_id" = "users"."id") as "posts" from "users" order by "users"."id"',
    mysql:
      "select (select count(*) from `posts` where `posts`.`author_id` = `users`.`id`) as `posts` from `users` order by `users`.`id`",
    rows: [["2"], ["1"], ["0"]],
  },
  "a query as a source": {
    statement: select({
      columns: [as(derived("x", "author"))],
      from: source("x", { ...authors, distinct: true }, ["author"]),
      orderBy: [order(derived("x", "author"), true)],
    }),
    sqlite:
      'select "x"."author" from (select distinct "posts"."author_id" as "author" from "posts") as "x" order by "x"."author" desc',
    postgresql:
      'select "x"."author" from (select distinct "posts"."author_id" as "author" from "posts") as "x" order by "x"."author" desc',
    mysql:
      "select `x`.`author` from (select distinct `posts`.`author_id` as `author` from `posts`) as `x` order by `x`.`author` desc",
    rows: [["2"], ["1"]],
  },
  "a lateral join": {
    statement: select({
      columns: [as(user("id")), as(derived("last", "post"))],
      joins: [
        {
          type: "left",
          lateral: true,
          on: undefined,
          source: source(
            "last",
            select({
              columns: [as(post("id"))],
              from: from(posts),
              where: compare(post("author_id"), "=", user("id")),
              orderBy: [order(post("id"), true)],
              limit: value(1, integer),
            }),
            ["post"],
          ),
        },
      ],
      orderBy: [order(user("id"))],
    }),
    sqlite: "LMP_ORM_UNSUPPORTED",
    postgresql:
      'select "users"."id", "last"."post" from "users" left join lateral (select "posts"."id" as "post" from "posts" where "posts"."author_id" = "users"."id" order by "posts"."id" desc limit $1) as "last" on true order by "users"."id"',
    mysql: "LMP_ORM_UNSUPPORTED",
    rows: [
      ["1", "2"],
      ["2", "3"],
      ["3", null],
    ],
  },
  "a common table expression, twice": {
    statement: select({
      columns: [as(derived("busy", "author"))],
      from: busy,
      where: within(
        derived("busy", "author"),
        select({ columns: [as(derived("busy", "author"))], from: busy }),
      ),
      orderBy: [order(derived("busy", "author"))],
    }),
    sqlite:
      'with "busy" ("author") as (select distinct "posts"."author_id" from "posts") select "busy"."author" from "busy" where "busy"."author" in (select "busy"."author" from "busy") order by "busy"."author"',
    postgresql:
      'with "busy" ("author") as (select distinct "posts"."author_id" from "posts") select "busy"."author" from "busy" where "busy"."author" in (select "busy"."author" from "busy") order by "busy"."author"',
    mysql:
      "with `busy` (`author`) as (select distinct `posts`.`author_id` from `posts`) select `busy`.`author` from `busy` where `busy`.`author` in (select `busy`.`author` from `busy`) order by `busy`.`author`",
    rows: [["1"], ["2"]],
  },
  "one made of another": {
    statement: select({
      joins: [
        { type: "inner", source: old, on: compare(derived("old", "id"), "=", user("id")), lateral: false },
      ],
      where: compare(user("id"), ">", value(1, integer)),
    }),
    sqlite:
      'with "busy" ("author") as (select distinct "posts"."author_id" from "posts"), "old" ("id") as (select "busy"."author" from "busy") select "users"."id" from "users" inner join "old" on "old"."id" = "users"."id" where "users"."id" > ?',
    postgresql:
      'with "busy" ("author") as (select distinct "posts"."author_id" from "posts"), "old" ("id") as (select "busy"."author" from "busy") select "users"."id" from "users" inner join "old" on "old"."id" = "users"."id" where "users"."id" > $1',
    mysql:
      "with `busy` (`author`) as (select distinct `posts`.`author_id` from `posts`), `old` (`id`) as (select `busy`.`author` from `busy`) select `users`.`id` from `users` inner join `old` on `old`.`id` = `users`.`id` where `users`.`id` > ?",
    rows: [["2"]],
  },
  recursive: {
    statement: select({
      columns: [as(derived("counting", "n"))],
      from: counting,
      orderBy: [order(derived("counting", "n"))],
    }),
    sqlite:
      'with recursive "counting" ("n") as (select cast(? as integer) union all select "counting"."n" + cast(? as integer) from "counting" where "counting"."n" < ?) select "counting"."n" from "counting" order by "counting"."n"',
    postgresql:
      'with recursive "counting" ("n") as (select $1::integer union all select "counting"."n" + $2 from "counting" where "counting"."n" < $3) select "counting"."n" from "counting" order by "counting"."n"',
    mysql:
      "with recursive `counting` (`n`) as (select ? union all select `counting`.`n` + ? from `counting` where `counting`.`n` < ?) select `counting`.`n` from `counting` order by `counting`.`n`",
    rows: [["1"], ["2"], ["3"], ["4"]],
  },
  "two of one name": {
    statement: select({
      from: busy,
      columns: [as(derived("busy", "author"))],
      where: within(
        derived("busy", "author"),
        select({ columns: [as(derived("busy", "author"))], from: { ...busy } }),
      ),
    }),
    sqlite: "LMP_ORM_QUERY_INVALID",
    postgresql: "LMP_ORM_QUERY_INVALID",
    mysql: "LMP_ORM_QUERY_INVALID",
  },
  "in an insert": {
    statement: insert(["age"], select({ columns: [as(derived("busy", "author"))], from: busy })),
    sqlite:
      'with "busy" ("author") as (select distinct "posts"."author_id" from "posts") insert into "users" ("age") select "busy"."author" from "busy"',
    postgresql:
      'with "busy" ("author") as (select distinct "posts"."author_id" from "posts") insert into "users" ("age") select "busy"."author" from "busy"',
    mysql:
      "insert into `users` (`age`) with `busy` (`author`) as (select distinct `posts`.`author_id` from `posts`) select `busy`.`author` from `busy`",
  },
  "in an update": {
    statement: {
      kind: "update",
      table: users,
      assignments: [{ column: user("name").column, value: value("x", text) }],
      where: and(
        within(user("id"), select({ columns: [as(derived("busy", "author"))], from: busy })),
        compare(user("id"), "=", value(1, integer)),
      ),
      returning: [],
    },
    sqlite:
      'with "busy" ("author") as (select distinct "posts"."author_id" from "posts") update "users" set "name" = ? where "users"."id" in (select "busy"."author" from "busy") and "users"."id" = ?',
    postgresql:
      'with "busy" ("author") as (select distinct "posts"."author_id" from "posts") update "users" set "name" = $1 where "users"."id" in (select "busy"."author" from "busy") and "users"."id" = $2',
    mysql:
      "update `users` set `name` = ? where `users`.`id` in (with `busy` (`author`) as (select distinct `posts`.`author_id` from `posts`) select `busy`.`author` from `busy`) and `users`.`id` = ?",
  },
});
