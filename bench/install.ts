/** Installs what the benchmarks compare, the first time they are run and whenever the list has changed. */
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";

/** When a file of this folder was written; 0 where there is none. */
function writtenAt(path: string): number {
  return statSync(join(import.meta.dirname, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Runs `npm ci` in this folder unless what is there is as new as the lock file. */
export function install(): void {
  if (writtenAt("node_modules/.package-lock.json") >= writtenAt("package-lock.json")) return;
  process.stderr.write("Installing what Limpid is compared with, in bench/node_modules …\n");
  const { status } = spawnSync("npm", ["ci"], { cwd: import.meta.dirname, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error("`npm ci` in bench/ has failed; its output is above.");
}
