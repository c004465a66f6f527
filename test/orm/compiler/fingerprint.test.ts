/** The fingerprint: statements of one shape share it and their SQL, statements of two never do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fingerprint } from "../../../src/orm/compiler/fingerprint.ts";
import type { ColumnType } from "../../../src/orm/model/column-type.ts";
import type {
  DerivedNode,
  ExpressionNode,
  ParameterNode,
  SelectNode,
  StatementNode,
} from "../../../src/orm/query/nodes.ts";
import { unreachable } from "../../databases/servers.ts";
import { boundValues, openPostgresql } from "./databases.ts";
import { dialects } from "./dialects.ts";
import {
  and,
  as,
  calculate,
  call,
  compare,
  from,
  insert,
  integer,
  list,
  or,
  order,
  post,
  posts,
  raw,
  select,
  text,
  user,
  users,
  value,
  within,
} from "./tables.ts";

const names = ["sqlite", "postgresql", "mysql"] as const;
const types: readonly (ColumnType | undefined)[] = [
  undefined,
  integer,
  text,
  { kind: "varchar", length: 5 },
  { kind: "varchar", length: 50 },
  { kind: "numeric", precision: 5, scale: 0, as: "string" },
  { kind: "array", element: text },
];

const type = fc.constantFrom(...types);
const label = fc.constantFrom("a", "b", "ab", "1", "1:a", ".", "");
const anything = fc.constantFrom<unknown>(1, "x", null, true);

const { expression, query } = fc.letrec<{ expression: ExpressionNode; query: SelectNode }>((tie) => ({
  expression: fc.oneof(
    { depthSize: "small", maxDepth: 2 },
    fc.constantFrom(user("id"), user("name"), post("id"), { ...user("id"), alias: "a" }),
    fc.tuple(anything, type).map(([of, as]) => value(of, as)),
    fc
      .tuple(label, label)
      .map(([alias, name]) => ({ kind: "derived-column" as const, alias, name, type: undefined })),
    fc
      .tuple(tie("expression"), fc.constantFrom("=", "<", "is distinct from"), tie("expression"))
      .map((of) => compare(...of)),
    fc
      .tuple(tie("expression"), fc.constantFrom("+", "-", "||", "/"), tie("expression"))
      .map((of) => calculate(...of)),
    fc.array(tie("expression"), { maxLength: 2 }).map((of) => and(...of)),
    fc.array(tie("expression"), { maxLength: 2 }).map((of) => or(...of)),
    fc
      .tuple(tie("expression"), fc.array(anything, { maxLength: 4 }), type)
      .map(([left, values, of]) => within(left, list(values, of))),
    fc
      .tuple(
        fc.constantFrom("count", "max", "concat"),
        fc.array(tie("expression"), { maxLength: 2 }),
        fc.boolean(),
      )
      .map(([name, args, distinct]) => call(name, args, { distinct })),
    fc.tuple(label, label, tie("expression")).map(([one, other, part]) => raw([one, other], part)),
    tie("query").map((inner) => ({ kind: "scalar" as const, query: inner, type: undefined })),
  ),
  query: fc
    .record({
      columns: fc.array(
        fc.tuple(tie("expression"), fc.option(label, { nil: undefined })).map((of) => as(...of)),
        { maxLength: 2 },
      ),
      from: fc.constantFrom(from(users), from(posts), from(users, "a")),
      distinct: fc.boolean(),
      where: fc.option(tie("expression"), { nil: undefined }),
      groupBy: fc.array(tie("expression"), { maxLength: 1 }),
      orderBy: fc.array(
        fc
          .tuple(tie("expression"), fc.boolean(), fc.constantFrom(undefined, "first", "last"))
          .map((of) => order(...of)),
        { maxLength: 1 },
      ),
      limit: fc.option(fc.constant(value(1, integer)), { nil: undefined }),
      offset: fc.option(fc.constant(value(1, integer)), { nil: undefined }),
    })
    .map((parts) => select(parts)),
}));

function compiled(statement: StatementNode): string {
  return names
    .map((name) => {
      try {
        const { placeholders, sql } = dialects[name].compile(statement);
        const bound = placeholders.map(({ form, ...rest }) => ({ ...rest, form: form?.name }));
        return JSON.stringify([sql, bound]);
      } catch (error) {
        return String(error);
      }
    })
    .join("\n");
}

test("one fingerprint, one SQL", () => {
  const shapes = new Map<string, string>();
  const property = fc.property(
    fc.oneof(
      query,
      expression.map((of) => select({ columns: [as(of)] })),
    ),
    (statement) => {
      const key = fingerprint(statement, []);
      const sql = compiled(statement);
      assert.equal(shapes.get(key) ?? sql, sql);
      shapes.set(key, sql);
    },
  );
  fc.assert(property, { numRuns: 2000 });
});

test("one SQL, one fingerprint, whatever the values", () => {
  const property = fc.property(query, fc.array(fc.integer(), { minLength: 1 }), (statement, values) => {
    let at = 0;
    const other = JSON.parse(JSON.stringify(statement), (key, of) =>
      key === "value" ? values[at++ % values.length] : of,
    ) as unknown;
    assert.equal(fingerprint(revived(other) as StatementNode, []), fingerprint(statement, []));
  });
  fc.assert(property);
});

/** What JSON made of definitions and types is put back: they are known by identity or have methods. */
function revived(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(revived);
  if (typeof node !== "object" || node === null) return node;
  const copy: Record<string, unknown> = {};
  for (const [name, of] of Object.entries(node)) copy[name] = revived(of);
  const defaults = { alias: undefined, type: undefined, filter: undefined, over: undefined };
  const clauses = {
    from: undefined,
    where: undefined,
    having: undefined,
    limit: undefined,
    offset: undefined,
    lock: undefined,
  };
  return { ...defaults, ...(copy.kind === "select" ? clauses : undefined), nulls: undefined, ...copy };
}

