/** The repository belongs to no machine: no path of one, no registry of one, and the same steps on each. */
import assert from "node:assert/strict";
import { homedir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { files, packageJson, read, root } from "./repository.ts";

const written = files("*", ".*", ".ci/*", "{src,test,examples,docs,scripts,bench}/**/*").filter((file) =>
  /(?:\.(?:ts|md|json|css|svg|html|txt|yml)|\/run|\/\.[a-z]+)$/.test(`/${file}`),
);

test("no file names a path of the machine it was written on", () => {
  const paths = [["", "work", ""].join("/"), `${homedir()}/`, `${root}/`].filter((path) => path.length > 5);
  const naming = written.filter((file) => paths.some((path) => read(file).includes(path)));
  assert.deepEqual(naming, []);
});

interface Locked {
  resolved?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(read("package-lock.json")) as { packages: Record<string, Locked> };

test("package-lock.json has every package of every platform, without which `npm ci` refuses it", () => {
  const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies }).filter(
      (name) => !(`${path}/node_modules/${name}` in packages || `node_modules/${name}` in packages),
    ),
  );
  assert.deepEqual(missing, []);
});

test("package-lock.json names no host, so that every registry serves", () => {
  const bound = Object.entries(packages).filter(([, { resolved }]) => resolved?.includes("//"));
  assert.deepEqual(
    bound.map(([name]) => name),
    [],
  );
});

test("what the README says is what CI does", () => {
  const readme = read("README.md");
  for (const command of ["npm ci && npm run blog", "npm ci && npm test"])
    assert.ok(readme.includes(command), command);
  const steps = Array.from(read(".ci/run").matchAll(/^step (.+)$/gm), ([, step]) => step);
  assert.deepEqual(steps, ["npm ci", "npm test"]);
});

test("the test command runs types, lint and every test file", () => {
  const { scripts } = packageJson();
  assert.equal(scripts.test, "npm run types && npm run lint && npm run test:only");
  assert.match(scripts["test:only"] ?? "", /"test\/\*\*\/\*\.test\.ts"$/);
});

test("every test file is one the test command finds", () => {
  const lost = files("src/**/*.test.ts", "examples/**/*.test.ts", "test/**/*.{spec,tests}.ts");
  assert.deepEqual(lost, []);
});

test("the repository's Node is pinned and new enough for the package", async () => {
  const { devDependencies } = packageJson();
  assert.match(devDependencies.node ?? "", /^\d+\.\d+\.\d+$/);
  assert.equal(process.versions.node, devDependencies.node);
  assert.ok(process.execPath.startsWith(join(root, "node_modules")), process.execPath);
});
