/** Lists the scripts of this folder, or runs one of them: `npm run resilience -- NAME [--seconds N] [--json]`. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const folder = import.meta.dirname;
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && entry.name !== "run.ts")
  .map((entry) => basename(entry.name, ".ts"))
  .sort();

const [name, ...words] = process.argv.slice(2);
if (name === undefined) list();
else if (names.includes(name)) process.exitCode = await run(name);
else {
  process.stderr.write(`There is no script named ${name}.\n\n`);
  list();
  process.exitCode = 2;
}

function list(): void {
  process.stdout.write("npm run resilience -- NAME [--seconds N] [--json]\n\n");
  const width = Math.max(...names.map((one) => one.length));
  for (const one of names) process.stdout.write(`  ${one.padEnd(width)}  ${about(one)}\n`);
}

/** The first sentence of the comment at the head of a script. */
function about(script: string): string {
  const head = /^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(join(folder, `${script}.ts`), "utf8"))?.[1] ?? "";
  const text = head.replaceAll(/\s*\n \*/g, "").trim();
  return /^.*?\.(?=\s|$)/.exec(text)?.[0] ?? text;
}

/** Resolves to the exit code. */
async function run(script: string): Promise<number> {
  const flags = ["--conditions=source", join(folder, `${script}.ts`), ...words];
  const [code] = await once(spawn(process.execPath, flags, { stdio: "inherit" }), "close");
  return typeof code === "number" ? code : 1;
}
