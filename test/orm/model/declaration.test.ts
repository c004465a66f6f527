/** What can be declared: names, keys, indexes, strategies; and what is refused with a clear error. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  alias,
  belongsTo,
  boolean,
  Database,
  enumeration,
  integer,
  model,
  numeric,
  sql,
  text,
  uuid,
  varchar,
} from "limpid/orm";
import { tableOf } from "../../../src/orm/model/registry.ts";
import { onDatabases } from "../databases.ts";

const db = await Database.connect("sqlite::memory:");

function refused(make: () => unknown, code: string, message: RegExp): void {
  assert.throws(make, (error: Error & { code?: string; found?: string }) => {
    assert.equal(error.code, code, error.message);
    assert.match(`${error.message} ${error.found}`, message);
    return true;
  });
}

test("names are snake_case in SQL unless something else is said", () => {
  const names = (naming: "same" | "snake_case" | ((name: string) => string) | undefined) =>
    tableOf(
      model(
        { name: "things", naming },
        { id: integer().primaryKey(), createdAt: text(), htmlURL: text(), a1B: text().named("Other") },
      ),
    )?.columns.map(({ name }) => name);
  assert.deepEqual(names(undefined), ["id", "created_at", "html_url", "Other"]);
  assert.deepEqual(names("same"), ["id", "createdAt", "htmlURL", "Other"]);
  assert.deepEqual(
    names((name) => `c_${name}`),
    ["c_id", "c_createdAt", "c_htmlURL", "Other"],
  );
});

test("names that objects use themselves are refused", () => {
  for (const name of [
    "__proto__",
    "constructor",
    "prototype",
    "then",
    "toJSON",
    "toString",
    "hasOwnProperty",
  ])
    refused(
      () => model("things", { id: integer().primaryKey(), [name]: text() }),
      "LMP_ORM_MODEL_INVALID",
      /cannot be one/,
    );
  for (const name of ["a-b", "1a", "a b", "", "a;b", "ä", "a`b", "a{b}"])
    refused(
      () => model("things", { id: integer().primaryKey(), [name]: text() }),
      "LMP_ORM_MODEL_INVALID",
      /cannot be one/,
    );
});

test("a method may be called toJSON or toString, and not as a column", () => {
  const Person = model(
    "people",
    { id: integer().primaryKey(), name: text(), password: text() },
    {},
    {
      toJSON() {
        return { name: this.name };
      },
      toString(): string {
        return this.name;
      },
    },
  );
  const ada = new Person({ name: "Ada", password: "secret" });
  assert.equal(JSON.stringify(ada), '{"name":"Ada"}');
  assert.equal(`${ada}`, "Ada");
  refused(
    () => model("x", { id: integer().primaryKey() }, {}, { id: () => 1 }),
    "LMP_ORM_MODEL_INVALID",
    /twice/,
  );
  refused(
    () => model("x", { id: integer().primaryKey() }, {}, { then: () => 1 }),
    "LMP_ORM_MODEL_INVALID",
    /then/,
  );
  refused(
    () =>
      model(
        "x",
        { id: integer().primaryKey(), a: integer() },
        {
          get a() {
            return belongsTo(Person, "a");
          },
        },
      ),
    "LMP_ORM_MODEL_INVALID",
    /twice/,
  );
});

test("identifiers are 1 to 63 bytes without NUL", () => {
  for (const name of ["", "a\0b", "x".repeat(64), "ä".repeat(32)]) {
    refused(
      () => model(name, { id: integer().primaryKey() }),
      "LMP_ORM_IDENTIFIER_INVALID",
      /cannot be the name/,
    );
    refused(
      () => model("things", { id: integer().primaryKey().named(name) }),
      "LMP_ORM_IDENTIFIER_INVALID",
      /cannot be the name/,
    );
    const Thing = model("things", { id: integer().primaryKey() });
    refused(() => alias(Thing, name), "LMP_ORM_IDENTIFIER_INVALID", /cannot be the name/);
    refused(() => db.query(Thing).as(name), "LMP_ORM_IDENTIFIER_INVALID", /cannot be the name/);
  }
});

test("a model without columns or key, with two columns of one name, with what is no column", () => {
  refused(() => model("things", {}), "LMP_ORM_MODEL_INVALID", /has no columns/);
  refused(() => model("things", { name: text() }), "LMP_ORM_MODEL_INVALID", /has no primary key/);
  refused(
    () => model("things", { id: integer().primaryKey(), userId: text(), user_id: text() }),
    "LMP_ORM_MODEL_INVALID",
    /calls two columns "user_id"/,
  );
  refused(
    () => model("things", { id: integer().primaryKey(), name: "text" as never }),
    "LMP_ORM_MODEL_INVALID",
    /"name" that is no column/,
  );
});

test("columns are refused where no database can have them", () => {
  refused(() => varchar(0), "LMP_ORM_MODEL_INVALID", /varchar/);
  refused(() => varchar(1.5), "LMP_ORM_MODEL_INVALID", /varchar/);
  refused(() => varchar(99_999), "LMP_ORM_MODEL_INVALID", /varchar/);
  refused(() => numeric(0), "LMP_ORM_MODEL_INVALID", /numeric/);
  refused(() => numeric(5, 6), "LMP_ORM_MODEL_INVALID", /numeric/);
  refused(() => enumeration(["a", "a"]), "LMP_ORM_MODEL_INVALID", /enumeration/);
  refused(() => enumeration([] as never), "LMP_ORM_MODEL_INVALID", /enumeration/);
});

test("an index names columns of the model", () => {
  refused(
    () =>
      model(
        { name: "things", indexes: [{ columns: ["nmae" as "name"] }] },
        { id: integer().primaryKey(), name: text() },
      ),
    "LMP_ORM_COLUMN_UNKNOWN",
    /no column "nmae"/,
  );
  refused(
    () => model({ name: "things", indexes: [{ columns: [] }] }, { id: integer().primaryKey() }),
    "LMP_ORM_MODEL_INVALID",
    /without columns/,
  );
});

test("what is no model is said to be none", () => {
  for (const value of [undefined, null, {}, "users", class {}])
    refused(() => db.query(value as never), "LMP_ORM_MODEL_INVALID", /no model/);
});

const Odd = model("odd", {
  id: integer().primaryKey(),
  name: varchar(20),
  length: integer(),
  caller: integer().nullable(),
  arguments: integer().nullable(),
  class: varchar(20).default("first"),
  order: integer().named("order by").default(0),
  quoted: varchar(20).named('a"b`c]d').default("q"),
});

const Membership = model("memberships", {
  groupId: integer().primaryKey(),
  userId: uuid().primaryKey(),
  admin: boolean().default(false),
  note: text().default(sql`'none'`),
});

onDatabases([Odd, Membership], (given) => {
  test("columns may be called like properties of functions, like words of SQL, and with quotes", async () => {
    const { db } = given();
    await db.session(async (session) => {
      session.add(new Odd({ name: "Ada", length: 3, order: 9, quoted: "x" }));
      await session.commit();
    });
    const found = await db
      .query(Odd)
      .filter(
        Odd.name.eq("Ada"),
        Odd.length.gt(2),
        Odd.order.eq(9),
        Odd.quoted.eq("x"),
        Odd.class.eq("first"),
      )
      .orderBy(Odd.order, Odd.quoted.desc())
      .one();
    assert.deepEqual(
      { ...found },
      { id: 1, name: "Ada", length: 3, caller: null, arguments: null, class: "first", order: 9, quoted: "x" },
    );
    assert.ok(found instanceof Odd);
    assert.equal(await db.update(Odd).set({ quoted: "y", order: 1 }).filter(Odd.order.eq(9)), 1);
    assert.equal((await db.query(Odd).one()).quoted, "y");
  });

  test("an alias stands for the same table a second time", async () => {
    const { db } = given();
    await db.insert(Odd).values([
      { name: "a", length: 1 },
      { name: "b", length: 2 },
    ]);
    const Other = alias(Odd, "other");
    const rows = await db
      .query(Odd)
      .join(Other, Other.length.gt(Odd.length))
      .select({ less: Odd.name, more: Other.name })
      .all();
    assert.deepEqual(rows, [{ less: "a", more: "b" }]);
    const [entity] = await db.query(Other).filter(Other.name.eq("b")).all();
    assert.equal(entity?.length, 2);
    assert.ok(entity instanceof Odd);
  });

  test("a key of several columns finds, changes and deletes its row", async () => {
    const { db } = given();
    const [one, two] = [
      "00000000-0000-4000-8000-000000000001",
      "00000000-0000-4000-8000-000000000002",
    ] as const;
    await db.session(async (session) => {
      session.add(
        new Membership({ groupId: 1, userId: one }),
        new Membership({ groupId: 1, userId: two, admin: true }),
        new Membership({ groupId: 2, userId: one }),
      );
      await session.commit();
    });
    await db.session(async (session) => {
      const found = await session.get(Membership, { groupId: 1, userId: two });
      assert.equal(found?.admin, true);
      assert.equal(found.note, "none");
      assert.equal(await session.get(Membership, { groupId: 1, userId: two }), found);
      assert.equal(await session.get(Membership, { groupId: 3, userId: two }), undefined);
      found.admin = false;
      const other = await session.get(Membership, { groupId: 2, userId: one });
      assert.ok(other);
      session.delete(other);
      await session.commit();
    });
    const rows = await db.query(Membership).orderBy(Membership.groupId, Membership.userId).all();
    assert.deepEqual(
      rows.map(({ groupId, userId, admin }) => [groupId, userId, admin]),
      [
        [1, one, false],
        [1, two, false],
      ],
    );
    await db.session(async (session) => {
      await assert.rejects(session.get(Membership, { groupId: 1 }), { code: "LMP_ORM_QUERY_INVALID" });
      await assert.rejects(session.get(Membership, 1), { code: "LMP_ORM_QUERY_INVALID" });
    });
  });

  test("the key of a row can be changed", async () => {
    const { db } = given();
    const user = "00000000-0000-4000-8000-000000000001";
    await db.insert(Membership).values({ groupId: 1, userId: user });
    await db.session(async (session) => {
      const row = await session.query(Membership).one();
      row.groupId = 5;
      await session.commit();
      assert.equal(await session.get(Membership, { groupId: 5, userId: user }), row);
      row.admin = true;
      await session.commit();
    });
    assert.deepEqual(
      { ...(await db.query(Membership).one()) },
      { groupId: 5, userId: user, admin: true, note: "none" },
    );
  });
});
