/**
 * Builds what is published: `dist/` from `src/`, ready to be packed. Run by `npm run build` and `npm pack`. The
 * compiler makes JavaScript and declarations; then the files of a layer are joined to one, because finding, reading
 * and compiling three hundred files takes longer than running them.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { build, type Plugin } from "esbuild";

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
// The command starts workers by the path of their module: its files stay as they are.
const layers = globSync("*/index.js", { cwd: join(root, "dist") }).filter((path) => dirname(path) !== "cli");
for (const path of layers) await joinLayer(path);
for (const [command, path] of Object.entries(bin)) makeExecutable(command, join(root, path));

/**
 * Makes one file of a layer, and one of each part that it loads on demand: by `import()`, or named `engine`, or in a
 * thread of its own, named `…-worker`. These stand beside the layer's, whatever folder their sources are in.
 */
async function joinLayer(path: string): Promise<void> {
  const folder = join(root, "dist", dirname(path));
  const parts = globSync("**/*.{js,js.map}", { cwd: folder }).map((file) => join(folder, file));
  const { outputFiles } = await build({
    entryPoints: [
      { in: join(root, "dist", path), out: "index" },
      ...globSync("**/{engine,*-worker}.js", { cwd: folder }).map((part) => ({
        in: join(folder, part),
        out: basename(part, ".js"),
      })),
    ],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    sourcemap: true,
    packages: "external",
    plugins: [otherLayersStay(folder)],
    write: false,
    logLevel: "warning",
  });
  for (const part of parts) rmSync(part);
  for (const { path: file, contents } of outputFiles) writeFileSync(file, contents);
}

/** A layer imports another one as a user of it would: what is shared must exist once. */
function otherLayersStay(folder: string): Plugin {
  return {
    name: "other layers stay",
    setup(bundler) {
      bundler.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
        const target = relative(folder, join(resolveDir, path));
        return target.startsWith("..") ? { path: target, external: true } : undefined;
      });
    },
  };
}

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
