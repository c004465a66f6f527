/** Selects: columns, sources, joins, order, limits, locks. */
import type { SelectNode } from "../../../src/orm/query/nodes.ts";
import { statements } from "./statements.ts";
import {
  as,
  call,
  column,
  compare,
  from,
  integer,
  order,
  post,
  posts,
  select,
  user,
  users,
  value,
} from "./tables.ts";

const authored = compare(post("author_id"), "=", user("id"));

function joined(type: SelectNode["joins"][number]["type"], more: Partial<SelectNode> = {}): SelectNode {
  const on = type === "cross" ? undefined : authored;
  return select({
    columns: [as(user("name")), as(post("title"))],
    joins: [{ type, source: from(posts), on, lateral: false }],
    orderBy: [order(user("id")), order(post("id"))],
    ...more,
  });
}

statements({
  "columns and names": {
    statement: select({ columns: [as(user("id")), as(user("name"), "who")], orderBy: [order(user("id"))] }),
    sqlite: 'select "users"."id", "users"."name" as "who" from "users" order by "users"."id"',
    postgresql: 'select "users"."id", "users"."name" as "who" from "users" order by "users"."id"',
    mysql: "select `users`.`id`, `users`.`name` as `who` from `users` order by `users`.`id`",
    rows: [
      ["1", "alice"],
      ["2", "bob"],
      ["3", "Carol"],
    ],
  },
  "a value without a source": {
    statement: select({ columns: [as(value(5, integer), "five")], from: undefined }),
    sqlite: 'select cast(? as integer) as "five"',
    postgresql: 'select $1::integer as "five"',
    mysql: "select ? as `five`",
    rows: [["5"]],
  },
  "by key, limited": {
    statement: select({ where: compare(user("id"), "=", value(2, integer)), limit: value(1, integer) }),
    sqlite: 'select "users"."id" from "users" where "users"."id" = ? limit ?',
    postgresql: 'select "users"."id" from "users" where "users"."id" = $1 limit $2',
    mysql: "select `users`.`id` from `users` where `users`.`id` = ? limit ?",
    rows: [["2"]],
  },
  "limit and offset": {
    statement: select({ orderBy: [order(user("id"))], limit: value(1, integer), offset: value(1, integer) }),
    sqlite: 'select "users"."id" from "users" order by "users"."id" limit ? offset ?',
    postgresql: 'select "users"."id" from "users" order by "users"."id" limit $1 offset $2',
    mysql: "select `users`.`id` from `users` order by `users`.`id` limit ? offset ?",
    rows: [["2"]],
  },
  "an offset without a limit": {
    statement: select({ orderBy: [order(user("id"))], offset: value(1, integer) }),
    sqlite: 'select "users"."id" from "users" order by "users"."id" limit -1 offset ?',
    postgresql: 'select "users"."id" from "users" order by "users"."id" offset $1',
    mysql: "select `users`.`id` from `users` order by `users`.`id` limit 18446744073709551615 offset ?",
    rows: [["2"], ["3"]],
  },
  "descending, nulls first": {
    statement: select({ orderBy: [order(user("age"), true, "first"), order(user("id"))] }),
    sqlite: 'select "users"."id" from "users" order by "users"."age" desc nulls first, "users"."id"',
    postgresql: 'select "users"."id" from "users" order by "users"."age" desc nulls first, "users"."id"',
    mysql:
      "select `users`.`id` from `users` order by `users`.`age` is not null, `users`.`age` desc, `users`.`id`",
    rows: [["3"], ["1"], ["2"]],
  },
  "ascending, nulls last": {
    statement: select({ orderBy: [order(user("age"), false, "last")] }),
    sqlite: 'select "users"."id" from "users" order by "users"."age" nulls last',
    postgresql: 'select "users"."id" from "users" order by "users"."age" nulls last',
    mysql: "select `users`.`id` from `users` order by `users`.`age` is null, `users`.`age`",
    rows: [["2"], ["1"], ["3"]],
  },
  "nulls where every database has them": {
    statement: select({ orderBy: [order(user("age"), false, "first")] }),
    sqlite: 'select "users"."id" from "users" order by "users"."age" nulls first',
    postgresql: 'select "users"."id" from "users" order by "users"."age" nulls first',
    mysql: "select `users`.`id` from `users` order by `users`.`age`",
    rows: [["3"], ["2"], ["1"]],
  },
  "decimals in the order of numbers": {
    statement: select({ orderBy: [order(user("balance"))] }),
    sqlite: 'select "users"."id" from "users" order by cast("users"."balance" as real)',
    postgresql: 'select "users"."id" from "users" order by "users"."balance"',
    mysql: "select `users`.`id` from `users` order by `users`.`balance`",
    rows: [["2"], ["1"], ["3"]],
  },
  distinct: {
    statement: select({
      columns: [as(post("author_id"))],
      from: from(posts),
      distinct: true,
      orderBy: [order(post("author_id"))],
    }),
    sqlite: 'select distinct "posts"."author_id" from "posts" order by "posts"."author_id"',
    postgresql: 'select distinct "posts"."author_id" from "posts" order by "posts"."author_id"',
    mysql: "select distinct `posts`.`author_id` from `posts` order by `posts`.`author_id`",
    rows: [["1"], ["2"]],
  },
  "distinct on": {
    statement: select({
      columns: [as(post("id"))],
      from: from(posts),
      distinctOn: [post("author_id")],
      orderBy: [order(post("author_id")), order(post("id"), true)],
    }),
    sqlite: "LMP_ORM_UNSUPPORTED",
    postgresql:
      'select distinct on ("posts"."author_id") "posts"."id" from "posts" order by "posts"."author_id", "posts"."id" desc',
    mysql: "LMP_ORM_UNSUPPORTED",
    rows: [["2"], ["3"]],
  },
  "inner join": {
    statement: joined("inner"),
    sqlite:
      'select "users"."name", "posts"."title" from "users" inner join "posts" on "posts"."author_id" = "users"."id" order by "users"."id", "posts"."id"',
    postgresql:
      'select "users"."name", "posts"."title" from "users" inner join "posts" on "posts"."author_id" = "users"."id" order by "users"."id", "posts"."id"',
    mysql:
      "select `users`.`name`, `posts`.`title` from `users` inner join `posts` on `posts`.`author_id` = `users`.`id` order by `users`.`id`, `posts`.`id`",
    rows: [
      ["alice", "First"],
      ["alice", "Second"],
      ["bob", "50% off"],
    ],
  },
  "left join": {
    statement: joined("left"),
    sqlite:
      'select "users"."name", "posts"."title" from "users" left join "posts" on "posts"."author_id" = "users"."id" order by "users"."id", "posts"."id"',
    postgresql:
      'select "users"."name", "posts"."title" from "users" left join "posts" on "posts"."author_id" = "users"."id" order by "users"."id", "posts"."id"',
    mysql:
      "select `users`.`name`, `posts`.`title` from `users` left join `posts` on `posts`.`author_id` = `users`.`id` order by `users`.`id`, `posts`.`id`",
    rows: [
      ["alice", "First"],
      ["alice", "Second"],
      ["bob", "50% off"],
      ["Carol", null],
    ],
  },
  "right join": {
    statement: joined("right"),
    sqlite:
      'select "users"."name", "posts"."title" from "users" right join "posts" on "posts"."author_id" = "users"."id" order by "users"."id", "posts"."id"',
    postgresql:
      'select "users"."name", "posts"."title" from "users" right join "posts" on "posts"."author_id" = "users"."id" order by "users"."id", "posts"."id"',
    mysql:
      "select `users`.`name`, `posts`.`title` from `users` right join `posts` on `posts`.`author_id` = `users`.`id` order by `users`.`id`, `posts`.`id`",
    rows: [
      ["alice", "First"],
      ["alice", "Second"],
      ["bob", "50% off"],
    ],
  },
  "full join": {
    statement: joined("full"),
    sqlite:
      'select "users"."name", "posts"."title" from "users" full join "posts" on "posts"."author_id" = "users"."id" order by "users"."id", "posts"."id"',
    postgresql:
      'select "users"."name", "posts"."title" from "users" full join "posts" on "posts"."author_id" = "users"."id" order by "users"."id", "posts"."id"',
    mysql: "LMP_ORM_UNSUPPORTED",
    rows: [
      ["alice", "First"],
      ["alice", "Second"],
      ["bob", "50% off"],
      ["Carol", null],
    ],
  },
  "cross join": {
    statement: joined("cross", { columns: [as(call("count", []), "n")], orderBy: [] }),
    sqlite: 'select count(*) as "n" from "users" cross join "posts"',
    postgresql: 'select count(*) as "n" from "users" cross join "posts"',
    mysql: "select count(*) as `n` from `users` cross join `posts`",
    rows: [["9"]],
  },
  "a cross join with a condition": {
    statement: joined("inner", {
      joins: [{ type: "cross", source: from(posts), on: authored, lateral: false }],
    }),
    sqlite: "LMP_ORM_QUERY_INVALID",
    postgresql: "LMP_ORM_QUERY_INVALID",
    mysql: "LMP_ORM_QUERY_INVALID",
  },
  "a table beside itself": {
    statement: select({
      columns: [as(column(users, "id", "a")), as(column(users, "id", "b"))],
      from: from(users, "a"),
      joins: [
        {
          type: "inner",
          source: from(users, "b"),
          on: compare(column(users, "id", "a"), "<", column(users, "id", "b")),
          lateral: false,
        },
      ],
      orderBy: [order(column(users, "id", "a")), order(column(users, "id", "b"))],
    }),
    sqlite:
      'select "a"."id", "b"."id" from "users" as "a" inner join "users" as "b" on "a"."id" < "b"."id" order by "a"."id", "b"."id"',
    postgresql:
      'select "a"."id", "b"."id" from "users" as "a" inner join "users" as "b" on "a"."id" < "b"."id" order by "a"."id", "b"."id"',
    mysql:
      "select `a`.`id`, `b`.`id` from `users` as `a` inner join `users` as `b` on `a`.`id` < `b`.`id` order by `a`.`id`, `b`.`id`",
    rows: [
      ["1", "2"],
      ["1", "3"],
      ["2", "3"],
    ],
  },
  "for update": {
    statement: select({ lock: { strength: "update", wait: "wait" } }),
    sqlite: "LMP_ORM_UNSUPPORTED",
    postgresql: 'select "users"."id" from "users" for update',
    mysql: "select `users`.`id` from `users` for update",
  },
  "for update skip locked": {
    statement: select({ lock: { strength: "update", wait: "skip locked" } }),
    sqlite: "LMP_ORM_UNSUPPORTED",
    postgresql: 'select "users"."id" from "users" for update skip locked',
    mysql: "select `users`.`id` from `users` for update skip locked",
  },
  "for share nowait": {
    statement: select({ lock: { strength: "share", wait: "nowait" } }),
    sqlite: "LMP_ORM_UNSUPPORTED",
    postgresql: 'select "users"."id" from "users" for share nowait',
    mysql: "select `users`.`id` from `users` lock in share mode nowait",
  },
  "no columns": {
    statement: select({ columns: [] }),
    sqlite: "LMP_ORM_QUERY_INVALID",
    postgresql: "LMP_ORM_QUERY_INVALID",
    mysql: "LMP_ORM_QUERY_INVALID",
  },
});
