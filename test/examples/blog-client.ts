/** A blog of its own for one test, on an empty database, and a client that talks to it. */
import { join } from "node:path";
import type { TestContext } from "node:test";
import { type App, createLogger } from "limpid";
import { TestClient } from "limpid/testing";
import { createApp } from "../../examples/blog/create-app.ts";
import { type BlogDatabase, mariadb, postgresql, sqlite, temporaryFolder } from "./databases.ts";

/** How a blog is reached, and where it keeps its posts. */
export interface Mode extends BlogDatabase {
  readonly socket: boolean;
}

const inMemory: Mode = { ...sqlite, name: "in memory", socket: false };

/** Each suite of the blog runs in all of these ways. */
export const modes: readonly Mode[] = [
  inMemory,
  { ...sqlite, name: "over a socket", socket: true },
  { ...postgresql, name: "on PostgreSQL", socket: false },
  { ...mariadb, name: "on MariaDB", socket: false },
];

export interface BlogUnderTest {
  readonly app: App;
  readonly client: TestClient;
  /** The address of the database. */
  readonly database: string;
  /** The folder for pictures that are uploaded. */
  readonly pictures: string;
}

/** Log lines are for people who run a blog, not for those who test it. */
export const silent = createLogger({ level: "silent" });

/** A new blog with its first posts, and a client that wants pages as a browser does. */
export async function blog(context: TestContext, mode: Mode = inMemory): Promise<BlogUnderTest> {
  const database = await mode.place(context);
  const pictures = join(await temporaryFolder(context), "pictures");
  const app = createApp({ database, pictures, log: silent });
  // What every browser sends with a form.
  const headers = { Accept: "text/html", Origin: "http://localhost" };
  const client = new TestClient(app, { socket: mode.socket, headers });
  context.after(async () => {
    await client.close();
    await app.close();
  });
  return { app, client, database, pictures };
}
