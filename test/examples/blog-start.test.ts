/** The blog as a newcomer starts it: `limpid start`, talked to with curl's requests, stopped, killed and started again. */
import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { promisify } from "node:util";
import { databases, temporaryFolder } from "./databases.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const command = [
  "--conditions=source",
  join(root, "src/cli/bin.ts"),
  "start",
  join(root, "examples/blog/app.ts"),
  "--port",
  "0",
];

/** What Node has compiled for one process serves the next. */
const cache = join(root, ".examples/cache");

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly banner: string;
}

/** `database` is what `DATABASE_URL` says; undefined where it is not set. */
async function start(folder: string, database?: string): Promise<Started> {
  const { DATABASE_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, command, {
    cwd: folder,
    env: {
      ...env,
      ...(database && { DATABASE_URL: database }),
      NODE_ENV: "production",
      NODE_COMPILE_CACHE: cache,
    },
  });
  let output = "";
  child.stderr?.on("data", (chunk) => (output += chunk));
  for await (const line of createInterface({ input: child.stdout! })) {
    output += `${line}\n`;
    const url = /http:\/\/[^\s/]+:\d+/.exec(line)?.[0];
    if (url === undefined) continue;
    // Nobody reads on: a log that fills the pipe would hold the blog up.
    child.stdout?.resume();
    return { child, url, banner: output };
  }
  throw new Error(`The blog did not start:\n${output}`);
}

async function stop({ child }: Started): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const [code] = await exited;
  return code;
}

async function post(url: string, title: string): Promise<number> {
  const { status } = await fetch(`${url}/api/posts`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ title, body: "After a restart." }),
  });
  return status;
}

test("limpid start: the banner says where, the data is in the working folder and outlives a restart", async (context) => {
  const folder = await temporaryFolder(context);
  const first = await start(folder);
  context.after(() => first.child.kill("SIGKILL"));
  assert.match(first.banner, /http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):\d+/);
  await access(join(folder, "blog.db"));

  const page = await fetch(first.url);
  assert.equal(page.status, 200);
  assert.match(await page.text(), /What the tide table knows/);
  assert.equal(await post(first.url, "Still there"), 201);
  assert.equal(await stop(first), 0);

  const second = await start(folder);
  context.after(() => second.child.kill("SIGKILL"));
  const read = await fetch(`${second.url}/posts/still-there`);
  assert.equal(read.status, 200);
  assert.match(await read.text(), /After a restart\./);
  assert.equal(await stop(second), 0);
});

for (const { name, place, skip } of databases) {
  test(`two that start at once on ${name} share the first posts, and kill -9 loses nothing they answered`, {
    skip,
  }, async (context) => {
    const database = await place(context);
    const folder = await temporaryFolder(context);
    const both = await Promise.all([start(folder, database), start(folder, database)]);
    for (const { child } of both) context.after(() => child.kill("SIGKILL"));
    for (const { url } of both) {
      const { total } = (await (await fetch(`${url}/api/posts`)).json()) as { total: number };
      assert.equal(total, 7);
    }
    assert.equal((await readdir(folder)).includes("blog.db"), false);

    const written: string[] = [];
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let number = 0; ; number++) {
        const title = `w${writer}x${number}`;
        if ((await post(both[writer % 2 ? 0 : 1].url, title)) === 201) written.push(title);
      }
    });
    while (written.length < 50) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const { child } of both) child.kill("SIGKILL");
    await Promise.allSettled(writers);

    const next = await start(folder, database);
    context.after(() => next.child.kill("SIGKILL"));
    const answers = await Promise.all(written.map((title) => fetch(`${next.url}/api/posts/${title}`)));
    const lost = written.filter((_, index) => answers[index]?.status !== 200);
    assert.deepEqual(lost, []);
  });
}

test("a database that is not there keeps the blog from starting, and the reason is told", async (context) => {
  const folder = await temporaryFolder(context);
  await assert.rejects(start(folder, "postgres://nobody:secret@127.0.0.1:1/blog"), ({ message }: Error) => {
    assert.match(message, /LMP_ORM_CONNECT_FAILED/);
    assert.match(message, /The database at 127\.0\.0\.1:1\/blog cannot be reached\./);
    assert.match(message, /Start the server, or correct host and port/);
    assert.doesNotMatch(message, /secret/);
    return true;
  });
});

test("limpid routes lists the blog's routes and opens no database", async (context) => {
  const folder = await temporaryFolder(context);
  const args = [...command.slice(0, 2), "routes", join(root, "examples/blog/app.ts"), "--json"];
  const { stdout } = await run(process.execPath, args, { cwd: folder });
  const names = (JSON.parse(stdout) as { name?: string }[]).map(({ name }) => name);
  for (const name of ["post.list", "post.show", "comment.create", "api.post.show"])
    assert.ok(names.includes(name));
  assert.deepEqual(await readdir(folder), []);
});
