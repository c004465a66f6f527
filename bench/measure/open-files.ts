/** How many files a process that is started here may have open. */
import { spawnSync } from "node:child_process";

/** The hard limit, which is what every process of a benchmark is started with. */
export function openFiles(): number {
  const said = spawnSync("sh", ["-c", "ulimit -Hn"], { encoding: "utf8" }).stdout.trim();
  return said === "unlimited" ? Number.MAX_SAFE_INTEGER : Number(said);
}
