/** Values that are objects: what is changed in them in place is seen, and nothing else is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, customType, integer, json, model, numeric, real, timestamp } from "limpid/orm";
import { onDatabases } from "../databases.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

const point = customType<Point>({
  name: "point",
  sql: { sqlite: "TEXT", postgresql: "text", mysql: "varchar(100)" },
  encode: ({ x, y }) => `${x},${y}`,
  decode: (text) => {
    const [x = 0, y = 0] = String(text).split(",").map(Number);
    return { x, y };
  },
});

const Thing = model("things", {
  id: integer().primaryKey(),
  data: json<{ tags: string[]; deep?: { n: number } }>(),
  at: timestamp(),
  raw: bytes(),
  place: point(),
  maybe: point().nullable(),
  weight: real(),
  price: numeric(10, 2),
  money: numeric(10, 2).asNumber(),
});

const values = () => ({
  data: { tags: ["a"] },
  at: new Date("2026-01-02T03:04:05.678Z"),
  raw: new Uint8Array([1, 2, 255]),
  place: { x: 1, y: 2 },
  weight: 0.1,
  price: "12.30",
  money: 4.5,
});

onDatabases([Thing], (given) => {
  const update = (columns: string): RegExp => new RegExp(`^update .things. set ${columns} where `, "i");
  /** The updates that a change of the one row leads to. */
  const updatesAfter = async (change: (thing: InstanceType<typeof Thing>) => void): Promise<string[]> => {
    const { db, sent } = given();
    await db.insert(Thing).values(values());
    return db.session(async (session) => {
      const thing = await session.query(Thing).one();
      change(thing);
      sent.length = 0;
      await session.commit();
      return sent.filter((sql) => sql.startsWith("update"));
    });
  };
  const column = (name: string): string => `["\`]${name}["\`] = \\S+`;

  test("what was read and not changed is not written", async () => {
    assert.deepEqual(await updatesAfter(() => {}), []);
    const { db } = given();
    const thing = await db.query(Thing).one();
    assert.deepEqual({ ...thing }, { id: 1, ...values(), maybe: null });
  });

  test("values that are the same are not written, whichever object holds them", async () => {
    assert.deepEqual(await updatesAfter((thing) => Object.assign(thing, values())), []);
  });

  test("JSON that is changed in place is written", async () => {
    const [sql, ...more] = await updatesAfter((thing) => thing.data.tags.push("b"));
    assert.match(sql ?? "", update(column("data")));
    assert.deepEqual(more, []);
    assert.deepEqual((await given().db.query(Thing).one()).data, { tags: ["a", "b"] });
  });

  test("a Date that is changed in place is written", async () => {
    const [sql] = await updatesAfter((thing) => thing.at.setUTCFullYear(2030));
    assert.match(sql ?? "", update(column("at")));
    assert.deepEqual((await given().db.query(Thing).one()).at, new Date("2030-01-02T03:04:05.678Z"));
  });

  test("bytes that are changed in place are written", async () => {
    const [sql] = await updatesAfter((thing) => thing.raw.fill(7, 0, 1));
    assert.match(sql ?? "", update(column("raw")));
    assert.deepEqual((await given().db.query(Thing).one()).raw, new Uint8Array([7, 2, 255]));
  });

  test("a type of one's own is compared as it is encoded", async () => {
    const [sql] = await updatesAfter((thing) => {
      thing.place = { x: 1, y: 3 };
      thing.maybe = { x: 0, y: 0 };
    });
    assert.match(sql ?? "", update(`${column("place")}, ${column("maybe")}`));
    const thing = await given()
      .db.query(Thing)
      .filter(Thing.place.eq({ x: 1, y: 3 }))
      .one();
    assert.deepEqual(
      [thing.place, thing.maybe],
      [
        { x: 1, y: 3 },
        { x: 0, y: 0 },
      ],
    );
  });

  test("what was written is the new start: changes in place after a commit are seen too", async () => {
    const { db, sent } = given();
    await db.session(async (session) => {
      const thing = new Thing(values());
      session.add(thing);
      await session.commit();
      sent.length = 0;
      await session.commit();
      assert.deepEqual(sent, []);
      thing.data.tags.push("x");
      thing.at.setTime(5);
      thing.raw[0] = 9;
      await session.commit();
      thing.data.deep = { n: 1 };
      await session.commit();
      sent.length = 0;
      await session.commit();
      assert.deepEqual(sent, []);
    });
    const thing = await db.query(Thing).one();
    assert.deepEqual(
      [thing.data, thing.at, thing.raw],
      [{ tags: ["a", "x"], deep: { n: 1 } }, new Date(5), new Uint8Array([9, 2, 255])],
    );
  });

  test("a rollback gives back what was changed in place", async () => {
    const { db } = given();
    await db.insert(Thing).values(values());
    await db.session(async (session) => {
      const thing = await session.query(Thing).one();
      thing.data.tags.push("b");
      thing.at.setTime(0);
      thing.raw[0] = 0;
      thing.weight = 5;
      thing.place = { x: 9, y: 9 };
      await session.rollback();
      assert.deepEqual({ ...thing }, { id: 1, ...values(), maybe: null });
    });
  });
});
