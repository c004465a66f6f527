/** Random units of work: after each commit, rollback and savepoint the database and the entities are as in a reference. */
import { test } from "node:test";
import { Random } from "../../http/threats/random.ts";
import { onDatabases } from "../databases.ts";
import { Actor } from "./actor.ts";
import { Book, BookTag, Desk, Leaf, shelf, Tag, Writer } from "./shelf.ts";

/** `LIMPID_RANDOM=3000` for a long run, `SEED=…` to repeat one. */
const given = process.env.LIMPID_RANDOM;
const runs = { sqlite: Number(given ?? 150), postgresql: Number(given ?? 25), mysql: Number(given ?? 20) };
const firstSeed = Number(process.env.SEED ?? 1);
const steps = 40;

onDatabases(
  shelf,
  (open) => {
    test("a session does what the reference does", {
      timeout: 60_000 + runs.sqlite * 1_000,
    }, async () => {
      const { db, dialect } = open();
      for (let seed = firstSeed; seed < firstSeed + runs[dialect]; seed += 1) {
        await db.update(Leaf).set({ parentId: null });
        for (const model of [BookTag, Desk, Book, Writer, Tag, Leaf]) await db.delete(model as typeof Leaf);
        await db.session(async (session) => {
          const actor = new Actor(db, session, new Random(seed));
          try {
            await actor.act(steps);
          } catch (error) {
            throw new Error(`SEED=${seed} LIMPID_RANDOM=1\n${actor.log.join("\n")}`, { cause: error });
          }
        });
      }
    });
  },
  { only: ["sqlite file", "postgresql", "mariadb"] },
);
