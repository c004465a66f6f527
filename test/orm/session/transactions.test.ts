/** Commits, rollbacks and savepoints: what is in the database and in the entities after each. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sql, UniqueViolation } from "limpid/orm";
import { countRows, onDatabases } from "../databases.ts";
import { Author, Book, library } from "./library.ts";

onDatabases(library, (given) => {
  const names = async (): Promise<string[]> =>
    (await given().db.query(Author).orderBy(Author.id).all()).map(({ name }) => name);

  test("flush writes within the transaction, rollback takes it back in database and entities", async () => {
    const { db } = given();
    await db.insert(Author).values([{ name: "Ada" }, { name: "Gone" }]);
    await db.session(async (session) => {
      const [ada, gone] = await session.query(Author).orderBy(Author.id).all();
      assert.ok(ada && gone);
      const bob = new Author({ name: "Bob" });
      session.add(bob);
      session.delete(gone);
      ada.name = "changed";
      await session.flush();
      assert.equal(typeof bob.id, "number");
      assert.equal(await session.query(Author).count(), 2);
      await session.rollback();
      assert.deepEqual([ada.name, gone.name, bob.id], ["Ada", "Gone", undefined]);
      await session.commit();
      ada.name = "again";
      session.add(bob);
      await session.commit();
    });
    assert.deepEqual(await names(), ["again", "Gone", "Bob"]);
  });

  test("written entities go back to what was written, not to what was read", async () => {
    const { db } = given();
    await db.session(async (session) => {
      const ada = new Author({ name: "Ada" });
      session.add(ada);
      await session.commit();
      ada.name = "changed";
      await session.rollback();
      assert.equal(ada.name, "Ada");
      ada.email = "ada@example.com";
      await session.commit();
      ada.email = null;
      await session.rollback();
      assert.equal(ada.email, "ada@example.com");
      ada.name = "Augusta";
      await session.commit();
    });
    assert.deepEqual(await names(), ["Augusta"]);
  });

  test("a commit that fails writes nothing and leaves the entities pending", async () => {
    const { db } = given();
    await db.insert(Author).values([{ name: "Ada", email: "a@example.com" }, { name: "Gone" }]);
    await db.session(async (session) => {
      const [ada, gone] = await session.query(Author).orderBy(Author.id).all();
      assert.ok(ada && gone);
      const fine = new Author({ name: "Fine" });
      const taken = new Author({ name: "Taken", email: "a@example.com" });
      session.add(fine, taken);
      session.delete(gone);
      ada.name = "changed";
      await assert.rejects(session.commit(), UniqueViolation);
      assert.deepEqual(await names(), ["Ada", "Gone"]);
      assert.deepEqual([fine.id, taken.id, ada.name], [undefined, undefined, "changed"]);
      taken.email = "b@example.com";
      await session.commit();
      assert.equal(typeof fine.id, "number");
    });
    assert.deepEqual((await names()).sort(), ["Fine", "Taken", "changed"]);
  });

  test("a single row that is refused can be mended and committed", async () => {
    const { db } = given();
    await db.insert(Author).values({ name: "Ada", email: "a@example.com" });
    await db.session(async (session) => {
      const bob = new Author({ name: "Bob", email: "a@example.com" });
      session.add(bob);
      await assert.rejects(session.commit(), UniqueViolation);
      bob.email = "b@example.com";
      await session.commit();
    });
    assert.equal(await countRows(db, "authors"), 2);
  });

  test("a flush that fails takes back itself alone", async () => {
    const { db } = given();
    await db.session(async (session) => {
      await session.insert(Author).values({ name: "Written", email: "a@example.com" });
      const bob = new Author({ name: "Bob", email: "a@example.com" });
      const eve = new Author({ name: "Eve" });
      session.add(eve, bob);
      await assert.rejects(session.flush(), UniqueViolation);
      bob.email = null;
      await session.commit();
    });
    assert.deepEqual((await names()).sort(), ["Bob", "Eve", "Written"]);
  });

  test("a session that ends without a commit wrote nothing", async () => {
    const { db } = given();
    await db.session(async (session) => {
      await session.insert(Author).values({ name: "Ada" });
      assert.equal(await session.query(Author).count(), 1);
    });
    assert.equal(await countRows(db, "authors"), 0);
    await assert.rejects(
      db.session(async (session) => {
        await session.insert(Author).values({ name: "Ada" });
        throw new Error("no");
      }),
      { message: "no" },
    );
    assert.equal(await countRows(db, "authors"), 0);
  });

  test("transaction commits what its function did, and rolls back where it throws", async () => {
    const { db } = given();
    const result = await db.transaction(async (session) => {
      session.add(new Author({ name: "Ada" }));
      await session.insert(Author).values({ name: "Bob" });
      return 42;
    });
    assert.equal(result, 42);
    await assert.rejects(
      db.transaction(async (session) => {
        session.add(new Author({ name: "Eve" }));
        await session.flush();
        throw new Error("no");
      }),
      { message: "no" },
    );
    assert.deepEqual((await names()).sort(), ["Ada", "Bob"]);
  });

  test("a nested transaction is a savepoint: it is taken back alone", async () => {
    const { db, sent } = given();
    await db.transaction(async (session) => {
      const ada = new Author({ name: "Ada" });
      session.add(ada);
      await assert.rejects(
        session.transaction(async (inner) => {
          assert.equal(inner, session);
          ada.name = "changed";
          session.add(new Author({ name: "Eve" }));
          await session.flush();
          throw new Error("no");
        }),
        { message: "no" },
      );
      assert.equal(ada.name, "Ada");
      assert.equal(typeof ada.id, "number", "was written before the nested one began");
      await session.transaction(async () => {
        session.add(new Author({ name: "Bob" }));
        await session.transaction(async () => {
          session.add(new Author({ name: "Joan" }));
        });
      });
    });
    assert.deepEqual((await names()).sort(), ["Ada", "Bob", "Joan"]);
    assert.equal(sent.filter((text) => text.startsWith("ROLLBACK TO")).length, 1);
    assert.equal(sent.filter((text) => text === "COMMIT").length, 1);
  });

  test("a statement that is refused inside a nested transaction leaves the outer one working", async () => {
    const { db } = given();
    await db.transaction(async (session) => {
      await session.insert(Author).values({ name: "Ada", email: "a@example.com" });
      await assert.rejects(
        session.transaction(() => session.insert(Author).values({ name: "Eve", email: "a@example.com" })),
        UniqueViolation,
      );
      await session.insert(Author).values({ name: "Bob" });
    });
    assert.deepEqual((await names()).sort(), ["Ada", "Bob"]);
  });

  test("a refused statement whose error is swallowed never loses the rest in silence", async () => {
    const { db, dialect } = given();
    const work = db.transaction(async (session) => {
      await session.insert(Author).values({ name: "Ada", email: "a@example.com" });
      await session
        .insert(Author)
        .values({ name: "Eve", email: "a@example.com" })
        .run()
        .catch(() => {});
    });
    if (dialect === "postgresql") {
      await assert.rejects(work, { code: "LMP_ORM_TRANSACTION_INVALID" });
      assert.deepEqual(await names(), []);
    } else {
      await work;
      assert.deepEqual(await names(), ["Ada"]);
    }
  });

  test("commit and rollback belong to the outermost", async () => {
    const { db } = given();
    await db.transaction(async (session) => {
      await assert.rejects(session.commit(), { code: "LMP_ORM_TRANSACTION_INVALID" });
      await assert.rejects(session.rollback(), { code: "LMP_ORM_TRANSACTION_INVALID" });
    });
  });

  test("a session that has ended is refused", async () => {
    const { db } = given();
    const session = db.openSession();
    await session.close();
    await session.close();
    const closed = { code: "LMP_ORM_SESSION_CLOSED" };
    await assert.rejects(session.query(Author).all(), closed);
    await assert.rejects(session.insert(Author).values({ name: "x" }).run(), closed);
    await assert.rejects(session.commit(), closed);
    await assert.rejects(session.flush(), closed);
    await assert.rejects(session.rollback(), closed);
    await assert.rejects(session.execute(sql`delete from authors`), closed);
    await assert.rejects(async () => {
      for await (const _ of session.query(Author)) assert.fail();
    }, closed);
    assert.throws(() => session.add(new Author({ name: "x" })), closed);
    await assert.rejects(
      session.transaction(() => 1),
      closed,
    );
  });

  test("statements at the same time share the session's one transaction", async () => {
    const { db } = given();
    await db.session(async (session) => {
      await Promise.all([
        session.insert(Author).values({ name: "a" }).run(),
        session.insert(Author).values({ name: "b" }).run(),
        session.insert(Author).values({ name: "c" }).run(),
      ]);
      await session.commit();
    });
    assert.deepEqual((await names()).sort(), ["a", "b", "c"]);
  });

  test("a read-only transaction refuses to write", async () => {
    const { db } = given();
    await db.transaction((session) => session.query(Author).all(), { readOnly: true });
    await assert.rejects(
      db.transaction((session) => session.insert(Author).values({ name: "x" }).run(), { readOnly: true }),
      { code: "LMP_ORM_READ_ONLY" },
    );
    assert.equal(await countRows(db, "authors"), 0);
  });

  test("each isolation level is taken", async () => {
    const { db } = given();
    for (const isolation of ["read committed", "repeatable read", "serializable"] as const)
      await db.transaction((session) => session.insert(Author).values({ name: isolation }).run(), {
        isolation,
      });
    assert.equal(await countRows(db, "authors"), 3);
  });

  test("lost changes are reported", async () => {
    const { db } = given();
    await db.insert(Author).values({ name: "Ada" });
    const warnings: Error[] = [];
    const note = (warning: Error): void => {
      if (warning.name === "LimpidLostChanges") warnings.push(warning);
    };
    // Warnings of earlier tests are told on the next turn of the loop, and SQLite needs none.
    await new Promise((resolve) => setImmediate(resolve));
    process.on("warning", note);
    try {
      await db.session((session) => void session.add(new Author({ name: "lost" })));
      await db.session(async (session) => {
        (await session.query(Author).one()).name = "lost";
      });
      await db.session(async (session) => void (await session.insert(Author).values({ name: "lost" })));
      const failing = db.session((session) => {
        session.add(new Author({ name: "given up" }));
        throw new Error("stop");
      });
      await assert.rejects(failing, { message: "stop" });
      await db.session(async (session) => {
        session.add(new Author({ name: "kept" }));
        await session.commit();
        await session.query(Author).all();
      });
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      process.off("warning", note);
    }
    assert.deepEqual(
      warnings.map(({ name }) => name),
      ["LimpidLostChanges", "LimpidLostChanges", "LimpidLostChanges"],
    );
  });

  test("what was counted by a transaction that was rolled back is not given to anybody", async () => {
    const { db } = given();
    await db.session(async (session) => {
      const ada = new Author({ name: "Ada" });
      const [book] = ada.books.add({ title: "Notes" });
      session.add(ada);
      await session.flush();
      assert.equal(book?.authorId, ada.id);
      await session.rollback();
      assert.equal(ada.id, undefined);
    });
    assert.equal(await countRows(db, "authors"), 0);
    assert.equal(await db.query(Book).count(), 0);
  });
});
