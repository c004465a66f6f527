/** A file, and a directory on the way to it, replaced by links while it is asked for: what is outside never leaves. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { execPath } from "node:process";
import { test } from "node:test";
import { App, files, Request } from "limpid";
import { folderOf } from "../served.ts";

/** Another process swaps two things with links to the secrets, back and forth, as fast as it can. */
const swapper = `
  const { renameSync, symlinkSync, rmSync } = require("node:fs");
  const [root, outside] = process.argv.slice(1);
  symlinkSync(outside + "/secret.txt", root + "/evil-file");
  symlinkSync(outside, root + "/evil-folder");
  process.stdout.write("swapping");
  for (let n = 0; ; n++) {
    renameSync(root + "/file.txt", root + "/kept-file");
    renameSync(root + "/evil-file", root + "/file.txt");
    renameSync(root + "/folder", root + "/kept-folder");
    renameSync(root + "/evil-folder", root + "/folder");
    renameSync(root + "/file.txt", root + "/evil-file");
    renameSync(root + "/kept-file", root + "/file.txt");
    renameSync(root + "/folder", root + "/evil-folder");
    renameSync(root + "/kept-folder", root + "/folder");
  }
`;

test("class: symlink swap (TOCTOU): 10,000 requests while a file and a folder are swapped", async (t) => {
  const root = folderOf(t, { "file.txt": "fine", "folder/secret.txt": "fine" });
  const outside = folderOf(t, { "secret.txt": "SECRET" });
  const other = spawn(execPath, ["-e", swapper, root, outside], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => other.kill("SIGKILL"));
  await once(other.stdout, "data");
  const app = new App();
  // Nothing is held and nothing known, so that every request opens its file.
  app.get("/held/*", files(root, { cacheBytes: 0 }));
  app.get("/followed/*", files(root, { cacheBytes: 0, symlinks: true }));
  const counts = new Map<string, number>();
  const targets = [
    "/held/file.txt",
    "/held/folder/secret.txt",
    "/followed/file.txt",
    "/followed/folder/secret.txt",
  ];
  for (let n = 0; n < 10_000; n += 20) {
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const response = await app.handle(new Request(targets[(n + index) % targets.length]!));
        const text = response.status === 200 ? await response.text() : String(response.status);
        counts.set(text, (counts.get(text) ?? 0) + 1);
      }),
    );
  }
  assert.equal(counts.get("SECRET"), undefined);
  assert.ok((counts.get("fine") ?? 0) > 100, JSON.stringify([...counts]));
  assert.ok((counts.get("404") ?? 0) > 100, JSON.stringify([...counts]));
  assert.deepEqual(
    [...counts.keys()].filter((one) => !["fine", "404", "503"].includes(one)),
    [],
  );
});
