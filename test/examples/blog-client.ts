/** A blog of its own for one test, on a temporary file, and a client that talks to it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { type App, createLogger } from "limpid";
import { TestClient } from "limpid/testing";
import { createApp } from "../../examples/blog/create-app.ts";

/** Each suite of the blog runs both ways. */
export const modes = [
  { socket: false, mode: "in memory" },
  { socket: true, mode: "over a socket" },
] as const;

export interface BlogUnderTest {
  readonly app: App;
  readonly client: TestClient;
  /** The database's file. */
  readonly database: string;
  /** The folder for pictures that are uploaded. */
  readonly pictures: string;
}

/** Log lines are for people who run a blog, not for those who test it. */
export const silent = createLogger({ level: "silent" });

/** A folder that is gone after the test. */
export async function temporaryFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "limpid-blog-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A new blog with its first posts, and a client that wants pages as a browser does. */
export async function blog(context: TestContext, options: { socket: boolean }): Promise<BlogUnderTest> {
  const folder = await temporaryFolder(context);
  const database = join(folder, "blog.db");
  const pictures = join(folder, "pictures");
  const app = createApp({ database, pictures, log: silent });
  // What every browser sends with a form.
  const headers = { Accept: "text/html", Origin: "http://localhost" };
  const client = new TestClient(app, { socket: options.socket, headers });
  context.after(async () => {
    await client.close();
    await app.close();
  });
  return { app, client, database, pictures };
}
