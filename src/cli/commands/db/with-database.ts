/** Opens the database of a command and closes it behind it. */
import { resolve } from "node:path";
import type { ConnectionSource } from "../../../orm/index.ts";
import type { Input, Terminal } from "../../command.ts";
import { databaseUrl } from "./database-flags.ts";

/** Runs `work` with the database that the flags name. Rejects with what connecting rejects with. */
export async function withDatabase<Result>(
  input: Input,
  terminal: Terminal,
  work: (source: ConnectionSource) => Promise<Result>,
): Promise<Result> {
  const { connectForMigrations } = await import("../../../orm/index.ts");
  const source = await connectForMigrations(placed(databaseUrl(input), terminal.cwd));
  try {
    return await work(source);
  } finally {
    await source.close(0);
  }
}

/** A file of SQLite is looked for from the folder in which the command runs. */
export function placed(url: string, cwd: string): string {
  const [, path] = /^(?:sqlite|file):(?!\/|:memory:)(.+)$/i.exec(url) ?? [];
  return path === undefined ? url : `sqlite:${resolve(cwd, path)}`;
}
