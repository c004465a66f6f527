/** Who is compared, and how each of them is started. */
import { join } from "node:path";

/** A server that answers the scenarios. */
export interface Candidate {
  name: string;
  about: string;
  /** In `candidates/`. */
  file: string;
  runtime: "node" | "bun";
  /** Scenarios that it does not answer. */
  without?: readonly string[];
  /** Whether it sends the same content whatever it was asked. */
  constant?: boolean;
}

/** The candidate that all ratios refer to. */
export const anchor = "limit";

/** Everybody. */
export const candidates: readonly Candidate[] = [
  {
    name: anchor,
    about: "node:net with data events and a constant response",
    file: "limit.ts",
    runtime: "node",
    constant: true,
  },
  {
    name: "limit-onread",
    about: "the same, read into one buffer",
    file: "limit-onread.ts",
    runtime: "node",
    constant: true,
  },
  { name: "limpid", about: "Limpid", file: "limpid.ts", runtime: "node" },
  {
    name: "node:http",
    about: "Node's own server, by hand",
    file: "node-http.ts",
    runtime: "node",
    without: ["routes-200"],
  },
  { name: "fastify", about: "Fastify", file: "fastify.ts", runtime: "node" },
  { name: "hono", about: "Hono on @hono/node-server", file: "hono.ts", runtime: "node" },
  {
    name: "limpid-hono",
    about: "the same application on Limpid's server",
    file: "limpid-hono.ts",
    runtime: "node",
  },
  { name: "express", about: "Express", file: "express.ts", runtime: "node" },
  { name: "bun", about: "Bun.serve", file: "bun.ts", runtime: "bun" },
];

/** What a command may be told about runtimes. */
export interface Runtimes {
  /** The Node that runs the candidates. */
  node: string;
  /** Whether Limpid is taken from its sources or from `dist/`. */
  limpid: "source" | "dist";
}

/** The command that runs a file with the runtime of a candidate. */
export function commandFor(runtime: "node" | "bun", file: string, { node, limpid }: Runtimes): string[] {
  if (runtime === "bun") return [join(import.meta.dirname, "node_modules/.bin/bun"), file];
  const conditions = limpid === "source" ? ["--conditions=source"] : [];
  return [node, "--expose-gc", ...conditions, file];
}
