/** Every layer has its export, and inside the repository each leads to the sources. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { layers } from "./layers.ts";
import { packageJson, root } from "./repository.ts";

const { exports } = packageJson();

test("there is one export a layer, and one for applications", () => {
  const expected = [".", "./package.json", ...layers().map((layer) => `./${layer}`)];
  assert.deepEqual(Object.keys(exports).toSorted(), expected.toSorted());
});

for (const [name, target] of Object.entries(exports)) {
  if (typeof target === "string") continue;
  const specifier = name === "." ? "limpid" : `limpid/${name.slice(2)}`;
  const path = name === "." ? "index" : `${name.slice(2)}/index`;

  describe(specifier, () => {
    test("leads to the source here and to dist elsewhere", () => {
      assert.deepEqual(target, {
        source: `./src/${path}.ts`,
        types: `./dist/${path}.d.ts`,
        default: `./dist/${path}.js`,
      });
      assert.equal(import.meta.resolve(specifier), pathToFileURL(`${root}/src/${path}.ts`).href);
    });

    test("can be imported and has something to offer", async () => {
      const names = Object.keys((await import(specifier)) as object);
      assert.notEqual(names.length, 0);
      assert.ok(!names.includes("default"), "a layer has names, not a default");
    });
  });
}
