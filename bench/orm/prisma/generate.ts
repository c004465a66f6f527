/** Prisma's client is code that its own tool writes: made before a run, into `generated/`, which git ignores. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { DatabaseName } from "../tables.ts";

/**
 * Writes the client for a database, from the description of its models. The tool would fetch an engine for
 * migrations, which nothing here needs; it does not where it is told that there is one.
 */
export function generateClient(database: DatabaseName, node: string): void {
  const packages = join(import.meta.dirname, "../../node_modules");
  const schema = join(import.meta.dirname, `${database}.prisma`);
  const { status, stderr } = spawnSync(
    node,
    [join(packages, "prisma/build/index.js"), "generate", "--schema", schema, "--no-hints"],
    {
      encoding: "utf8",
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        CHECKPOINT_DISABLE: "1",
      },
    },
  );
  if (status !== 0) throw new Error(`\`prisma generate\` has failed:\n${stderr}`);
}
