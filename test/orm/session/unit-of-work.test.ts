/** The unit of work: one entity a row, changes by column, inserts and deletes in an order that constraints permit. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { countRows, onDatabases } from "../databases.ts";
import { Author, Book, BookTag, Folder, library, Tag } from "./library.ts";

/** What a statement does, without its details: `insert authors`. */
function verbs(sent: readonly string[]): string[] {
  return sent.map((sql) => {
    const [, verb, table] = /^(insert into|update|delete from|select) .*?["`](\w+)["`]/s.exec(sql) ?? [];
    return verb === undefined ? sql : `${verb.split(" ")[0]} ${table}`;
  });
}

onDatabases(library, (given) => {
  test("a row is one entity, however often it is read", async () => {
    const { db } = given();
    await db.insert(Author).values([{ name: "Ada" }, { name: "Bob" }]);
    await db.session(async (session) => {
      const first = await session.query(Author).filter(Author.name.eq("Ada")).one();
      const [again, other] = await session.query(Author).orderBy(Author.id).all();
      assert.equal(again, first);
      assert.notEqual(other, first);
      assert.equal(await session.get(Author, first.id), first);
      assert.equal(await session.query(Author).filter(Author.id.eq(1)).first(), first);
    });
    await db.session(async (one) =>
      db.session(async (other) => assert.notEqual(await one.get(Author, 1), await other.get(Author, 1))),
    );
    assert.notEqual(await db.query(Author).first(), await db.query(Author).first());
  });

  test("get asks the database once, and gives undefined for a key that is not there", async () => {
    const { db, sent } = given();
    await db.insert(Author).values({ name: "Ada" });
    await db.session(async (session) => {
      const ada = await session.get(Author, 1);
      sent.length = 0;
      assert.equal(await session.get(Author, 1), ada);
      assert.deepEqual(sent, []);
      assert.equal(await session.get(Author, 99), undefined);
    });
  });

  test("a change of one column sends one column", async () => {
    const { db, sent, dialect } = given();
    await db.insert(Author).values({ name: "Ada", email: "ada@example.com" });
    await db.session(async (session) => {
      const ada = await session.query(Author).one();
      ada.email = "countess@example.com";
      sent.length = 0;
      await session.commit();
      const expected = {
        sqlite: 'update "authors" set "email" = ? where "authors"."id" = ?',
        postgresql: 'update "authors" set "email" = $1 where "authors"."id" = $2',
        mysql: "update `authors` set `email` = ? where `authors`.`id` = ?",
      };
      assert.deepEqual(sent, [expected[dialect]]);
      sent.length = 0;
      ada.name = "Augusta";
      ada.name = "Ada";
      await session.commit();
      assert.deepEqual(sent, [], "what was changed back is not written");
    });
  });

  test("rows are inserted in the order in which they refer to each other, and deleted the other way", async () => {
    const { db, sent } = given();
    await db.session(async (session) => {
      const ada = new Author({ name: "Ada" });
      const bob = new Author({ name: "Bob" });
      const [notes] = ada.books.add({ title: "Notes" });
      assert.ok(notes);
      notes.tags.add({ name: "maths" });
      session.add(ada, bob);
      sent.length = 0;
      await session.commit();
      assert.deepEqual(
        [...new Set(verbs(sent).filter((verb) => verb.startsWith("insert")))],
        ["insert authors", "insert books", "insert tags", "insert book_tags"].sort(
          (a, b) => verbs(sent).indexOf(a) - verbs(sent).indexOf(b),
        ),
      );
      const order = verbs(sent);
      assert.ok(order.indexOf("insert authors") < order.indexOf("insert books"));
      assert.ok(order.indexOf("insert books") < order.indexOf("insert book_tags"));
      assert.ok(order.indexOf("insert tags") < order.indexOf("insert book_tags"));
      assert.equal(notes.authorId, ada.id);
      sent.length = 0;
      session.delete(ada, notes, ...(await notes.tags), ...(await session.query(BookTag).all()));
      sent.length = 0;
      await session.commit();
      const deletes = verbs(sent).filter((verb) => verb.startsWith("delete"));
      assert.ok(deletes.indexOf("delete book_tags") < deletes.indexOf("delete books"));
      assert.ok(deletes.indexOf("delete books") < deletes.indexOf("delete authors"));
    });
    assert.equal(await countRows(db, "authors"), 1);
    assert.equal(await countRows(db, "books"), 0);
    assert.equal(await countRows(db, "tags"), 0);
  });

  test("a circle of references is closed by an update where a column may be null", async () => {
    const { db, sent } = given();
    await db.session(async (session) => {
      const ada = new Author({ name: "Ada" });
      const [notes] = ada.books.add({ title: "Notes" });
      assert.ok(notes);
      ada.favourite.set(notes);
      session.add(ada);
      await session.commit();
      assert.equal(ada.favouriteId, notes.id);
      const order = verbs(sent);
      assert.ok(order.indexOf("insert books") < order.indexOf("update authors"));
    });
    const ada = await db.query(Author).one();
    assert.equal(ada.favouriteId, (await db.query(Book).one()).id);
  });

  test("a tree is inserted from its root, in whatever order it is added", async () => {
    const { db } = given();
    await db.session(async (session) => {
      const root = new Folder({ name: "root" });
      session.add(root);
      await session.flush();
      const child = new Folder({ name: "child", parentId: root.id });
      session.add(child);
      await session.commit();
    });
    const [root, child] = await db.query(Folder).orderBy(Folder.id).all();
    assert.equal(child?.parentId, root?.id);
  });

  test("a hundred new rows of one table are few statements, each with its key", async () => {
    const { db, sent, dialect } = given();
    await db.session(async (session) => {
      const authors = Array.from({ length: 100 }, (_, index) => new Author({ name: `a${index}` }));
      session.add(...authors);
      sent.length = 0;
      await session.commit();
      const inserts = sent.filter((sql) => sql.startsWith("insert"));
      if (dialect !== "sqlite") assert.ok(inserts.length <= 7, String(inserts.length));
      const rows = await db.query(Author).all();
      const names = new Map(rows.map(({ id, name }) => [id, name]));
      for (const { id, name } of authors) assert.equal(names.get(id), name);
    });
  });

  test("rows with and without a key of their own go together", async () => {
    const { db } = given();
    await db.session(async (session) => {
      const [first, second, third] = [
        new Author({ name: "a" }),
        new Author({ id: 500, name: "b" }),
        new Author({ name: "c", email: "c@example.com" }),
      ];
      session.add(first, second, third);
      await session.commit();
      assert.equal(second.id, 500);
      assert.equal(new Set([first.id, second.id, third.id]).size, 3);
      assert.equal(await session.get(Author, 500), second);
      assert.equal((await db.query(Author).filter(Author.id.eq(third.id)).one()).name, "c");
    });
  });

  test("a hundred rows are deleted by one statement", async () => {
    const { db, sent } = given();
    await db.insert(Author).values(Array.from({ length: 100 }, (_, index) => ({ name: `a${index}` })));
    await db.session(async (session) => {
      session.delete(...(await session.query(Author).all()));
      sent.length = 0;
      await session.commit();
      assert.equal(sent.filter((sql) => sql.startsWith("delete")).length, 1);
    });
    assert.equal(await countRows(db, "authors"), 0);
  });

  test("what is added and deleted again, or deleted and added again, is as it was", async () => {
    const { db, sent } = given();
    await db.insert(Author).values({ name: "Ada" });
    await db.session(async (session) => {
      const bob = new Author({ name: "Bob" });
      session.add(bob);
      session.delete(bob);
      const ada = await session.query(Author).one();
      session.delete(ada);
      session.add(ada);
      sent.length = 0;
      await session.commit();
      assert.deepEqual(sent, []);
      ada.name = "Augusta";
      await session.commit();
    });
    assert.equal((await db.query(Author).one()).name, "Augusta");
  });

  test("a deleted row is not there any more; its entity can be added anew", async () => {
    const { db } = given();
    await db.insert(Author).values({ name: "Ada" });
    await db.session(async (session) => {
      const ada = await session.query(Author).one();
      session.delete(ada);
      await session.commit();
      assert.equal(await session.get(Author, ada.id), undefined);
      session.add(ada);
      await session.commit();
      assert.equal((await db.query(Author).one()).name, "Ada");
    });
  });

  test("somebody else's change in between: LMP_ORM_STALE, and nothing is written", async () => {
    const { db } = given();
    await db.insert(Author).values({ name: "Ada" });
    await db.insert(Book).values({ authorId: 1, title: "Notes" });
    await db.session(async (one) => {
      const mine = await one.query(Book).one();
      await db.session(async (other) => {
        (await other.query(Book).one()).title = "Theirs";
        await other.commit();
      });
      mine.title = "Mine";
      await assert.rejects(one.commit(), { code: "LMP_ORM_STALE", status: 409 });
      assert.equal(mine.title, "Mine", "the entity stays as it is");
      await one.refresh(mine);
      assert.deepEqual([mine.title, mine.version], ["Theirs", 2]);
      mine.title = "Both";
      await one.commit();
      assert.equal(mine.version, 3);
    });
    assert.equal((await db.query(Book).one()).title, "Both");
  });

  test("a stale row is not deleted either", async () => {
    const { db } = given();
    await db.insert(Author).values({ name: "Ada" });
    await db.insert(Book).values({ authorId: 1, title: "Notes" });
    await db.session(async (session) => {
      const mine = await session.query(Book).one();
      await db.update(Book).set({ title: "Theirs" });
      session.delete(mine);
      await assert.rejects(session.commit(), { code: "LMP_ORM_STALE" });
      await session.rollback();
    });
    assert.equal(await countRows(db, "books"), 1);
  });

  test("refresh reads anew, and says where the row is gone", async () => {
    const { db } = given();
    await db.insert(Author).values({ name: "Ada" });
    await db.session(async (session) => {
      const ada = await session.query(Author).one();
      ada.name = "changed";
      assert.equal(await session.refresh(ada), ada);
      assert.equal(ada.name, "Ada");
      await db.delete(Author);
      await assert.rejects(session.refresh(ada), { code: "LMP_ORM_NOT_FOUND", status: 404 });
    });
  });

  test("merge brings values from elsewhere into the row, or into a new one", async () => {
    const { db } = given();
    await db.insert(Author).values({ name: "Ada", email: "ada@example.com" });
    const detached = await db.query(Author).one();
    detached.name = "Augusta";
    await db.session(async (session) => {
      const merged = await session.merge(detached);
      assert.notEqual(merged, detached);
      assert.equal(await session.get(Author, 1), merged);
      const created = await session.merge(new Author({ name: "Bob" }));
      await session.commit();
      assert.equal(typeof created.id, "number");
    });
    assert.deepEqual(
      (await db.query(Author).orderBy(Author.id).all()).map(({ name, email }) => [name, email]),
      [
        ["Augusta", "ada@example.com"],
        ["Bob", null],
      ],
    );
  });

  test("an entity belongs to one session", async () => {
    const { db } = given();
    await db.insert(Author).values({ name: "Ada" });
    await db.session(async (one) => {
      const ada = await one.query(Author).one();
      await db.session(async (other) => {
        assert.throws(() => other.add(ada), { code: "LMP_ORM_ENTITY_INVALID" });
        assert.throws(() => other.delete(ada), { code: "LMP_ORM_ENTITY_INVALID" });
      });
      assert.throws(() => one.delete(new Author({ name: "x" })), { code: "LMP_ORM_ENTITY_INVALID" });
      assert.throws(() => one.add({ name: "x" }), { code: "LMP_ORM_ENTITY_INVALID" });
      assert.throws(() => one.add(null as never), { code: "LMP_ORM_ENTITY_INVALID" });
    });
  });

  test("the rows that a write by query gives are entities of the session", async () => {
    const { db, dialect } = given();
    if (dialect === "mysql") return;
    await db.session(async (session) => {
      const [ada] = await session.insert(Author).values({ name: "Ada" }).returning();
      assert.ok(ada);
      assert.equal(await session.get(Author, ada.id), ada);
      ada.name = "Augusta";
      await session.commit();
    });
    assert.equal((await db.query(Author).one()).name, "Augusta");
  });

  test("tags that are there already are shared", async () => {
    const { db } = given();
    await db.session(async (session) => {
      const ada = new Author({ name: "Ada" });
      const tag = new Tag({ name: "maths" });
      session.add(ada, tag);
      for (const title of ["One", "Two"]) ada.books.add({ title })[0]?.tags.add(tag);
      await session.commit();
    });
    assert.equal(await countRows(db, "tags"), 1);
    assert.equal(await countRows(db, "book_tags"), 2);
  });
});
