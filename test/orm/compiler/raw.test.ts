/** SQL by hand: its texts as they are, its parts written and bound. */
import { statements } from "./statements.ts";
import {
  and,
  as,
  calculate,
  compare,
  from,
  integer,
  order,
  raw,
  select,
  text,
  user,
  users,
  value,
} from "./tables.ts";

const one = value(1, integer);

statements({
  "a condition": {
    statement: select({ where: raw(["", " = ", ""], user("name"), value("alice", text)) }),
    sqlite: 'select "users"."id" from "users" where "users"."name" = ?',
    postgresql: 'select "users"."id" from "users" where "users"."name" = $1::text',
    mysql: "select `users`.`id` from `users` where `users`.`name` = ?",
    rows: [["1"]],
  },
  "among others": {
    statement: select({ where: and(raw(["1 = 1 or 1 = 1"]), compare(user("id"), "=", one)) }),
    sqlite: 'select "users"."id" from "users" where (1 = 1 or 1 = 1) and "users"."id" = ?',
    postgresql: 'select "users"."id" from "users" where (1 = 1 or 1 = 1) and "users"."id" = $1',
    mysql: "select `users`.`id` from `users` where (1 = 1 or 1 = 1) and `users`.`id` = ?",
    rows: [["1"]],
  },
  "an operand": {
    statement: select({ columns: [as(calculate(raw(["1 + 1"]), "*", value(2, integer)))], from: undefined }),
    sqlite: "select (1 + 1) * cast(? as integer)",
    postgresql: "select (1 + 1) * $1::integer",
    mysql: "select (1 + 1) * ?",
    rows: [["4"]],
  },
  "an expression in it": {
    statement: select({
      columns: [as(raw(["2 * ", ""], calculate(user("id"), "+", one)))],
      orderBy: [order(raw(["", " desc"], user("id")))],
    }),
    sqlite: 'select 2 * ("users"."id" + cast(? as integer)) from "users" order by "users"."id" desc',
    postgresql: 'select 2 * ("users"."id" + $1) from "users" order by "users"."id" desc',
    mysql: "select 2 * (`users`.`id` + ?) from `users` order by `users`.`id` desc",
    rows: [["8"], ["6"], ["4"]],
  },
  "pieces in pieces": {
    statement: select({
      where: raw(["", " or false"], raw(["", " in (", ")"], user("id"), raw(["1, 2"]))),
      orderBy: [order(user("id"))],
    }),
    sqlite: 'select "users"."id" from "users" where "users"."id" in (1, 2) or false order by "users"."id"',
    postgresql:
      'select "users"."id" from "users" where "users"."id" in (1, 2) or false order by "users"."id"',
    mysql: "select `users`.`id` from `users` where `users`.`id` in (1, 2) or false order by `users`.`id`",
    rows: [["1"], ["2"]],
  },
  "a statement": {
    statement: {
      kind: "raw-statement",
      raw: raw(
        ["select ", " from ", " where ", " = ", ""],
        { kind: "identifier", path: ["u", "name"] },
        from(users, "u"),
        { kind: "identifier", path: ["u", "id"] },
        one,
      ),
    },
    sqlite: 'select "u"."name" from "users" as "u" where "u"."id" = cast(? as integer)',
    postgresql: 'select "u"."name" from "users" as "u" where "u"."id" = $1::integer',
    mysql: "select `u`.`name` from `users` as `u` where `u`.`id` = ?",
    rows: [["alice"]],
  },
});
