/** A program that writes to a SQLite file: `writing-process.ts path name milliseconds pause`. Says each write it was told is done. */
import { writeSync } from "node:fs";
import { connectSqlite } from "../../../src/orm/driver/sqlite/connect-sqlite.ts";
import { change } from "./opened.ts";

const [path = "", name = "", duration = "1000", pace = "0"] = process.argv.slice(2);
const source = await connectSqlite(path, {});
const insert = change("INSERT INTO t (v) VALUES (?)");
writeSync(1, "ready\n");
const end = performance.now() + Number(duration);
for (let number = 0; performance.now() < end; number++) {
  const writer = await source.acquire("write");
  // Every other write is a transaction of two rows: both are there or none.
  if (number % 2 === 1) await source.begin(writer, {});
  await writer.write(insert, [`${name} ${number}`]);
  if (number % 2 === 1) {
    await writer.write(insert, [`${name} ${number} second`]);
    await writer.script("COMMIT");
  }
  source.release(writer);
  writeSync(1, `${name} ${number}\n`);
  await new Promise((resolve) => setTimeout(resolve, Number(pace) * Math.random() * 2));
}
await source.close();
