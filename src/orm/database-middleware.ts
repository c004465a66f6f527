/** `request.db`: a session for each request that asks for one. */
import { ServiceUnavailableError } from "../errors/index.ts";
import type { Middleware } from "../middleware/index.ts";
import type { Database } from "./database.ts";
import type { Session } from "./session/session.ts";

/**
 * Middleware that gives every request a session as `request.db`. It is opened when it is first used. When the response
 * is made, what has not been committed is rolled back; a response that is streamed can still read.
 *
 * A database that is opened when the application starts is given as a function: `database(() => db)`. While that returns
 * none, using `request.db` throws `LMP_ORM_POOL_CLOSED` (503).
 *
 * @example
 * ```ts
 * import { App } from "limpid";
 * import { Database, database, integer, model, sql, varchar } from "limpid/orm";
 *
 * const User = model("users", { id: integer().primaryKey(), name: varchar(50) });
 * const db = await Database.connect("sqlite::memory:");
 * await db.execute(sql`create table users (id integer primary key, name text not null) strict`);
 *
 * const app = new App();
 * app.use(database(db));
 * app.get("/users", { use: [database(db)] }, ({ db }) => db.query(User).all());
 * const response = await app.fetch(new Request("http://localhost/users"));
 * console.log(await response.text()); // []
 * await db.close();
 * ```
 */
export function database(db: Database | (() => Database | undefined)): Middleware<{ db: Session }> {
  const opened = (): Database => (typeof db === "function" ? db() : db) ?? notOpen();
  return function databaseSession(request, next) {
    let session: Session | undefined;
    const open = (): Session => (session ??= opened().openSession());
    Object.defineProperty(request, "db", { get: open, configurable: true, enumerable: true });
    const end = <Result>(response: Result): Result | Promise<Result> =>
      session === undefined ? response : session.close({ stillReads: true }).then(() => response);
    const fail = async (error: unknown): Promise<never> => {
      await session?.close({ failed: true });
      throw error;
    };
    try {
      const response = next();
      return response instanceof Promise ? response.then(end, fail) : end(response);
    } catch (error) {
      if (session === undefined) throw error;
      return fail(error);
    }
  };
}

function notOpen(): never {
  throw new ServiceUnavailableError("The database is not open.", {
    code: "LMP_ORM_POOL_CLOSED",
    expected: "a database that was opened before the first request",
    found: "none",
    fix: "Open it when the application starts: app.onStart(async () => { db = await Database.connect(url); })",
  });
}
