/** The folder in which running commands leave the socket that tells their status: only its owner may enter it. */
import { lstatSync, mkdirSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

/**
 * Where the folder may be, the best place first. A service often lacks `XDG_RUNTIME_DIR` where the shell of the same
 * user has it, so that who looks for a status looks in all of them.
 */
export function runFolders(): string[] {
  const runtime = process.env.XDG_RUNTIME_DIR;
  const temporary = join(tmpdir(), `limpid-${userInfo().uid}`);
  return runtime === undefined || runtime === "" ? [temporary] : [join(runtime, "limpid"), temporary];
}

/** Makes the folder in the first place where that can be done. Undefined where nowhere is safe. */
export function madeRunFolder(): string | undefined {
  return runFolders().find((folder) => {
    try {
      mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") return false;
    }
    return isPrivate(folder);
  });
}

/**
 * Whether the folder is of this user and closed to all others. In a temporary folder anybody may have made it first,
 * or put a link in its place.
 */
export function isPrivate(folder: string): boolean {
  try {
    const found = lstatSync(folder);
    return found.isDirectory() && found.uid === userInfo().uid && (found.mode & 0o077) === 0;
  } catch {
    return false;
  }
}
