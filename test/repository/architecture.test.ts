/** The architecture holds: layers import upwards only and through the front door, and nothing goes in a circle. */
import assert from "node:assert/strict";
import { isBuiltin } from "node:module";
import { describe, test } from "node:test";
import { type Import, importsOf, packageOf } from "./imports.ts";
import { layerOf, layers } from "./layers.ts";
import { files, packageJson, read } from "./repository.ts";

const sources = files("src/**/*.ts");
const imports = sources.flatMap(importsOf);
const order = layers();
const show = ({ from, specifier }: Import): string => `${from} imports ${specifier}`;

describe("layers", () => {
  test("ARCHITECTURE.md lists exactly the folders of src", () => {
    const folders = new Set(sources.map(layerOf).filter((layer) => layer !== undefined));
    assert.deepEqual(order.toSorted(), [...folders].toSorted());
  });

  test("no layer imports one below it", () => {
    const upward = imports.filter(({ from, file }) => {
      const [own, other] = [layerOf(from), layerOf(file ?? "")];
      if (own === undefined || file === undefined || own === other) return false;
      return other === undefined || order.indexOf(other) > order.indexOf(own);
    });
    assert.deepEqual(upward.map(show), []);
  });

  test("other layers are entered through their index.ts", () => {
    const sideways = imports.filter(({ from, file }) => {
      if (file === undefined || layerOf(file) === layerOf(from)) return false;
      return file !== `src/${layerOf(file)}/index.ts`;
    });
    assert.deepEqual(sideways.map(show), []);
  });

  test("no file imports the index.ts of its own layer", () => {
    const own = imports.filter(({ from, file }) => file === `src/${layerOf(from)}/index.ts`);
    assert.deepEqual(own.map(show), []);
  });

  test("no file imports itself by way of others, type-only imports included", () => {
    assert.deepEqual(cycles(imports), []);
  });

  test("every relative import leads to a file", () => {
    const known = new Set(sources);
    assert.deepEqual(imports.filter(({ file }) => file !== undefined && !known.has(file)).map(show), []);
  });
});

describe("files", () => {
  const written = files("src/**/*", "test/**/*", "examples/**/*", "scripts/**/*");

  test("there is no drawer", () => {
    const drawer = /(?:^|\/)(?:utils?|helpers?|common|misc|shared)(?:\/|\.[a-z]+$)/;
    assert.deepEqual(
      written.filter((file) => drawer.test(file)),
      [],
    );
  });

  test("names are in kebab-case", () => {
    const wrong = sources.filter((file) => !/^src(?:\/[a-z0-9-]+)+\.ts$/.test(file));
    assert.deepEqual(wrong, []);
  });

  test("every source begins with a sentence that says what it is for", () => {
    const silent = sources.filter((file) => !/^(?:#!.*\n)?\/\*\*/.test(read(file)));
    assert.deepEqual(silent, []);
  });

  test("nothing suppresses the compiler or the linter", () => {
    const suppression = /@ts-(?:ignore|nocheck)|biome-ignore/;
    // A test of types may expect an error, which the compiler then demands; it suppresses nothing.
    const expected = /@ts-expect-error/;
    const code = written.filter(
      (file) => file.endsWith(".ts") && file !== "test/repository/architecture.test.ts",
    );
    const suppressed = code.filter((file) => {
      const source = read(file);
      return suppression.test(source) || (!file.startsWith("test/") && expected.test(source));
    });
    assert.deepEqual(suppressed, []);
  });

  test("examples and tests import Limpid by its name, but that a test may reach into the layer it tests", () => {
    const outside = files("test/**/*.ts", "examples/**/*.ts", "bench/**/*.ts").flatMap(importsOf);
    const wrong = outside.filter(({ from, file }) => {
      if (file === undefined || !file.startsWith("src/")) return false;
      return from.split("/")[0] !== "test" || from.split("/")[1] !== layerOf(file);
    });
    assert.deepEqual(wrong.map(show), []);
  });
});

describe("dependencies", () => {
  const { dependencies, devDependencies } = packageJson();

  test("sources import Node's own modules, the dependencies, and nothing else", () => {
    const foreign = imports.filter(({ specifier, file }) => {
      if (file !== undefined) return false;
      return specifier.startsWith("node:") ? !isBuiltin(specifier) : !(packageOf(specifier) in dependencies);
    });
    assert.deepEqual(foreign.map(show), []);
  });

  test("every dependency is used", () => {
    const used = new Set(imports.map(({ specifier }) => packageOf(specifier)));
    assert.deepEqual(
      Object.keys(dependencies).filter((name) => !used.has(name)),
      [],
    );
  });

  test("ARCHITECTURE.md gives one line of reason for each, and for no other", () => {
    const section = /## Dependencies\n([\s\S]*?)(?=\n## |$)/.exec(read("ARCHITECTURE.md"))?.[1] ?? "";
    const explained = Array.from(section.matchAll(/^\| `([^`]+)` \| \S/gm), ([, name = ""]) => name);
    assert.deepEqual(explained.toSorted(), Object.keys({ ...dependencies, ...devDependencies }).toSorted());
  });
});

/** Each cycle once, as the chain of its files. */
function cycles(edges: readonly Import[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { from, file } of edges)
    if (file !== undefined) targets.set(from, [...(targets.get(from) ?? []), file]);
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) found.push([...path.slice(start), file].join(" -> "));
    if (start >= 0 || done.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return found;
}