test("parameters come in the order of the walk, and are bound where they stand", () => {
  const parameters: ParameterNode[] = [];
  const limit = value(3, integer);
  const statement = select({
    columns: [as(value("a", text))],
    where: compare(user("id"), "=", value(2, integer)),
    limit,
  });
  fingerprint(statement, parameters as never);
  assert.deepEqual(
    parameters.map((parameter) => parameter.value),
    ["a", 2, 3],
  );
  assert.deepEqual(boundValues("mysql", statement, dialects.mysql.compile(statement)), ["a", 2, 3]);
});

test("a node at two places is two places", () => {
  const same = value(1, integer);
  const once = select({ where: or(compare(user("id"), "=", same), compare(user("age"), "=", same)) });
  const twice = select({
    where: or(compare(user("id"), "=", value(1, integer)), compare(user("age"), "=", value(7, integer))),
  });
  assert.equal(fingerprint(once, []), fingerprint(twice, []));
  for (const name of names) {
    const plan = dialects[name].compile(once);
    assert.deepEqual(boundValues(name, twice, plan).map(Number), [1, 7]);
  }
});

test("a parameter of the columns is the same one in GROUP BY", async (context) => {
  const suffix = value("!", text);
  const shouted = calculate(user("name"), "||", suffix);
  const statement = select({
    columns: [as(shouted), as(call("count", []))],
    groupBy: [shouted],
    orderBy: [order(shouted)],
  });
  const other = calculate(user("name"), "||", value("!", text));
  assert.notEqual(fingerprint(statement, []), fingerprint({ ...statement, groupBy: [other] }, []));
  const { sql } = dialects.postgresql.compile(statement);
  assert.equal(
    sql,
    `select "users"."name" || $1, count(*) from "users" group by "users"."name" || $1 order by "users"."name" || $1`,
  );
  const absence = await unreachable("postgresql");
  if (absence !== false) return context.skip(absence);
  const database = await openPostgresql();
  try {
    assert.equal((await database.run(statement)).length, 3);
  } finally {
    await database.close();
  }
});

test("a common table expression that is used twice is told from two", () => {
  const common: DerivedNode = {
    kind: "derived",
    alias: "c",
    query: select(),
    common: true,
    recursion: undefined,
    columns: ["id"],
  };
  const using = (other: DerivedNode): StatementNode =>
    select({ from: common, joins: [{ type: "cross", source: other, on: undefined, lateral: false }] });
  assert.notEqual(fingerprint(using(common), []), fingerprint(using({ ...common }), []));
});

test("only the lengths that matter to a dialect are told apart", () => {
  const key = (name: (typeof names)[number], length: number): string =>
    fingerprint(
      select({ where: within(user("id"), list(Array(length).fill(1), integer)) }),
      [],
      dialects[name].listShape,
    );
  const lengths = [0, 1, 2, 3, 4, 5, 8, 1000, 1024, 1025, 5000];
  const kinds = (name: (typeof names)[number]): number =>
    new Set(lengths.map((length) => key(name, length))).size;
  assert.deepEqual([kinds("postgresql"), kinds("sqlite"), kinds("mysql")], [2, 3, 8]);
});

test("the rows of an insert are counted", () => {
  const rows = (count: number): StatementNode => {
    const { type: id } = user("id").column;
    return insert(
      ["id"],
      Array.from({ length: count }, (_, index) => [value(index, id)]),
    );
  };
  assert.ok(fingerprint(rows(1000), []).length < 60);
  assert.notEqual(fingerprint(rows(1000), []), fingerprint(rows(1001), []));
  assert.equal(fingerprint(rows(3), []), fingerprint(rows(3), []));
});

test("a projection that is one object is named once, and as any other of its kind", () => {
  const columns = Object.freeze([as(user("id")), as(user("name"), "n")]);
  const key = fingerprint(select({ columns }), []);
  assert.equal(fingerprint(select({ columns }), []), key);
  assert.equal(fingerprint(select({ columns: [...columns] }), []), key);
  assert.notEqual(fingerprint(select({ columns: columns.toReversed() }), []), key);
});
