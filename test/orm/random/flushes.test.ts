/** What random units of work have shown to go wrong, one by one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Session, UniqueViolation } from "limpid/orm";
import { countRows, onDatabases } from "../databases.ts";
import { Book, Leaf, shelf, Tag, Writer } from "./shelf.ts";

onDatabases(
  shelf,
  (given) => {
    /** A commit that a broken constraint refuses, and whatever makes it right again. */
    const refused = async (session: Session): Promise<() => void> => {
      const taken = new Writer({ name: "taken", email: "a@x" });
      session.add(taken);
      await assert.rejects(session.commit(), UniqueViolation);
      return () => {
        taken.email = null;
      };
    };

    test("a row that is there refers to a new one, by one commit", async () => {
      const { db } = given();
      await db.insert(Book).values([{ title: "Tides" }, { title: "Moons" }]);
      await db.session(async (session) => {
        const [tides, moons] = await session.query(Book).orderBy(Book.id).all();
        assert.ok(tides && moons);
        const ada = new Writer({ name: "Ada" });
        tides.writer.set(ada);
        ada.books.add(moons);
        session.add(ada);
        await session.commit();
        assert.deepEqual(
          (await db.query(Book).all()).map(({ writerId }) => writerId),
          [ada.id, ada.id],
        );
      });
    });

    test("what was flushed and then rolled back by a commit that failed is written by the next one", async () => {
      const { db } = given();
      await db.insert(Writer).values({ name: "first", email: "a@x" });
      await db.insert(Tag).values([
        { code: "a", label: "A" },
        { code: "b", label: "B" },
      ]);
      await db.session(async (session) => {
        const [a, b] = await session.query(Tag).orderBy(Tag.code).all();
        assert.ok(a && b);
        const old = new Book({ title: "old" });
        session.add(old);
        old.tags.add(a, { weight: 1 });
        old.tags.add(b, { weight: 2 });
        await session.commit();
        const [ada, bob] = [new Writer({ name: "Ada" }), new Writer({ name: "Bob" })];
        const [tides, moons] = [new Book({ title: "Tides" }), new Book({ title: "Moons" })];
        tides.writer.set(ada);
        session.add(tides);
        old.tags.remove(a);
        await session.flush();
        moons.writer.set(bob);
        session.add(moons);
        old.tags.remove(b);
        await session.flush();
        // The key that this is related by will be another one.
        tides.tags.add(a, { weight: 3 });
        old.writer.set(bob);
        const mend = await refused(session);
        assert.deepEqual([ada.id, bob.id, tides.id], [undefined, undefined, undefined]);
        mend();
        await session.commit();
        assert.deepEqual([tides.writerId, moons.writerId, old.writerId], [ada.id, bob.id, bob.id]);
        assert.equal(await countRows(db, "book_tags"), 1);
        assert.deepEqual(
          (await tides.tags.links()).map(({ weight }) => weight),
          [3],
        );
      });
      const books = await db.query(Book).include("writer").orderBy(Book.title).all();
      assert.deepEqual(
        books.map(({ title, writer }) => [title, writer.loaded?.name]),
        [
          ["Moons", "Bob"],
          ["Tides", "Ada"],
          ["old", "Bob"],
        ],
      );
    });

    test("a new row that was to go is gone after a commit that failed", async () => {
      const { db } = given();
      await db.insert(Writer).values({ name: "first", email: "a@x" });
      await db.session(async (session) => {
        const tag = new Tag({ code: "a", label: "first" });
        session.add(tag);
        await session.flush();
        session.delete(tag);
        await session.flush();
        session.add(new Tag({ code: "a", label: "second" }));
        (await refused(session))();
        await session.commit();
      });
      assert.deepEqual(
        (await db.query(Tag).all()).map(({ label }) => label),
        ["second"],
      );
    });

    test("a refused change leaves the version as it was", async () => {
      const { db } = given();
      await db.insert(Writer).values({ name: "first", email: "a@x" });
      await db.insert(Book).values({ title: "Tides" });
      await db.session(async (session) => {
        const tides = await session.query(Book).one();
        tides.writerId = 9999;
        await assert.rejects(session.commit(), { name: "ForeignKeyViolation" });
        assert.equal(tides.version, 1);
        const other = new Tag({ code: "a", label: "A" });
        session.add(other);
        await assert.rejects(session.commit(), { name: "ForeignKeyViolation" });
        assert.equal(tides.version, 1);
        tides.writerId = null;
        await session.commit();
        assert.deepEqual([tides.version, (await db.query(Book).one()).version], [1, 1]);
      });
    });

    test("rows that refer to each other within a table are deleted together, and inserted in any order", async () => {
      const { db, dialect } = given();
      await db.session(async (session) => {
        session.add(new Leaf({ id: 3, parentId: 2, name: "c" }), new Leaf({ id: 2, parentId: 1, name: "b" }));
        session.add(new Leaf({ id: 1, name: "a" }));
        // MariaDB never deletes a row that refers to itself.
        if (dialect !== "mysql") session.add(new Leaf({ id: 4, parentId: 4, name: "its own" }));
        await session.commit();
        session.delete(...(await session.query(Leaf).orderBy(Leaf.id).all()));
        await session.commit();
      });
      assert.equal(await countRows(db, "leaves"), 0);
    });

    test("rollback takes back the changes of what was to be deleted", async () => {
      const { db } = given();
      await db.insert(Tag).values({ code: "a", label: "A" });
      await db.session(async (session) => {
        const tag = await session.query(Tag).one();
        tag.label = "changed";
        session.delete(tag);
        await session.rollback();
        assert.equal(tag.label, "A");
        await session.commit();
      });
      assert.equal((await db.query(Tag).one()).label, "A");
    });

    test("refresh loses a reference that was not written", async () => {
      const { db } = given();
      await db.insert(Book).values({ title: "Tides" });
      await db.session(async (session) => {
        const tides = await session.query(Book).one();
        tides.writer.set(new Writer({ name: "Ada" }));
        await session.refresh(tides);
        await session.commit();
        assert.equal(tides.writerId, null);
      });
      assert.equal((await db.query(Book).one()).writerId, null);
    });

    test("merge brings over what was given, and refuses an old version", async () => {
      const { db } = given();
      await db.insert(Writer).values({ name: "Ada", email: "a@x", mood: { n: 7 } });
      await db.insert(Book).values({ title: "Tides" });
      await db.session(async (session) => {
        await session.merge(new Writer({ id: 1, name: "Augusta" }));
        await session.merge(new Book({ id: 1, title: "Moons" }));
        await session.commit();
      });
      const { email, mood, name } = await db.query(Writer).one();
      assert.deepEqual({ name, email, mood }, { name: "Augusta", email: "a@x", mood: { n: 7 } });
      const seen = await db.query(Book).one();
      assert.deepEqual([seen.title, seen.version], ["Moons", 2]);
      await db.update(Book).set({ title: "somebody else's" });
      seen.title = "mine";
      await db.session((session) =>
        assert.rejects(session.merge(seen), { code: "LMP_ORM_STALE", status: 409 }),
      );
      const form = new Book({ id: 1, title: "mine", version: 2 });
      await db.session((session) => assert.rejects(session.merge(form), { code: "LMP_ORM_STALE" }));
      await db.session(async (session) => {
        await session.merge(new Writer({ id: 1, name: "Ada", email: null }));
        await session.commit();
      });
      assert.equal((await db.query(Writer).one()).email, null);
    });
  },
  { only: ["sqlite file", "postgresql", "mariadb"] },
);
