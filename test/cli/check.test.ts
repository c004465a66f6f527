/** `limpid check`: what it prints, and its exit codes. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { project } from "../template/check/project.ts";
import { limpid } from "./terminal.ts";

const right = '{# props { post: Post } from "../models.ts" #}\n<h1>{{ post.title }}</h1>\n';

test("templates that are right are counted, and the code is 0", async (t) => {
  const cwd = await project(t, { "views/a.html": right, "templates/b.txt": "Hello, {{ name }}!" });
  assert.deepEqual(await limpid(["check"], cwd), {
    code: 0,
    out: "2 templates checked, 0 errors\n",
    err: "",
  });
  assert.deepEqual(await limpid(["check", "templates"], cwd), {
    code: 0,
    out: "1 template checked, 0 errors\n",
    err: "",
  });
});

test("an error is shown with its place, its line and the fix, and the code is 1", async (t) => {
  const cwd = await project(t, { "views/a.html": right.replace("title", "titel") });
  const { code, out, err } = await limpid(["check"], cwd);
  assert.equal(err, "");
  assert.equal(code, 1);
  assert.equal(
    out,
    `views/a.html:2:13: \`Post\` has no \`titel\`.
  1 | {# props { post: Post } from "../models.ts" #}
> 2 | <h1>{{ post.titel }}</h1>
    |             ^
  fix: Did you mean \`title\`?
  code: TS2551

1 template checked, 1 error
`,
  );
  const json = await limpid(["check", "--json"], cwd);
  assert.equal(json.code, 1);
  const { problems, templates } = JSON.parse(json.out);
  assert.equal(templates, 1);
  const { file, line, column, code: said } = problems[0];
  assert.deepEqual(
    { file, line, column, said },
    { file: "views/a.html", line: 2, column: 13, said: "TS2551" },
  );
});

test("--types writes the file where it is out of date, and --verify only says so", async (t) => {
  const cwd = await project(t, { "views/a.html": right });
  const words = ["check", "--types", "src/views.d.ts"];
  const stale = await limpid([...words, "--verify"], cwd);
  assert.equal(stale.code, 1);
  assert.match(
    stale.out,
    /0 errors\nsrc\/views\.d\.ts is out of date\n {2}fix: Run limpid check --types src\/views\.d\.ts\n$/,
  );
  assert.match((await limpid(words, cwd)).out, /src\/views\.d\.ts written\n$/);
  assert.match(await readFile(join(cwd, "src/views.d.ts"), "utf8"), /"a\.html": \{ post: Post \};/);
  assert.deepEqual(await limpid([...words, "--verify"], cwd), {
    code: 0,
    out: "1 template checked, 0 errors\n",
    err: "",
  });
  await writeFile(join(cwd, "views/b.html"), "{% if %}");
  assert.doesNotMatch((await limpid(words, cwd)).out, /written/);
});

test("--environment tells which filters there are beside the built-in ones", async (t) => {
  const cwd = await project(t, {
    "views/a.html": "{{ name | shout }}",
    "environment.mjs":
      "export const views = { filters: new Map([['shout', String]]), tests: new Map(), globals: new Map() };",
    "other.mjs": "export const views = 1;",
  });
  assert.match((await limpid(["check"], cwd)).out, /There is no filter `shout`/);
  assert.equal((await limpid(["check", "--environment", "environment.mjs"], cwd)).code, 0);
  assert.match((await limpid(["check", "--environment", "other.mjs"], cwd)).err, /LMP_CLI_APP_INVALID/);
  assert.match((await limpid(["check", "--environment", "none.mjs"], cwd)).err, /LMP_CLI_APP_NOT_FOUND/);
});

test("where there are no templates it says how to name them", async (t) => {
  const cwd = await project(t, {});
  const nothing = await limpid(["check"], cwd);
  assert.equal(nothing.code, 1);
  assert.match(nothing.err, /no templates in this folder[\s\S]*limpid check path\/to\/views/);
  assert.match((await limpid(["check", "pages"], cwd)).err, /no folder pages/);
});
