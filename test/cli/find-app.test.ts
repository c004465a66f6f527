/** Which module is taken for the application, and what is said where there is none. */
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { folder } from "./process.ts";
import { limpid } from "./terminal.ts";

const routed = (path: string): string =>
  `import { App } from "limpid";\nexport default new App().get("${path}", () => "");\n`;

/** A folder with modules in it, each an application whose one route is its own name. */
async function folderWith(context: TestContext, files: readonly string[]): Promise<string> {
  const cwd = await folder(context, {});
  for (const file of files) {
    await mkdir(dirname(join(cwd, file)), { recursive: true });
    await writeFile(join(cwd, file), routed(`/${file}`));
  }
  return cwd;
}

const choices: [why: string, files: string[], words: string[], chosen: string][] = [
  ["app.ts comes first", ["app.js", "app.ts", "src/app.ts"], [], "/app.ts"],
  ["then JavaScript", ["app.mjs", "app.js", "src/app.ts"], [], "/app.js"],
  ["then src", ["src/app.js", "src/app.ts", "lib/app.ts"], [], "/src/app.ts"],
  ["the one named", ["app.ts", "shop.ts"], ["shop.ts"], "/shop.ts"],
  ["named without its extension", ["app.ts", "shop.ts"], ["./shop"], "/shop.ts"],
  ["a folder that is named", ["shop/app.ts"], ["shop"], "/shop/app.ts"],
  ["a folder with src", ["shop/src/app.ts"], ["shop/"], "/shop/src/app.ts"],
];

test("the module named is taken, else app or src/app, TypeScript before JavaScript", async (context) => {
  for (const [why, files, words, chosen] of choices) {
    const { out, err } = await limpid(["routes", ...words, "--json"], await folderWith(context, files));
    assert.equal(err, "", why);
    assert.equal((JSON.parse(out) as { pattern: string }[])[0]?.pattern, chosen, why);
  }
});

const misses: [why: string, files: string[], words: string[], said: RegExp][] = [
  ["nothing at all", [], [], /in this folder\.[\s\S]*fix: Name the module: limpid start path\/to\/app\.ts/],
  [
    "likely names",
    ["server.ts", "web/main.ts", "style.ts"],
    [],
    /found: server\.ts, web\/main\.ts\n.*start server\.ts/,
  ],
  ["not in node_modules", ["node_modules/app.ts"], [], /found: no module of such a name/],
  ["a slip", ["store.ts"], ["stroe.ts"], /at stroe\.ts\.[\s\S]*start store\.ts/],
  ["another ending", ["shop.mjs"], ["shop.tsx"], /start shop\.mjs/],
  ["a folder without", ["shop/server.ts"], ["shop"], /start shop\/server\.ts/],
  ["a folder that is not there", [], ["no/where.ts"], /found: no module of such a name/],
];

test("where there is none, the near misses are listed", async (context) => {
  for (const [why, files, words, said] of misses) {
    const { code, out, err } = await limpid(["routes", ...words], await folderWith(context, files));
    assert.deepEqual([code, out], [1, ""], why);
    assert.match(err, said, why);
    assert.match(err, /code: LMP_CLI_APP_NOT_FOUND/, why);
  }
});

const exported: [why: string, source: string][] = [
  ["a default export", "export default app;"],
  ["a function", "export default () => app;"],
  ["an async function", "export default async () => app;"],
  ["a promise behind an await", "export default await Promise.resolve(app);"],
  ["the name app", "export { app };"],
  ["the name createApp", "export const createApp = () => app;"],
];

test("the application is the default export, app, createApp, or what a function returns", async (context) => {
  for (const [why, source] of exported) {
    const app = `import { App } from "limpid";\nconst app = new App().get("/x", () => "");\n${source}\n`;
    const { err, out } = await limpid(["routes"], await folder(context, { "app.ts": app }));
    assert.equal(err, "", why);
    assert.match(out, /GET +\/x/, why);
  }
});

const wrong: [why: string, source: string, said: RegExp][] = [
  ["no export", "", /found: no export\n/],
  ["other exports", "export const server = 1, port = 2;", /found: no default export, only port, server\n/],
  ["null", "export default null;", /found: (?:no default export|.* null)/],
  ["a class of something else", "export default new Map();", /an object of Map\n/],
  ["a function of nothing", "export default () => {};", /found: no default export|undefined/],
  ["an object without routes", "export default { handle() {} };", /does not know its routes/],
];

test("a module that exports something else says what it found", async (context) => {
  for (const [why, source, said] of wrong) {
    const { code, err } = await limpid(["routes"], await folder(context, { "app.ts": source }));
    assert.equal(code, 1, why);
    assert.match(err, said, why);
    assert.match(err, /code: LMP_CLI_APP_INVALID/, why);
  }
});
