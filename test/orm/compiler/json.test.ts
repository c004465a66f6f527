/** Paths into JSON: every step is a value. */
import type { ColumnType } from "../../../src/orm/model/column-type.ts";
import type { JsonPathNode } from "../../../src/orm/query/nodes.ts";
import { statements } from "./statements.ts";
import { as, calculate, call, compare, integer, order, select, text, user, value } from "./tables.ts";

function at(path: readonly (string | number)[], type?: ColumnType): JsonPathNode {
  return { kind: "json-path", operand: user("data"), path: value(path), type };
}

const city = at(["city"]);
const first = compare(user("id"), "=", value(1, integer));

statements({
  text: {
    statement: select({ columns: [as(city, "city")], orderBy: [order(user("id"))] }),
    sqlite: `select case json_type("users"."data", ?) when 'true' then 'true' when 'false' then 'false' else cast("users"."data" ->> ? as text) end as "city" from "users" order by "users"."id"`,
    postgresql: 'select "users"."data" #>> $1::text[] as "city" from "users" order by "users"."id"',
    mysql:
      "select case json_type(json_extract(`users`.`data`, ?)) when 'NULL' then null else json_unquote(json_extract(`users`.`data`, ?)) end as `city` from `users` order by `users`.`id`",
    rows: [["Oslo"], ["Rome"], [null]],
  },
  "a position": {
    statement: select({ columns: [as(at(["tags", 1]))], where: first }),
    sqlite: `select case json_type("users"."data", ?) when 'true' then 'true' when 'false' then 'false' else cast("users"."data" ->> ? as text) end from "users" where "users"."id" = ?`,
    postgresql: 'select "users"."data" #>> $1::text[] from "users" where "users"."id" = $2',
    mysql:
      "select case json_type(json_extract(`users`.`data`, ?)) when 'NULL' then null else json_unquote(json_extract(`users`.`data`, ?)) end from `users` where `users`.`id` = ?",
    rows: [["b"]],
  },
  "a number is compared as one": {
    statement: select({ where: compare(at(["n"], integer), ">", value(9, integer)) }),
    sqlite: 'select "users"."id" from "users" where cast("users"."data" ->> ? as integer) > ?',
    postgresql:
      'select "users"."id" from "users" where ("users"."data" #>> $1::text[])::integer > $2::integer',
    mysql:
      "select `users`.`id` from `users` where cast(case json_type(json_extract(`users`.`data`, ?)) when 'NULL' then null else json_unquote(json_extract(`users`.`data`, ?)) end as signed) > ?",
    rows: [["2"]],
  },
  "as JSON": {
    statement: select({
      columns: [as(call("length", [call("cast", [at(["tags"], { kind: "json" })], { type: text })]))],
      where: compare(user("id"), "=", value(2, integer)),
    }),
    sqlite: 'select length(cast(("users"."data" -> ?) as text)) from "users" where "users"."id" = ?',
    postgresql:
      'select length(cast("users"."data" #> $1::text[] as text)) from "users" where "users"."id" = $2',
    mysql:
      "select char_length(cast(json_extract(`users`.`data`, ?) as char)) from `users` where `users`.`id` = ?",
    rows: [["2"]],
  },
  "beside other operators": {
    statement: select({ where: compare(calculate(value("<", text), "||", city), "=", value("<Oslo", text)) }),
    sqlite: `select "users"."id" from "users" where ? || case json_type("users"."data", ?) when 'true' then 'true' when 'false' then 'false' else cast("users"."data" ->> ? as text) end = ?`,
    postgresql:
      'select "users"."id" from "users" where $1::text || ("users"."data" #>> $2::text[]) = $3::text',
    mysql:
      "select `users`.`id` from `users` where concat(?, case json_type(json_extract(`users`.`data`, ?)) when 'NULL' then null else json_unquote(json_extract(`users`.`data`, ?)) end) = ?",
    rows: [["1"]],
  },
  "not there": {
    statement: select({
      where: { kind: "is-null", operand: at(["a", "b", 0]), negated: false },
      orderBy: [order(user("id"))],
    }),
    sqlite: `select "users"."id" from "users" where case json_type("users"."data", ?) when 'true' then 'true' when 'false' then 'false' else cast("users"."data" ->> ? as text) end is null order by "users"."id"`,
    postgresql:
      'select "users"."id" from "users" where "users"."data" #>> $1::text[] is null order by "users"."id"',
    mysql:
      "select `users`.`id` from `users` where case json_type(json_extract(`users`.`data`, ?)) when 'NULL' then null else json_unquote(json_extract(`users`.`data`, ?)) end is null order by `users`.`id`",
    rows: [["1"], ["2"], ["3"]],
  },
  "grouped by": {
    statement: select({
      columns: [as(city), as(call("count", []))],
      groupBy: [city],
      orderBy: [order(city, false, "last")],
    }),
    sqlite: `select case json_type("users"."data", ?) when 'true' then 'true' when 'false' then 'false' else cast("users"."data" ->> ? as text) end, count(*) from "users" group by case json_type("users"."data", ?) when 'true' then 'true' when 'false' then 'false' else cast("users"."data" ->> ? as text) end order by case json_type("users"."data", ?) when 'true' then 'true' when 'false' then 'false' else cast("users"."data" ->> ? as text) end nulls last`,
    postgresql:
      'select "users"."data" #>> $1::text[], count(*) from "users" group by "users"."data" #>> $1::text[] order by "users"."data" #>> $1::text[] nulls last',
    mysql:
      "select case json_type(json_extract(`users`.`data`, ?)) when 'NULL' then null else json_unquote(json_extract(`users`.`data`, ?)) end, count(*) from `users` group by case json_type(json_extract(`users`.`data`, ?)) when 'NULL' then null else json_unquote(json_extract(`users`.`data`, ?)) end order by case json_type(json_extract(`users`.`data`, ?)) when 'NULL' then null else json_unquote(json_extract(`users`.`data`, ?)) end is null, case json_type(json_extract(`users`.`data`, ?)) when 'NULL' then null else json_unquote(json_extract(`users`.`data`, ?)) end",
    rows: [
      ["Oslo", "1"],
      ["Rome", "1"],
      [null, "1"],
    ],
  },
});
