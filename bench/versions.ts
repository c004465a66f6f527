/** What was measured, when and with which versions: a figure without them says nothing. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { pinningNote } from "./measure/pinned.ts";

/** What takes part where a command names nothing else; other benchmarks in this folder have packages of their own. */
const usual: readonly string[] = [
  "bun",
  "edge.js",
  "ejs",
  "eta",
  "express",
  "fastify",
  "find-my-way",
  "handlebars",
  "hono",
  "@hono/node-server",
  "liquidjs",
  "memoirist",
  "nunjucks",
  "pug",
  "rou3",
  "zod",
];

interface Manifest {
  version: string;
  dependencies: Record<string, string>;
}

function manifest(...path: string[]): Manifest {
  return JSON.parse(readFileSync(join(import.meta.dirname, ...path, "package.json"), "utf8")) as Manifest;
}

/** One line: date, machine, runtimes and packages. */
export function versions(node: string, packages: readonly string[] = usual): string {
  const nodeVersion = spawnSync(node, ["-p", "process.versions.node"], { encoding: "utf8" }).stdout.trim();
  const { dependencies } = manifest();
  const processors = cpus();
  const parts = [
    new Date().toISOString().slice(0, 10),
    `${processors.length} × ${processors[0]?.model.trim() ?? "unknown processor"}`,
    `Node ${nodeVersion}`,
    `Limpid ${manifest("..").version}`,
    ...packages.map((name) => `${name} ${dependencies[name]}`),
    ...(pinningNote === undefined ? [] : [pinningNote]),
  ];
  return `${parts.join(", ")}.`;
}
