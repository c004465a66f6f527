/** The packed tarball, installed in a folder of its own: it imports, type-checks and runs without this repository. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { packageJson, root } from "./repository.ts";

const run = promisify(execFile);
const { bin, dependencies, exports, version } = packageJson();
// The names of temporary folders may be links, and Node resolves them.
const folder = realpathSync(mkdtempSync(join(tmpdir(), "limpid-package-")));
const installed = join(folder, "node_modules/limpid");
/** As on a machine of a user: none of the conditions and contexts of this test run. */
const env = { ...process.env, NODE_OPTIONS: "", NODE_TEST_CONTEXT: undefined, NO_COLOR: "1" };

const program = `import { App, html, HttpError, Request } from "limpid";
import { TestClient } from "limpid/testing";

const app = new App();
app.get("/hello/:name", ({ params }) => html\`<h1>Hello, \${params.name}</h1>\`);
app.get("/gone", () => {
  throw new HttpError(410);
});

const response = await app.handle(new Request("/hello/<Ada>"));
console.log(response.status, await response.text());
await using client = new TestClient(app, { socket: true });
const gone: number = (await client.get("/gone")).status;
console.log(gone);
`;

before(async () => {
  await run("npm", ["pack", "--pack-destination", folder], { cwd: root, env });
  mkdirSync(installed, { recursive: true });
  await run("tar", ["-xzf", join(folder, `limpid-${version}.tgz`), "-C", installed, "--strip-components=1"]);
  for (const name of [...Object.keys(dependencies), "@types/node"]) link(name);
  mkdirSync(join(folder, "node_modules/.bin"));
  for (const [command, path] of Object.entries(bin)) {
    symlinkSync(join("../limpid", path), join(folder, "node_modules/.bin", command));
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "a-user", type: "module" }));
  writeFileSync(join(folder, "program.ts"), program);
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** What npm would fetch is in the repository already, and the network is not what is tested. */
function link(name: string): void {
  const target = join(folder, "node_modules", name);
  mkdirSync(join(target, ".."), { recursive: true });
  symlinkSync(join(root, "node_modules", name), target);
}

describe("the package", () => {
  test("holds what it should and nothing else", async () => {
    const { stdout } = await run("tar", ["-tzf", join(folder, `limpid-${version}.tgz`)]);
    const surplus = stdout
      .trim()
      .split("\n")
      .filter(
        (path) => !/^package\/(?:dist\/.+\.(?:js|d\.ts|js\.map)|package\.json|[A-Z]+(?:\.md)?)$/.test(path),
      );
    assert.deepEqual(surplus, []);
  });

  test("every export can be imported", async () => {
    const names = Object.keys(exports).filter((name) => name !== "./package.json");
    const specifiers = names.map((name) => (name === "." ? "limpid" : `limpid/${name.slice(2)}`));
    const lines = specifiers.map((specifier) => `console.log(import.meta.resolve("${specifier}"));`);
    const imports = specifiers.map((specifier) => `await import("${specifier}");`);
    writeFileSync(join(folder, "imports.js"), [...lines, ...imports].join("\n"));
    const { stdout } = await run(process.execPath, ["imports.js"], { cwd: folder, env });
    for (const line of stdout.trim().split("\n")) assert.match(line, /\/node_modules\/limpid\/dist\/.+\.js$/);
  });

  test("a small program runs", async () => {
    const { stdout } = await run(process.execPath, ["program.ts"], { cwd: folder, env, timeout: 20_000 });
    const lines = stdout.split("\n").filter((line) => !line.startsWith("{"));
    assert.deepEqual(lines, ["200 <h1>Hello, &lt;Ada&gt;</h1>", "410", ""]);
  });

  test("and type-checks, the declarations of the package included", async () => {
    const compilerOptions = {
      target: "es2024",
      module: "nodenext",
      lib: ["es2024", "esnext.disposable", "esnext.iterator"],
      types: ["node"],
      strict: true,
      noEmit: true,
      skipLibCheck: false,
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    const checked = await run(process.execPath, [compiler, "--pretty", "false"], { cwd: folder, env }).catch(
      (failure: { stdout: string }) => failure,
    );
    const own = checked.stdout.split("\n").filter((line) => /^(?:program|node_modules\/limpid\/)/.test(line));
    assert.deepEqual(own, []);
  });

  test("a wrong type is found", async () => {
    const wrong = program.replace("const gone: number", "const gone: string");
    cpSync(join(folder, "tsconfig.json"), join(folder, "wrong.json"));
    writeFileSync(join(folder, "program.ts"), wrong);
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    const checking = run(process.execPath, [compiler, "--pretty", "false"], { cwd: folder, env });
    await assert.rejects(checking, (failure: { stdout: string }) => failure.stdout.includes("TS2322"));
    writeFileSync(join(folder, "program.ts"), program);
  });

  for (const [command, path] of Object.entries(bin)) {
    test(`the command ${command} is executable and knows its version`, async () => {
      assert.equal(statSync(join(installed, path)).mode & 0o111, 0o111);
      const { stdout } = await run(process.execPath, [join("node_modules/.bin", command), "--version"], {
        cwd: folder,
        env,
      });
      assert.match(stdout, new RegExp(`\\b${version.replaceAll(".", "\\.")}\\b`));
    });
  }
});
