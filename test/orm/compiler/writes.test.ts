/** Insert with upsert, update, delete, and what they return. */
import type { ConflictNode, DeleteNode, UpdateNode } from "../../../src/orm/query/nodes.ts";
import { statements } from "./statements.ts";
import {
  and,
  as,
  calculate,
  call,
  compare,
  definition,
  insert,
  integer,
  raw,
  select,
  text,
  user,
  users,
  value,
} from "./tables.ts";

const id = definition(users, "id");
const name = definition(users, "name");
const eve = [value(9, integer), value("eve", text)];
const again = [value(1, integer), value("eve", text)];

function onConflict(more: Partial<ConflictNode> = {}): { conflict: ConflictNode } {
  return { conflict: { columns: [id], action: "nothing", where: undefined, ...more } };
}

const rename = [
  { column: name, value: calculate({ kind: "excluded", column: name }, "||", user("name")) },
] as const;
const returning = [as(user("id")), as(user("name"), "who")];

function update(more: Partial<UpdateNode> = {}): UpdateNode {
  return {
    kind: "update",
    table: users,
    assignments: [
      { column: name, value: value("eve", text) },
      { column: definition(users, "age"), value: calculate(user("age"), "+", value(1, integer)) },
    ],
    where: compare(user("id"), "=", value(1, integer)),
    returning: [],
    ...more,
  };
}

function remove(more: Partial<DeleteNode> = {}): DeleteNode {
  return {
    kind: "delete",
    table: users,
    where: compare(user("id"), "=", value(2, integer)),
    returning: [],
    ...more,
  };
}

const unsupported = "LMP_ORM_UNSUPPORTED";
const invalid = "LMP_ORM_QUERY_INVALID";

