/** Broken constraints: a class for each kind, with the table and the properties it is about, in every database. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CheckViolation,
  ConstraintViolation,
  type Database,
  ForeignKeyViolation,
  integer,
  model,
  NotNullViolation,
  type Session,
  sql,
  UniqueViolation,
  varchar,
} from "limpid/orm";
import { onDatabases } from "../databases.ts";

const Country = model("countries", { code: varchar(2).primaryKey(), name: varchar(50) });

const Person = model(
  { name: "people", indexes: [{ columns: ["firstName", "lastName"], unique: true }] },
  {
    id: integer().primaryKey(),
    firstName: varchar(50),
    lastName: varchar(50).default("X"),
    emailAddress: varchar(80).unique().nullable(),
    homeCountry: varchar(2)
      .nullable()
      .references(() => Country.code),
    workCountry: varchar(2)
      .nullable()
      .references(() => Country.code),
    bossId: integer()
      .nullable()
      .references(() => Person.id),
    birthYear: integer().default(2000).check(sql`birth_year > 1900`),
  },
);

type Given = ConstructorParameters<typeof Person>[0];
type Violation = abstract new (...parameters: never[]) => ConstraintViolation;

onDatabases([Country, Person], (given) => {
  /** The violation that a piece of work ends with. */
  const violation = async (
    work: (db: Database) => Promise<unknown>,
    kind: Violation,
  ): Promise<ConstraintViolation> => {
    const error: unknown = await work(given().db).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ConstraintViolation, String(error));
    assert.ok(error instanceof kind, String(error));
    assert.equal(error.status, 422);
    return error;
  };
  const byInsert = (values: Given) => (db: Database) => db.insert(Person).values(values).run();
  const byCommit = (values: Given) => (db: Database) =>
    db.session(async (session: Session) => {
      session.add(new Person(values));
      try {
        await session.commit();
      } finally {
        await session.rollback();
      }
    });
  const inBatch = (values: Given) => (db: Database) =>
    db.session(async (session: Session) => {
      session.add(
        new Person({ firstName: "First of all" }),
        new Person(values),
        new Country({ code: "ZZ", name: "Z" }),
      );
      try {
        await session.commit();
      } finally {
        await session.rollback();
      }
    });
  const byInsertOfMany = (values: Given) => (db: Database) =>
    db
      .insert(Person)
      .values([{ firstName: "First of all" }, values])
      .run();
  const ways = { byInsert, byCommit, inBatch, byInsertOfMany };

  for (const [name, way] of Object.entries(ways)) {
    test(`${name}: a value that another row has`, async () => {
      await given().db.insert(Person).values({ firstName: "Ada", emailAddress: "a@example.com" });
      const error = await violation(
        way({ firstName: "Eve", emailAddress: "a@example.com" }),
        UniqueViolation,
      );
      assert.deepEqual([error.table, error.columns], ["people", ["emailAddress"]]);
      assert.deepEqual({ ...error.fields }, { emailAddress: ["This is taken already."] });
      assert.equal(error.code, "LMP_ORM_UNIQUE_VIOLATION");
    });

    test(`${name}: a pair of values that another row has, beside the last of them`, async () => {
      await given().db.insert(Person).values({ firstName: "Ada", lastName: "L" });
      const error = await violation(way({ firstName: "Ada", lastName: "L" }), UniqueViolation);
      assert.deepEqual([error.table, error.columns], ["people", ["firstName", "lastName"]]);
      assert.deepEqual({ ...error.fields }, { lastName: ["This is taken already."] });
    });

    test(`${name}: a key that another row has`, async () => {
      await given().db.insert(Person).values({ id: 7, firstName: "Ada" });
      const error = await violation(way({ id: 7, firstName: "Eve" }), UniqueViolation);
      assert.deepEqual([error.table, error.columns], ["people", ["id"]]);
    });

    test(`${name}: a reference to a row that is not there`, async () => {
      await given().db.insert(Country).values({ code: "NO", name: "Norway" });
      const error = await violation(
        way({ firstName: "Ada", homeCountry: "NO", workCountry: "XX" }),
        ForeignKeyViolation,
      );
      assert.deepEqual([error.table, error.columns], ["people", ["workCountry"]]);
      assert.deepEqual({ ...error.fields }, { workCountry: ["There is no such entry."] });
    });

    test(`${name}: no value where there must be one`, async () => {
      const error = await violation(way({ firstName: null as never }), NotNullViolation);
      assert.deepEqual([error.table, error.columns], ["people", ["firstName"]]);
      assert.deepEqual({ ...error.fields }, { firstName: ["This is required."] });
    });

    test(`${name}: no word of a column that must have a value`, async () => {
      const error = await violation(way({ lastName: "L" } as never), NotNullViolation);
      assert.deepEqual(error.columns, ["firstName"]);
    });

    test(`${name}: a value that the check refuses`, async () => {
      const error = await violation(way({ firstName: "Ada", birthYear: 1800 }), CheckViolation);
      assert.deepEqual([error.table ?? "people", error.columns], ["people", ["birthYear"]]);
      assert.deepEqual({ ...error.fields }, { birthYear: ["This value is not permitted."] });
    });
  }

  test("by an update, of an entity and by query", async () => {
    const { db } = given();
    await db
      .insert(Person)
      .values([{ firstName: "Ada", emailAddress: "a@example.com" }, { firstName: "Eve" }]);
    const update = (change: (person: InstanceType<typeof Person>) => void) => (database: Database) =>
      database.session(async (session) => {
        const eve = await session.query(Person).filter(Person.firstName.eq("Eve")).one();
        change(eve);
        try {
          await session.commit();
        } finally {
          await session.rollback();
        }
      });
    const unique = await violation(
      update((eve) => {
        eve.emailAddress = "a@example.com";
      }),
      UniqueViolation,
    );
    assert.deepEqual(unique.columns, ["emailAddress"]);
    const reference = await violation(
      update((eve) => {
        eve.homeCountry = "XX";
        eve.birthYear = 1950;
      }),
      ForeignKeyViolation,
    );
    assert.deepEqual(reference.columns, ["homeCountry"]);
    const byQuery = await violation(
      (database) =>
        database.update(Person).set({ workCountry: "XX" }).filter(Person.firstName.eq("Eve")).run(),
      ForeignKeyViolation,
    );
    assert.deepEqual([byQuery.table, byQuery.columns], ["people", ["workCountry"]]);
    const check = await violation(
      (database) => database.update(Person).set({ birthYear: 1 }).run(),
      CheckViolation,
    );
    assert.deepEqual(check.columns, ["birthYear"]);
  });

  test("a row that others refer to does not go, and no field is to blame", async () => {
    const { db } = given();
    await db.insert(Country).values({ code: "NO", name: "Norway" });
    await db.insert(Person).values({ firstName: "Ada", homeCountry: "NO" });
    const byQuery = await violation((database) => database.delete(Country).run(), ForeignKeyViolation);
    assert.deepEqual({ ...byQuery.fields }, { "": ["Something still refers to this."] });
    const byEntity = await violation(
      (database) =>
        database.session(async (session) => {
          session.delete(await session.query(Country).one());
          try {
            await session.commit();
          } finally {
            await session.rollback();
          }
        }),
      ForeignKeyViolation,
    );
    assert.deepEqual({ ...byEntity.fields }, { "": ["Something still refers to this."] });
  });

  test("a row that refers to its own table", async () => {
    const { db } = given();
    await db.insert(Person).values({ id: 101, firstName: "Ada" });
    await db.insert(Person).values({ id: 102, firstName: "Bob", bossId: 101 });
    const missing = await violation(byCommit({ firstName: "Eve", bossId: 99 }), ForeignKeyViolation);
    assert.deepEqual(missing.columns, ["bossId"]);
    const used = await violation(
      (database) => database.delete(Person).filter(Person.id.eq(101)).run(),
      ForeignKeyViolation,
    );
    assert.deepEqual({ ...used.fields }, { "": ["Something still refers to this."] });
  });

  test("copy tells the same", async () => {
    const { db } = given();
    await db.insert(Person).values({ firstName: "Ada", emailAddress: "a@example.com" });
    const error = await violation(
      (database) =>
        database.copy(
          Person,
          [{ firstName: "B" }, { firstName: "Eve", emailAddress: "a@example.com" }].map((row) => ({
            emailAddress: null,
            ...row,
          })),
        ),
      UniqueViolation,
    );
    assert.deepEqual([error.table, error.columns], ["people", ["emailAddress"]]);
    assert.equal(await db.query(Person).count(), 1, "all or nothing");
  });

  test("names and values of the database stay out of what a client reads", async () => {
    const { db } = given();
    await db.insert(Person).values({ firstName: "Ada", emailAddress: "secret@example.com" });
    const error = await violation(
      byInsert({ firstName: "Eve", emailAddress: "secret@example.com" }),
      UniqueViolation,
    );
    assert.equal(JSON.stringify([error.message, error.issues, error.found]).includes("secret"), false);
  });
});
