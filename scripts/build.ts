/** Builds what is published: `dist/` from `src/`, ready to be packed. Run by `npm run build` and `npm pack`. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  bin: Record<string, string>;
};

rmSync(join(root, "dist"), { recursive: true, force: true });
const compiler = join(root, "node_modules/typescript/bin/tsc");
const { status } = spawnSync(process.execPath, [compiler, "-p", join(root, "tsconfig.build.json")], {
  stdio: "inherit",
});
if (status !== 0) fail("The compiler has found errors; they stand above.");
for (const [command, path] of Object.entries(bin)) makeExecutable(command, join(root, path));

/** npm makes commands executable when it installs them, and nobody does for who runs `dist/` from a checkout. */
function makeExecutable(command: string, path: string): void {
  if (!existsSync(path)) fail(`The command "${command}" of package.json has no file: ${path}`);
  const [line = ""] = readFileSync(path, "utf8").split("\n", 1);
  if (line !== "#!/usr/bin/env node")
    fail(`The command "${command}" does not begin with #!/usr/bin/env node.`);
  chmodSync(path, 0o755);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
