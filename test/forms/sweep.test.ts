/** Temporary files of processes that were killed, that ended, and that live. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, describe, test } from "node:test";
import { sweepTemporaryFiles } from "limpid/forms";

const place = await mkdtemp(join(tmpdir(), "forms-sweep-"));
after(() => rm(place, { recursive: true }));

/** Reads a form with a large file that never ends, or ends, and says when the file is there. */
const program = `
import { readForm } from "limpid/forms";
import { MediaType } from "limpid/http";
const begin = Buffer.from('--b\\r\\nContent-Disposition: form-data; name="f"; filename="f"\\r\\n\\r\\n' + "x".repeat(100_000));
const pieces = [begin, Buffer.from("y")];
const read = async () => {
  if (pieces.length > 0) return pieces.shift();
  console.log("stored");
  if (process.argv[1] === "exit") process.exit(0);
  setInterval(() => {}, 1000);
  return new Promise(() => {});
};
await readForm(MediaType.parse("multipart/form-data; boundary=b"), { read, cancel() {} }, { temporaryFolder: process.env.PLACE });
`;

async function uploading(end: string): Promise<{ kill(): Promise<void>; ended: Promise<unknown> }> {
  const child = spawn(process.execPath, ["--conditions=source", "--input-type=module", "-e", program, end], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PLACE: place },
  });
  const ended = once(child, "exit");
  await once(child.stdout, "data");
  return {
    ended,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** What a process says that may write no file larger than 100 KiB: to it the disk is full. */
async function onFullDisk(): Promise<string> {
  const node = [process.execPath, "--conditions=source", "--input-type=module", "-e", fullDisk];
  const child = spawn("sh", ["-c", 'ulimit -f 200; exec "$@"', "sh", ...node], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PLACE: place },
  });
  return text(child.stdout);
}

const fullDisk = `
import { readdir } from "node:fs/promises";
import { readForm } from "limpid/forms";
import { MediaType } from "limpid/http";
const begin = Buffer.from('--b\\r\\nContent-Disposition: form-data; name="f"; filename="f"\\r\\n\\r\\n');
const attempt = async (count) => {
  const pieces = [begin, ...Array(count).fill(Buffer.alloc(65_536)), Buffer.from("\\r\\n--b--")];
  const source = { read: async () => pieces.shift() ?? null, cancel() {} };
  return readForm(MediaType.parse("multipart/form-data; boundary=b"), source, { temporaryFolder: process.env.PLACE });
};
const error = await attempt(10).catch((error) => error);
const left = (await readdir(process.env.PLACE, { recursive: true })).filter((name) => name.includes("/"));
const { files } = await attempt(1);
console.log(error.status, error.code, left.length, files.size);
`;

test("R-19: a full disk is 507, nothing is left on it, and the next form is read", async () => {
  assert.equal(await onFullDisk(), "507 LMP_FORMS_STORAGE_FULL 0 1\n");
});

describe("GHSA-vmph-573x-85f6", () => {
  test("a process that exits takes its folder along", async () => {
    await (await uploading("exit")).ended;
    assert.deepEqual(await readdir(place), []);
  });

  test("the folder of a process that was killed in an upload is swept, that of a living one stays", async () => {
    const killed = await uploading("stay");
    const living = await uploading("stay");
    await killed.kill();
    const before = await readdir(place);
    assert.equal(before.length, 2);
    assert.equal(await sweepTemporaryFiles(place), 1);
    const left = await readdir(place);
    assert.equal(left.length, 1);
    assert.ok(before.includes(left[0] ?? ""));
    await living.kill();
    assert.equal(await sweepTemporaryFiles(place), 1);
    assert.deepEqual(await readdir(place), []);
  });

  test("nothing else is touched", async () => {
    const machine = Buffer.from(hostname()).toString("base64url").slice(0, 24);
    const others = [
      "limpid-forms.other.1.1.abcdef",
      "limpid-forms",
      `limpid-forms.${machine}.x.1.abcdef`,
      "mine",
    ];
    for (const name of others) await mkdir(join(place, name));
    await mkdir(join(place, "mine/inside"));
    await writeFile(join(place, `limpid-forms.${machine}.999999999.1.abcdef`), "a file");
    await symlink(join(place, "mine"), join(place, `limpid-forms.${machine}.999999999.1.abcdeg`));
    assert.equal(await sweepTemporaryFiles(place), 0);
    assert.equal((await readdir(place)).length, others.length + 2);
    assert.deepEqual(await readdir(join(place, "mine")), ["inside"]);
  });
});
