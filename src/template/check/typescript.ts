/** Finds the TypeScript of a project and runs it; any version will do, because only its command line is used. */
import { LimpidError } from "../../errors/index.ts";

/** The script `tsc` that a module in the folder would get. Throws `LMP_CLI_CHECK_COMPILER` where there is none. */
export function findTypeScript(folder: string): string {
  const { createRequire } = process.getBuiltinModule("node:module");
  const { dirname, join } = process.getBuiltinModule("node:path");
  const require = createRequire(join(folder, "noop.js"));
  try {
    const manifest = require.resolve("typescript/package.json");
    const { bin } = require(manifest) as { bin: { tsc: string } };
    return join(dirname(manifest), bin.tsc);
  } catch (cause) {
    throw new LimpidError(
      "LMP_CLI_CHECK_COMPILER",
      "`limpid check` needs TypeScript, which is not installed.",
      {
        expected: "the package typescript, version 5.9 or later",
        found: `none in ${folder} or above`,
        fix: "Run `npm install --save-dev typescript`.",
        cause,
      },
    );
  }
}

/** What `tsc` prints about the project of a configuration file. */
export async function runTypeScript(
  tsc: string,
  configuration: string,
  signal: AbortSignal,
): Promise<string> {
  const { spawn } = process.getBuiltinModule("node:child_process");
  const { dirname } = process.getBuiltinModule("node:path");
  const child = spawn(process.execPath, [tsc, "--project", configuration, "--pretty", "false"], {
    cwd: dirname(configuration),
    stdio: ["ignore", "pipe", "pipe"],
    // Conditions of this process are none of the compiler's business.
    env: { ...process.env, NODE_OPTIONS: "" },
    signal,
  });
  let output = "";
  let failure = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (failure += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code === 0 || output.includes("error TS")) return output;
  throw new LimpidError("LMP_CLI_CHECK_COMPILER", "TypeScript broke off.", {
    expected: "a list of errors, or none",
    found: (failure + output).trim().split("\n")[0] || `exit code ${code}`,
    fix: `Run \`node ${tsc} --version\` to see whether the installation is whole.`,
  });
}
