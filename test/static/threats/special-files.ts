/** Things in a folder that are no files. */
import { execFileSync } from "node:child_process";

export { mkdirSync, symlinkSync } from "node:fs";

/** Makes a named pipe, which Node has no call for. */
export function mkfifoSync(path: string): void {
  execFileSync("mkfifo", [path]);
}
