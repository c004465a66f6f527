/** Two cores: one for the servers, another one for everything else. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The numbers of the processors that this process may use. */
function allowedCores(): number[] {
  const list = /^Cpus_allowed_list:\s+(\S+)$/m.exec(readFileSync("/proc/self/status", "latin1"))?.[1] ?? "0";
  return list.split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

const cores = allowedCores();
const taskset = spawnSync("taskset", ["-V"]).error === undefined;

/** Why nothing is pinned, where it is not. */
export const pinningNote: string | undefined = !taskset
  ? "taskset is not installed: servers and load share their cores"
  : cores.length < 2
    ? "there is one core: servers and load share it"
    : undefined;

/** The core of the servers is the last one, because interrupts tend to go to the first. */
const coreOf = { server: cores.at(-1), load: cores[0] };

/** A command that runs on a core of its own, with as many open files as the system allows. */
export function pinned(on: "server" | "load", command: readonly string[]): [program: string, args: string[]] {
  const placed = pinningNote === undefined ? ["taskset", "-c", String(coreOf[on]), ...command] : command;
  return ["sh", ["-c", 'ulimit -n "$(ulimit -Hn)"; exec "$@"', "sh", ...placed]];
}
