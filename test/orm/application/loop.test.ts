/** In development a query in a loop of a handler is reported, with the line of the handler that runs it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { database, queryRepeated, type RepeatedQuery, type Session } from "limpid/orm";
import { onDatabases } from "../databases.ts";
import { club, clubApp, Member, Team } from "./club.ts";
import { serve } from "./serve.ts";

/** A line for each database, because a line is reported once. */
const counts: Readonly<Record<string, (own: Session, id: number) => Promise<number>>> = {
  "sqlite memory": (own, id) => own.query(Member).filter(Member.teamId.eq(id)).count(),
  postgresql: async (own, id) => await own.query(Member).filter(Member.teamId.eq(id)).count(),
};

onDatabases(
  club,
  (given, name) => {
    test("class: N+1: a query in a loop names its line; relations that are walked make none", async (t) => {
      const { db, sent } = given();
      const teams = Array.from({ length: 12 }, (_, index) => ({ id: index + 1, name: `team ${index}` }));
      await db.insert(Team).values(teams);
      const found: RepeatedQuery[] = [];
      t.after(queryRepeated.listen((query) => void found.push(query)));
      const app = clubApp(db);
      const use = { use: [database(db)] } as const;
      app.get("/loop", use, async ({ db: own }) => {
        let members = 0;
        for (const { id } of await own.query(Team).all()) members += (await counts[name]?.(own, id)) ?? 0;
        return `${members}`;
      });
      app.get("/walk", use, async ({ db: own }) => {
        let members = 0;
        for (const team of await own.query(Team).all()) members += (await team.members).length;
        return `${members}`;
      });
      const url = await serve(t, app);
      sent.length = 0;
      assert.equal(await (await fetch(`${url}/walk`)).text(), "0");
      assert.equal(sent.length, 2);
      assert.equal(found.length, 0);
      assert.equal(await (await fetch(`${url}/loop`)).text(), "0");
      assert.equal(found.length, 1);
      assert.match(found[0]?.at ?? "", /application\/loop\.test\.ts:\d+:\d+$/);
      assert.match(found[0]?.sql ?? "", /members/);
    });
  },
  { only: ["sqlite memory", "postgresql"] },
);
