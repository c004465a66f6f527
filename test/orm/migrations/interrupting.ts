/** A database whose process ends by SIGKILL at a chosen moment: before or after the n-th thing it asks the database. */
import type { ConnectionSource, DriverConnection } from "../../../src/orm/driver/driver.ts";
import { migrate } from "../../../src/orm/migrations/migrate.ts";
import { rollback } from "../../../src/orm/migrations/rollback.ts";
import { connect } from "./databases.ts";

/** The source, with `moment` called before and after everything that is asked. */
export function watched(source: ConnectionSource, moment: () => void): ConnectionSource {
  const originals = new Map<DriverConnection, DriverConnection>();
  const around = async <Result>(work: () => Result | Promise<Result>): Promise<Result> => {
    moment();
    const result = await work();
    moment();
    return result;
  };
  return {
    dialect: source.dialect,
    acquire: async (intent) => {
      const original = await source.acquire(intent);
      const connection: DriverConnection = {
        rows: (statement, values) => around(() => original.rows(statement, values)),
        row: (statement, values) => around(() => original.row(statement, values)),
        write: (statement, values) => around(() => original.write(statement, values)),
        script: (sql) => around(() => original.script(sql)),
        stream: (statement, values, size) => original.stream(statement, values, size),
        get usable() {
          return original.usable;
        },
      };
      originals.set(connection, original);
      return connection;
    },
    release: (connection, broken) => source.release(originals.get(connection) ?? connection, broken),
    begin: (connection, options) => source.begin(originals.get(connection) ?? connection, options),
    status: () => source.status(),
    close: (grace) => source.close(grace),
  };
}

if (process.argv[1] === import.meta.filename) {
  const [url = "", folder = "", work = "", at = ""] = process.argv.slice(2);
  let moments = 0;
  const source = watched(await connect(url), () => {
    if (++moments === Number(at)) process.kill(process.pid, "SIGKILL");
  });
  process.stdout.write("ready\n");
  const onEvent = ({ kind }: { kind: string }): void => void process.stdout.write(`${kind}\n`);
  if (work === "up") await migrate(source, { folder, lockTimeout: 20_000, onEvent });
  else await rollback(source, { folder, allowDataLoss: true, onEvent });
  await source.close(0);
}