statements({
  "a row": {
    statement: insert(["id", "name"], [eve]),
    sqlite: 'insert into "users" ("id", "name") values (?, ?)',
    postgresql: 'insert into "users" ("id", "name") values ($1, $2)',
    mysql: "insert into `users` (`id`, `name`) values (?, ?)",
    rows: [],
  },
  "rows, returned": {
    statement: insert(["id", "name"], [eve, [value(8, integer), value(null, text)]], { returning }),
    sqlite:
      'insert into "users" ("id", "name") values (?, ?), (?, ?) returning "users"."id", "users"."name" as "who"',
    postgresql:
      'insert into "users" ("id", "name") values ($1, $2), ($3, $4) returning "users"."id", "users"."name" as "who"',
    mysql:
      "insert into `users` (`id`, `name`) values (?, ?), (?, ?) returning `users`.`id`, `users`.`name` as `who`",
    rows: [
      ["9", "eve"],
      ["8", null],
    ],
  },
  "an expression": {
    statement: insert(["id", "name"], [[value(9, integer), call("lower", [value("EVE", text)])]], {
      returning,
    }),
    sqlite:
      'insert into "users" ("id", "name") values (?, lower(?)) returning "users"."id", "users"."name" as "who"',
    postgresql:
      'insert into "users" ("id", "name") values ($1, lower($2::text)) returning "users"."id", "users"."name" as "who"',
    mysql:
      "insert into `users` (`id`, `name`) values (?, lower(?)) returning `users`.`id`, `users`.`name` as `who`",
    rows: [["9", "eve"]],
  },
  "a default": {
    statement: insert(["id", "name"], [eve, [undefined, value("x", text)]]),
    sqlite: "LMP_ORM_UNSUPPORTED",
    postgresql: 'insert into "users" ("id", "name") values ($1, $2), (default, $3)',
    mysql: "insert into `users` (`id`, `name`) values (?, ?), (default, ?)",
  },
  "a row of defaults": {
    statement: insert([], [[]], { returning: [as(user("name"))] }),
    sqlite: 'insert into "users" default values returning "users"."name"',
    postgresql: 'insert into "users" default values returning "users"."name"',
    mysql: "insert into `users` () values () returning `users`.`name`",
    rows: [[null]],
  },
  "rows of defaults": {
    statement: insert([], [[], []]),
    sqlite: "LMP_ORM_UNSUPPORTED",
    postgresql: 'insert into "users" ("id") values (default), (default)',
    mysql: "insert into `users` () values (), ()",
  },
  "the rows of a query": {
    statement: insert(["name"], select({ columns: [as(user("name"))] })),
    sqlite: 'insert into "users" ("name") select "users"."name" from "users"',
    postgresql: 'insert into "users" ("name") select "users"."name" from "users"',
    mysql: "insert into `users` (`name`) select `users`.`name` from `users`",
  },
  "no rows": { statement: insert(["id"], []), sqlite: invalid, postgresql: invalid, mysql: invalid },
  "a row that is too short": {
    statement: insert(["id", "name"], [[value(1, integer)]]),
    sqlite: invalid,
    postgresql: invalid,
    mysql: invalid,
  },
  "on conflict, nothing": {
    statement: insert(["id", "name"], [again], { ...onConflict() }),
    sqlite: 'insert into "users" ("id", "name") values (?, ?) on conflict ("id") do nothing',
    postgresql: 'insert into "users" ("id", "name") values ($1, $2) on conflict ("id") do nothing',
    mysql:
      "insert into `users` (`id`, `name`) values (?, ?) on duplicate key update `users`.`id` = `users`.`id`",
    rows: [],
  },
  "on any conflict, nothing": {
    statement: insert(["id", "name"], [again], onConflict({ columns: [] })),
    sqlite: 'insert into "users" ("id", "name") values (?, ?) on conflict do nothing',
    postgresql: 'insert into "users" ("id", "name") values ($1, $2) on conflict do nothing',
    mysql:
      "insert into `users` (`id`, `name`) values (?, ?) on duplicate key update `users`.`id` = `users`.`id`",
    rows: [],
  },
  "on conflict, an update": {
    statement: insert(["id", "name"], [again, eve], { ...onConflict({ action: rename }), returning }),
    sqlite:
      'insert into "users" ("id", "name") values (?, ?), (?, ?) on conflict ("id") do update set "name" = excluded."name" || "users"."name" returning "users"."id", "users"."name" as "who"',
    postgresql:
      'insert into "users" ("id", "name") values ($1, $2), ($3, $4) on conflict ("id") do update set "name" = excluded."name" || "users"."name" returning "users"."id", "users"."name" as "who"',
    mysql:
      "insert into `users` (`id`, `name`) values (?, ?), (?, ?) on duplicate key update `name` = concat(values(`name`), `users`.`name`) returning `users`.`id`, `users`.`name` as `who`",
    rows: [
      ["1", "evealice"],
      ["9", "eve"],
    ],
  },
  "on conflict, an update of some": {
    statement: insert(["id", "name"], [again], {
      ...onConflict({ action: rename, where: compare(user("name"), "<>", value("alice", text)) }),
      returning,
    }),
    sqlite:
      'insert into "users" ("id", "name") values (?, ?) on conflict ("id") do update set "name" = excluded."name" || "users"."name" where "users"."name" <> ? returning "users"."id", "users"."name" as "who"',
    postgresql:
      'insert into "users" ("id", "name") values ($1, $2) on conflict ("id") do update set "name" = excluded."name" || "users"."name" where "users"."name" <> $3 returning "users"."id", "users"."name" as "who"',
    mysql: "LMP_ORM_UNSUPPORTED",
    rows: [],
  },
  "on any conflict, an update": {
    statement: insert(["id", "name"], [again], onConflict({ columns: [], action: rename })),
    sqlite: invalid,
    postgresql: invalid,
    mysql:
      "insert into `users` (`id`, `name`) values (?, ?) on duplicate key update `name` = concat(values(`name`), `users`.`name`)",
  },
  "a query, on conflict": {
    statement: insert(
      ["id", "name"],
      select({ columns: [as(user("id")), as(user("name"))] }),
      onConflict({ action: [{ column: name, value: { kind: "excluded", column: name } }] }),
    ),
    sqlite:
      'insert into "users" ("id", "name") select * from (select "users"."id", "users"."name" from "users") where true on conflict ("id") do update set "name" = excluded."name"',
    postgresql:
      'insert into "users" ("id", "name") select "users"."id", "users"."name" from "users" on conflict ("id") do update set "name" = excluded."name"',
    mysql:
      "insert into `users` (`id`, `name`) select `users`.`id`, `users`.`name` from `users` on duplicate key update `name` = values(`name`)",
  },
  update: {
    statement: update(),
    sqlite:
      'update "users" set "name" = ?, "age" = "users"."age" + cast(? as integer) where "users"."id" = ?',
    postgresql: 'update "users" set "name" = $1, "age" = "users"."age" + $2 where "users"."id" = $3',
    mysql: "update `users` set `name` = ?, `age` = `users`.`age` + ? where `users`.`id` = ?",
    rows: [],
  },
  "an update of every row": {
    statement: update({ where: undefined }),
    sqlite: 'update "users" set "name" = ?, "age" = "users"."age" + cast(? as integer)',
    postgresql: 'update "users" set "name" = $1, "age" = "users"."age" + $2',
    mysql: "update `users` set `name` = ?, `age` = `users`.`age` + ?",
    rows: [],
  },
  "an update by hand": {
    statement: update({ assignments: [{ column: name, value: raw(["upper(", ")"], user("name")) }] }),
    sqlite: 'update "users" set "name" = upper("users"."name") where "users"."id" = ?',
    postgresql: 'update "users" set "name" = upper("users"."name") where "users"."id" = $1',
    mysql: "update `users` set `name` = upper(`users`.`name`) where `users`.`id` = ?",
  },
  "an update, returned": {
    statement: update({ returning: [as(user("name")), as(user("age"))] }),
    sqlite:
      'update "users" set "name" = ?, "age" = "users"."age" + cast(? as integer) where "users"."id" = ? returning "users"."name", "users"."age"',
    postgresql:
      'update "users" set "name" = $1, "age" = "users"."age" + $2 where "users"."id" = $3 returning "users"."name", "users"."age"',
    mysql: unsupported,
    rows: [["eve", "31"]],
  },
  "an update of nothing": {
    statement: update({ assignments: [] }),
    sqlite: invalid,
    postgresql: invalid,
    mysql: invalid,
  },
  delete: {
    statement: remove(),
    sqlite: 'delete from "users" where "users"."id" = ?',
    postgresql: 'delete from "users" where "users"."id" = $1',
    mysql: "delete from `users` where `users`.`id` = ?",
    rows: [],
  },
  "delete, returned": {
    statement: remove({ returning }),
    sqlite: 'delete from "users" where "users"."id" = ? returning "users"."id", "users"."name" as "who"',
    postgresql: 'delete from "users" where "users"."id" = $1 returning "users"."id", "users"."name" as "who"',
    mysql: "delete from `users` where `users`.`id` = ? returning `users`.`id`, `users`.`name` as `who`",
    rows: [["2", "bob"]],
  },
  "delete everything": {
    statement: remove({ where: and() }),
    sqlite: 'delete from "users" where 1 = 1',
    postgresql: 'delete from "users" where 1 = 1',
    mysql: "delete from `users` where 1 = 1",
    rows: [],
  },
});
