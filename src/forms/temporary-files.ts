/** Private files that live as long as a request: where they stand, how they are made, and how they go away. */
import type { FileHandle } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { HttpError } from "../errors/index.ts";

/** A file that nobody else can read, open for writing. */
export interface TemporaryFile {
  readonly path: string;
  readonly handle: FileHandle;
}

/** What writes files is loaded for the first upload that needs it, and not by every program that imports Limpid. */
export function disk(): typeof import("node:fs/promises") {
  return process.getBuiltinModule("node:fs/promises");
}

/** 128 random bits, in hexadecimal. */
export function randomName(): string {
  return process.getBuiltinModule("node:crypto").randomBytes(16).toString("hex");
}

/** The folder of this thread in each place that was asked for. */
const folders = new Map<string, Promise<string>>();

/** Names this machine, or container, without saying its name. */
const machine = Buffer.from(hostname()).toString("base64url").slice(0, 24);

/** `limpid-forms.MACHINE.PID.START.RANDOM` */
const namePattern = /^limpid-forms\.([\w-]*)\.(\d{1,10})\.(\d{1,12})\.\w{6}$/;

/** Makes an empty file, mode 0600, with a random name of 128 bits, in a folder of mode 0700 below `place`. */
export async function createTemporaryFile(place: string = tmpdir()): Promise<TemporaryFile> {
  try {
    return await createIn(await folderIn(place));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw storageError(error);
  }
  // Programs that clean up /tmp may take a folder away that has not been used for days.
  folders.delete(place);
  try {
    return await createIn(await folderIn(place));
  } catch (error) {
    throw storageError(error);
  }
}

async function createIn(folder: string): Promise<TemporaryFile> {
  const path = join(folder, randomName());
  return { path, handle: await disk().open(path, "wx", 0o600) };
}

function folderIn(place: string): Promise<string> {
  let folder = folders.get(place);
  if (folder === undefined) {
    folder = makeFolder(place);
    folders.set(place, folder);
    folder.catch(() => folders.delete(place));
  }
  return folder;
}

async function makeFolder(place: string): Promise<string> {
  await sweepTemporaryFiles(place).catch(() => 0);
  // mkdtemp makes it with mode 0700.
  const folder = await disk().mkdtemp(
    join(place, `limpid-forms.${machine}.${process.pid}.${processStart()}.`),
  );
  process.once("exit", () =>
    process.getBuiltinModule("node:fs").rmSync(folder, { recursive: true, force: true }),
  );
  return folder;
}

/** In seconds; the same in every thread of a process, unlike `performance.timeOrigin`. */
function processStart(): number {
  return Math.round(Date.now() / 1000 - process.uptime());
}

/**
 * Removes what processes of this machine and user have left behind that were killed in the midst of an upload. It runs
 * by itself before the first file is made; a program that starts may call it earlier. Resolves to the number of
 * folders removed.
 *
 * @param place - The folder that was given as `temporaryFolder`. Default: the system's own for temporary files.
 *
 * @example
 * ```ts
 * import { sweepTemporaryFiles } from "limpid/forms";
 *
 * console.log(typeof (await sweepTemporaryFiles())); // number
 * ```
 */
export async function sweepTemporaryFiles(place: string = tmpdir()): Promise<number> {
  let removed = 0;
  for (const name of await disk().readdir(place)) {
    const [, origin, pid, start] = namePattern.exec(name) ?? [];
    if (origin !== machine || isAlive(Number(pid), Number(start))) continue;
    const path = join(place, name);
    const found = await disk()
      .lstat(path)
      .catch(() => undefined);
    if (!found?.isDirectory() || (process.getuid !== undefined && found.uid !== process.getuid())) continue;
    await disk().rm(path, { recursive: true, force: true });
    removed++;
  }
  return removed;
}

/** Whether the process lives. One that has the number of this one and began at another time does not. */
function isAlive(pid: number, start: number): boolean {
  if (pid === process.pid) return Math.abs(start - processStart()) <= 2;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** Removes files; one that is gone already is no error, and one that cannot be removed is left to the sweep. */
export async function removeTemporaryFiles(paths: readonly string[]): Promise<void> {
  await Promise.all(
    paths.map((path) =>
      disk()
        .rm(path, { force: true })
        .catch(() => {}),
    ),
  );
}

/** What a failing disk becomes: 507 where there is no room, else 500. */
export function storageError(cause: unknown): HttpError {
  if (cause instanceof HttpError) return cause;
  const { code = "" } = cause as NodeJS.ErrnoException;
  if (["ENOSPC", "EDQUOT", "EFBIG"].includes(code)) {
    return new HttpError(507, "There is no room to store the upload.", {
      code: "LMP_FORMS_STORAGE_FULL",
      expected: "room in the folder for temporary files",
      found: code,
      fix: "Make room, or name a larger disk with `temporaryFolder`.",
      cause,
    });
  }
  return new HttpError(500, "An upload could not be stored.", {
    code: "LMP_FORMS_STORAGE_FAILED",
    expected: "a folder for temporary files that can be written",
    found: code || String(cause),
    fix: "Look at the cause and at the rights on the folder.",
    cause,
  });
}
