/** What an application does with its database: sessions, transactions, streams, relations. */
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { LimpidError } from "limpid/errors";
import { belongsTo, type Database, hasMany, integer, model, type Session, sql, varchar } from "limpid/orm";
import type { Random } from "../../http/threats/random.ts";

export const Parent = model(
  "parents",
  { id: integer().primaryKey(), token: varchar(20).unique(), children: integer() },
  {
    get kids() {
      return hasMany(Kid, "parentId");
    },
  },
);

export const Kid = model(
  "kids",
  {
    id: integer().primaryKey(),
    parentId: integer().references(() => Parent.id),
    name: varchar(30),
  },
  {
    get parent() {
      return belongsTo(Parent, "parentId");
    },
  },
);

/** Rows that are there from the beginning, and that nobody changes. */
export const fixed = 400;
/** Something an application does. It says which tokens it has committed. */
type Work = (db: Database, token: string, random: Random) => Promise<void>;

/** A new parent with so many children. */
export function family(token: string, size: number): InstanceType<typeof Parent> {
  const parent = new Parent({ token, children: size });
  for (let index = 0; index < size; index++) parent.kids.add({ name: `${token} ${index}` });
  return parent;
}

/** Writes a parent with some children, and commits. */
export async function committed(session: Session, token: string, random: Random): Promise<void> {
  session.add(family(token, random.between(1, 5)));
  await session.commit();
}

export const writing: Readonly<Record<string, Work>> = {
  session: (db, token, random) => db.session((session) => committed(session, token, random)),
  transaction: (db, token, random) =>
    db.transaction(async (session) => {
      session.add(family(token, 2));
      await session.flush();
      await pause(random.below(10));
      const inner = session.transaction(async () => {
        session.add(family(`${token} inner`, 1));
        await session.flush();
        throw new Error("taken back");
      });
      await inner.catch((error: unknown) => {
        if (error instanceof LimpidError) throw error;
      });
    }),
  insert: async (db, token) => {
    const id = Math.floor(Math.random() * 1e9) + 1_000;
    await db.transaction(async (session) => {
      await session.insert(Parent).values({ id, token, children: 30 });
      const rows = Array.from({ length: 30 }, (_, index) => ({ parentId: id, name: `${token} ${index}` }));
      await session.insert(Kid).values(rows);
    });
  },
  "two sessions": async (db, token, random) => {
    await db.session(async (session) => {
      await session.query(Parent).limit(10).all();
      await committed(session, token, random);
    });
  },
};

const reading: Readonly<Record<string, Work>> = {
  stream: async (db, _token, random) => {
    let rows = 0;
    for await (const { id } of db.query(Parent).filter(Parent.id.lte(fixed)).stream({ size: 20 })) {
      rows += id > 0 ? 1 : 0;
      if (random.oneIn(60)) await pause(2);
    }
    assert.equal(rows, fixed, "a stream ended early without an error");
  },
  "a stream that is left": async (db, _token, random) => {
    let rows = random.between(1, 80);
    for await (const _ of db.query(Parent).stream({ size: 10 })) if (--rows === 0) break;
  },
  "a stream in a transaction": (db) =>
    db.transaction(async (session) => {
      let rows = 0;
      for await (const _ of session.query(Parent).filter(Parent.id.lte(fixed)).stream({ size: 50 }))
        rows += 1;
      assert.equal(rows, fixed);
    }),
  relations: async (db) => {
    const parents = await db.query(Parent).filter(Parent.id.lte(50)).all();
    for (const parent of parents) assert.equal((await parent.kids).length, parent.children);
  },
  include: async (db) => {
    const kids = await db.query(Kid).filter(Kid.parentId.lte(50)).include("parent").all();
    assert.ok(kids.every(({ parent }) => parent.loaded !== undefined));
  },
  "a slow query": async (db) => {
    const slow = db.dialect === "postgresql" ? sql`select pg_sleep(0.05)` : sql`select sleep(0.05)`;
    await db.rows(slow);
  },
  "at the same time": async (db) => {
    const counts = await Promise.all(
      Array.from({ length: 8 }, () => db.query(Parent).filter(Parent.id.lte(fixed)).count()),
    );
    assert.deepEqual([...new Set(counts)], [fixed]);
  },
};

/** All of them by name. */
export const works = Object.entries({ ...writing, ...reading });
