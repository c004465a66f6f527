/** Runs a program of the documents as a reader would, and gathers what it prints. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./repository.ts";

/** What a program did. */
export interface Run {
  /** The exit code; null where it had to be stopped. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What Node has compiled for one program serves the next. */
const cache = join(root, ".examples/cache");
/** A program of the documents is over in two seconds; a busy machine gets more. */
const LIMIT = 30_000;

/** Runs a file with the sources of this repository, in the folder `cwd`, and with no database but those it is given. */
export async function runProgram(
  file: string,
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const env = {
    ...process.env,
    DATABASE_URL: undefined,
    ...environment,
    NO_COLOR: "1",
    NODE_TEST_CONTEXT: undefined,
    NODE_OPTIONS: "",
    NODE_COMPILE_CACHE: cache,
  };
  const child = spawn(process.execPath, ["--conditions=source", file], {
    cwd,
    env,
    timeout: LIMIT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.on("error", reject);
  child.on("close", resolve);
  const code = await promise;
  const [stdout, stderr] = await output;
  return { code, stdout, stderr };
}

async function text(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}
