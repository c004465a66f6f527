/** How a check runs: with which TypeScript, beside other checks, and what is left of it. */
import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { Environment } from "limpid/template";
import { filterSignatures } from "../../../src/template/check/prelude/filters.ts";
import { checkTemplates, leftovers, lines, project } from "./project.ts";

const views = { "views/a.html": '{# props { post: Post } from "../models.ts" #}{{ post.titel }}' };

test("two checks at once do not disturb each other, and leave nothing behind", async (t) => {
  const folder = await project(t, views);
  const options = { folders: [join(folder, "views")], project: folder };
  const results = await Promise.all([checkTemplates(options), checkTemplates(options)]);
  for (const result of results) {
    assert.deepEqual(lines(result), ["a.html:1:55 `Post` has no `titel`. Did you mean `title`?"]);
  }
  assert.deepEqual(await leftovers(folder), []);
});

test("without TypeScript the check says how to install it, and templates without props need none", async (t) => {
  const folder = await project(t, views);
  await rm(join(folder, "node_modules/typescript"));
  const options = { folders: [join(folder, "views")], project: folder };
  await assert.rejects(checkTemplates(options), {
    code: "LMP_CLI_CHECK_COMPILER",
    fix: /npm install --save-dev typescript/,
  });
  assert.deepEqual(await leftovers(folder), []);
  await writeFile(join(folder, "views/a.html"), "{{ post.titel }}");
  assert.deepEqual(lines(await checkTemplates(options)), []);
});

test("a configuration that TypeScript refuses is told as such; none at all is none too few", async (t) => {
  const folder = await project(t, {
    ...views,
    "tsconfig.json": '{ "compilerOptions": { "module": "zzz" } }',
  });
  const options = { folders: [join(folder, "views")], project: folder };
  await assert.rejects(checkTemplates(options), { code: "LMP_CLI_CHECK_COMPILER", found: /module/ });
  await rm(join(folder, "tsconfig.json"));
  assert.equal((await checkTemplates(options)).problems.length, 1);
});

test("what the environment knows is known, with any type", async (t) => {
  const text =
    '{# props { post: Post } from "../models.ts" #}{{ post | shout(1, a=2) }}{{ site.anything }}{{ post is good }}';
  const folder = await project(t, { "views/a.html": `${text}{% stamp post.titel %}` });
  const { filters, tests, globals } = new Environment({
    filters: { shout: () => "" },
    tests: { good: () => true },
    globals: { site: {} },
  });
  const environment = { filters, tests, globals, tags: new Map([["stamp", {}]]) };
  const result = await checkTemplates({ folders: [join(folder, "views")], project: folder, environment });
  assert.deepEqual(
    lines(result).map((line) => line.split(". ")[0]),
    ["a.html:1:124 `Post` has no `titel`"],
  );
});

test("every typed filter is a filter", () => {
  assert.deepEqual(
    Object.keys(filterSignatures).filter((name) => !new Environment().filters.has(name)),
    [],
  );
});
