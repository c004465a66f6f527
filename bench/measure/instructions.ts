/** Instructions of a process, where `perf` can count them; the steadiest figure there is. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

const events = ["-x", ",", "-e", "instructions:u,instructions:k"];

/** The sum of the counters, or nothing where one was not counted. */
function sumOf(report: string): number | undefined {
  const counts = report
    .trim()
    .split("\n")
    .map((line) => Number.parseInt(line, 10));
  return counts.length === 2 && counts.every((count) => count > 0) ? counts[0]! + counts[1]! : undefined;
}

/** Whether there are counters on this machine. */
export const countsInstructions: boolean =
  sumOf(spawnSync("perf", ["stat", ...events, process.execPath, "-e", "0"]).stderr?.toString() ?? "") !==
  undefined;

/** Counts the instructions of a process while some work is done. */
export async function instructionsOf<Result>(
  pid: number,
  work: () => Promise<Result>,
): Promise<{ result: Result; instructions: number | undefined }> {
  if (!countsInstructions) return { result: await work(), instructions: undefined };
  const perf = spawn("perf", ["stat", ...events, "-p", String(pid)], { stdio: ["ignore", "ignore", "pipe"] });
  const report = text(perf.stderr);
  const ended = once(perf, "exit");
  const result = await work();
  perf.kill("SIGINT");
  await ended;
  return { result, instructions: sumOf(await report) };
}
