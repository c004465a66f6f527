/** a process that is killed inside of a migration leaves a database that the next run repairs. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, test } from "node:test";
import { migrate } from "../../../src/orm/migrations/migrate.ts";
import { rollback } from "../../../src/orm/migrations/rollback.ts";
import type { DialectName } from "../../../src/orm/model/column-type.ts";
import { dialects, folderWith, type OpenDatabase, openDatabase, unreachable } from "./databases.ts";
import { watched } from "./interrupting.ts";
import { chain } from "./sections.ts";

/** Every moment with KILLS=all; otherwise some of them, because each is a process. */
const every = process.env.KILLS === "all" ? 1 : undefined;
const SOME = 3;
const program = join(import.meta.dirname, "interrupting.ts");

const files = chain({
  "1-made": {
    up: `CREATE TABLE a (id integer PRIMARY KEY, n integer);
INSERT INTO a (id, n) VALUES (1, 0), (2, 0);
UPDATE a SET n = n + 1;
ALTER TABLE a ADD m integer;
CREATE INDEX a_n_idx ON a (n);`,
    down: "-- loses: table a\nDROP TABLE a;",
  },
});

function start(...words: string[]) {
  const flags = ["--conditions=source", program, ...words];
  return spawn(process.execPath, flags, { stdio: ["ignore", "pipe", "inherit"] });
}

async function killedAt(url: string, folder: string, work: string, at: number): Promise<void> {
  const child = start(url, folder, work, String(at));
  child.stdout.resume();
  const [, signal] = await once(child, "close");
  assert.equal(signal, "SIGKILL", `the process lived beyond moment ${at}`);
}

/** How many moments a run has. */
async function momentsOf(work: "up" | "down", { source }: OpenDatabase, folder: string): Promise<number> {
  let moments = 0;
  const counted = watched(source, () => void moments++);
  await (work === "up" ? migrate(counted, { folder }) : rollback(counted, { folder, allowDataLoss: true }));
  return moments;
}

function sample(moments: number): number[] {
  const step = every ?? Math.max(1, Math.ceil(moments / SOME));
  const first = 1 + Math.floor(Math.random() * step);
  return Array.from({ length: Math.floor((moments - first) / step) + 1 }, (_, index) => first + index * step);
}

async function contents({ rows }: OpenDatabase): Promise<unknown[][]> {
  return (await rows("SELECT id, n, m FROM a ORDER BY id")).map((row) =>
    row.map((one) => (one === null ? null : Number(one))),
  );
}

for (const dialect of dialects) {
  describe(dialect, { skip: await unreachable(dialect) }, () => {
    test("R-09: killed at any moment of migrate or rollback, the next run carries it through", async (t) => {
      const database = await openDatabase(t, dialect);
      const folder = await folderWith(t, files);
      // The first run makes the table of the history; those that count do not.
      await momentsOf("up", database, folder);
      await momentsOf("down", database, folder);
      const up = await momentsOf("up", database, folder);
      const down = await momentsOf("down", database, folder);
      for (const at of sample(up)) {
        await killedAt(database.url, folder, "up", at);
        await migrate(database.source, { folder });
        assert.deepEqual(
          await contents(database),
          [
            [1, 1, null],
            [2, 1, null],
          ],
          `killed at moment ${at} of ${up}`,
        );
        await rollback(database.source, { folder, allowDataLoss: true });
      }
      for (const at of sample(down)) {
        await migrate(database.source, { folder });
        await killedAt(database.url, folder, "down", at);
        await migrate(database.source, { folder, allowDataLoss: true });
        assert.deepEqual(
          await contents(database),
          [
            [1, 1, null],
            [2, 1, null],
          ],
          `killed at moment ${at} of ${down}`,
        );
        await rollback(database.source, { folder, allowDataLoss: true });
      }
    });

    test("R-09: killed inside of a statement that runs long, the next run carries it through", async (t) => {
      const database = await openDatabase(t, dialect);
      const folder = await folderWith(
        t,
        chain({
          "1-a": {
            up: `CREATE TABLE a (id integer, n integer, m integer);\nINSERT INTO a (id) ${slow[dialect]};`,
          },
        }),
      );
      const child = start(database.url, folder, "up", "0");
      let out = "";
      for await (const text of child.stdout) {
        out += text;
        // The second step has begun.
        if (out.split("step\n").length === 3) break;
      }
      setTimeout(() => child.kill("SIGKILL"), 100);
      await once(child, "exit");
      await migrate(database.source, { folder, lockTimeout: 20_000 });
      assert.deepEqual(await contents(database), [[1, null, null]]);
    });

    test("of two processes that migrate at once, one does the work and the other waits", async (t) => {
      const database = await openDatabase(t, dialect);
      const folder = await folderWith(t, files);
      const children = [start(database.url, folder, "up", "0"), start(database.url, folder, "up", "0")];
      const outs = await Promise.all(
        children.map(async (child) => {
          let out = "";
          for await (const text of child.stdout) out += text;
          return out;
        }),
      );
      const applied = outs.filter((out) => out.includes("end\n"));
      assert.equal(applied.length, 1, JSON.stringify(outs));
      assert.deepEqual(await contents(database), [
        [1, 1, null],
        [2, 1, null],
      ]);
    });
  });
}

/** One row, after about a second. */
const slow: Readonly<Record<DialectName, string>> = {
  sqlite:
    "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 3000000) SELECT 1 FROM c WHERE x = 3000000",
  postgresql: "SELECT 1 FROM (SELECT pg_sleep(1)) AS wait",
  mysql: "SELECT 1 + SLEEP(1)",
};
