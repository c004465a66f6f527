/** New entities: what their constructor takes and refuses, and what columns hold of which nothing is said. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  boolean,
  bytes,
  integer,
  json,
  model,
  sql,
  text,
  timestamp,
  varchar,
  version,
  withMethods,
} from "limpid/orm";
import { onDatabases } from "../databases.ts";

const Account = model(
  "accounts",
  {
    id: integer().primaryKey(),
    name: varchar(50),
    nickname: varchar(50).nullable(),
    role: varchar(20).default("user").guarded(),
    active: boolean().default(true),
    settings: json<{ theme: string }>().default({ theme: "light" }),
    createdAt: timestamp().default(() => new Date(1_000)),
    touched: integer()
      .default(0)
      .onUpdate(() => 7),
    score: integer().default(sql`40 + 2`),
    doubled: integer().generated(sql`score * 2`),
    version: version(),
  },
  {},
  {
    get shown(): string {
      return `${this.name} (${this.role})`;
    },
    rename(name: string) {
      this.name = name;
      return this;
    },
  },
);

/** What people give by mistake, with the code it ends with. */
function refused(values: unknown, code: string, message: RegExp): void {
  const Loose = Account as unknown as new (given: unknown) => object;
  assert.throws(
    () => new Loose(values),
    (error: Error & { code?: string; fix?: string }) => {
      assert.equal(error.code, code);
      assert.match(`${error.message} ${error.fix}`, message);
      return true;
    },
  );
}

test("a new entity has every column, with defaults as far as they are known here", () => {
  const account = new Account({ name: "Ada" });
  assert.deepEqual(Object.keys(account), [
    "id",
    "name",
    "nickname",
    "role",
    "active",
    "settings",
    "createdAt",
    "touched",
    "score",
    "doubled",
    "version",
  ]);
  assert.equal(account.nickname, null);
  assert.equal(account.role, "user");
  assert.equal(account.active, true);
  assert.deepEqual(account.createdAt, new Date(1_000));
  assert.equal(account.score, undefined, "SQL is computed by the database");
  assert.equal(account.id, undefined, "the database counts");
  assert.equal(account.version, 1);
});

test("an object given as default belongs to each row alone", () => {
  const one = new Account({ name: "Ada" });
  const other = new Account({ name: "Bob" });
  one.settings.theme = "dark";
  assert.equal(other.settings.theme, "light");
});

test("what is given is taken, undefined is as if it were not given", () => {
  const account = new Account({ name: "Ada", nickname: undefined, active: false, id: 9 });
  assert.equal(account.nickname, null);
  assert.equal(account.active, false);
  assert.equal(account.id, 9);
});

test("unknown names are refused with the likely one", () => {
  refused({ name: "Ada", nicknam: "A" }, "LMP_ORM_COLUMN_UNKNOWN", /Did you mean "nickname"\?/);
  refused({ name: "Ada", zzzzzzzz: 1 }, "LMP_ORM_COLUMN_UNKNOWN", /Name a column of the model/);
  refused({ name: "Ada", toString: 1 }, "LMP_ORM_COLUMN_UNKNOWN", /toString/);
});

test("guarded and generated columns are refused", () => {
  refused({ name: "Ada", role: "admin" }, "LMP_ORM_COLUMN_UNKNOWN", /"role".*guarded/);
  refused({ name: "Ada", doubled: 1 }, "LMP_ORM_COLUMN_UNKNOWN", /"doubled".*computed/);
});

test("only an object makes a row", () => {
  for (const values of [null, undefined, [], [{}], "name", 1, true, () => {}])
    refused(values, "LMP_ORM_VALUE_INVALID", /is made from an object/);
});

test("what an object inherits is not taken", () => {
  const inherited = Object.create({ name: "Eve", nickname: "E" }) as { name: string };
  assert.equal(new Account(inherited).name, undefined);
  assert.equal(new Account(inherited).nickname, null);
});

test("methods and getters have the entity as this", () => {
  const account = new Account({ name: "Ada" });
  assert.equal(account.shown, "Ada (user)");
  assert.equal(account.rename("Grace").shown, "Grace (user)");
  assert.equal("shown" in account, true);
  assert.equal(JSON.stringify(account).includes("shown"), false);
});

test("withMethods adds to a model", () => {
  const Note = withMethods(model("notes", { id: integer().primaryKey(), body: text() }), {
    excerpt(length: number) {
      return this.body.slice(0, length);
    },
    get isEmpty() {
      return this.body === "";
    },
  });
  const note = new Note({ body: "A long note" });
  assert.equal(note.excerpt(6), "A long");
  assert.equal(note.isEmpty, false);
});

test("an entity is printed, copied and serialized as its columns", () => {
  const File = model("files", { id: integer().primaryKey(), content: bytes() });
  const file = new File({ id: 1, content: new Uint8Array([1, 2]) });
  assert.deepEqual({ ...file }, { id: 1, content: new Uint8Array([1, 2]) });
  assert.equal(file.constructor.name, "Files");
});

onDatabases([Account], (given) => {
  test("the database fills in the rest, and the entity has it after the commit", async () => {
    const { db } = given();
    await db.session(async (session) => {
      const account = new Account({ name: "Ada" });
      session.add(account);
      await session.commit();
      assert.equal(account.id, 1);
      assert.equal(account.score, 42);
      assert.equal(account.doubled, 84);
      assert.equal(account.version, 1);
    });
    const [account] = await db.query(Account).all();
    assert.ok(account);
    assert.deepEqual(
      { ...account },
      {
        id: 1,
        name: "Ada",
        nickname: null,
        role: "user",
        active: true,
        settings: { theme: "light" },
        createdAt: new Date(1_000),
        touched: 0,
        score: 42,
        doubled: 84,
        version: 1,
      },
    );
    assert.equal(account.shown, "Ada (user)");
  });

  test("an insert without entities fills in the same", async () => {
    const { db } = given();
    await db.insert(Account).values({ name: "Ada" });
    const account = await db.query(Account).one();
    assert.deepEqual(
      [account.role, account.active, account.score, account.doubled, account.version, account.nickname],
      ["user", true, 42, 84, 1, null],
    );
  });

  test("onUpdate and version change with every update, by entity and by query", async () => {
    const { db } = given();
    await db.insert(Account).values({ name: "Ada" });
    await db.session(async (session) => {
      const account = await session.query(Account).one();
      account.name = "Grace";
      await session.commit();
      assert.deepEqual([account.touched, account.version], [7, 2]);
      account.touched = 1;
      await session.commit();
      assert.deepEqual([account.touched, account.version], [1, 3]);
    });
    await db.update(Account).set({ name: "Joan" }).filter(Account.id.eq(1));
    const account = await db.query(Account).one();
    assert.deepEqual([account.name, account.touched, account.version], ["Joan", 7, 4]);
  });

  test("a guarded column is set by name", async () => {
    const { db } = given();
    await db.session(async (session) => {
      const account = new Account({ name: "Ada" });
      account.role = "admin";
      session.add(account);
      await session.commit();
    });
    assert.equal((await db.query(Account).one()).role, "admin");
  });
});
