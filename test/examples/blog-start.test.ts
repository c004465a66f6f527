/** The blog as a newcomer starts it: `limpid start`, talked to with curl's requests, stopped and started again. */
import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { promisify } from "node:util";
import { temporaryFolder } from "./blog-client.ts";

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

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly banner: string;
}

async function start(folder: string): Promise<Started> {
  const child = spawn(process.execPath, command, {
    cwd: folder,
    env: { ...process.env, NODE_ENV: "production" },
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

test("limpid start: the banner says where, the data is in the working folder and outlives a restart", async (context) => {
  const folder = await temporaryFolder(context);
  const first = await start(folder);
  context.after(() => first.child.kill("SIGKILL"));
  assert.match(first.banner, /http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):\d+/);
  await access(join(folder, "blog.db"));

  const page = await fetch(first.url);
  assert.equal(page.status, 200);
  assert.match(await page.text(), /What the tide table knows/);
  const created = await fetch(`${first.url}/api/posts`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ title: "Still there", body: "After a restart." }),
  });
  assert.equal(created.status, 201);
  assert.equal(await stop(first), 0);

  const second = await start(folder);
  context.after(() => second.child.kill("SIGKILL"));
  const post = await fetch(`${second.url}/posts/still-there`);
  assert.equal(post.status, 200);
  assert.match(await post.text(), /After a restart\./);
  assert.equal(await stop(second), 0);
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
