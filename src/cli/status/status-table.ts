/** A status as a person reads it. */
import { table } from "../table.ts";
import type { Status } from "./status.ts";

/** One line about the whole and a table of its workers. */
export function statusTable({ pid, url, uptime, reloads, restarts, application, workers }: Status): string {
  const counts = [`up ${duration(uptime)}`, times(reloads, "reload"), times(restarts, "restart")].join(", ");
  const rows = workers.map((worker) => [
    String(worker.pid),
    worker.state,
    worker.uptime === null ? "?" : duration(worker.uptime),
    String(worker.restarts),
    String(worker.connections ?? "?"),
    String(worker.requests ?? "?"),
    worker.rss === null ? "?" : `${Math.round(worker.rss / 1_048_576)} MiB`,
    worker.eventLoopUtilization === null ? "?" : `${Math.round(worker.eventLoopUtilization * 100)} %`,
  ]);
  const head = ["PROCESS", "STATE", "UP", "RESTARTS", "CONNECTIONS", "REQUESTS", "MEMORY", "BUSY"];
  return `${url} (process ${pid}), ${counts}\n${application}\n${table([head, ...rows])}`;
}

function times(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** The two largest units: `"3 h 12 min"`. */
function duration(seconds: number): string {
  const whole = Math.floor(seconds);
  const units: [number, string][] = [
    [Math.floor(whole / 86_400), "d"],
    [Math.floor(whole / 3_600) % 24, "h"],
    [Math.floor(whole / 60) % 60, "min"],
    [whole % 60, "s"],
  ];
  const first = units.findIndex(([count]) => count > 0);
  const shown = first < 0 ? units.slice(-1) : units.slice(first, first + 2);
  return shown.map(([count, unit]) => `${count} ${unit}`).join(" ");
}
