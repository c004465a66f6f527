/** A module that cannot be loaded: what is wrong, where, and what to do, and never a bare stack. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { folder, run } from "./process.ts";
import { limpid } from "./terminal.ts";

const failures: [why: string, files: Record<string, string>, said: RegExp][] = [
  [
    "a throw at import",
    { "app.ts": '\nconst port = 1;\nthrow new TypeError("no port");\n' },
    /found: TypeError: no port\n {4}at app\.ts:3:7\n[\s\S]*> 3 \| throw[\s\S]*fix: Mend app\.ts/,
  ],
  [
    "a throw in another module",
    {
      "app.ts": 'import "./db.ts";\n',
      "db.ts": 'function open() {\n  throw new Error("down");\n}\nopen();\n',
    },
    /app\.ts could not be loaded\.[\s\S]*at db\.ts:2:9\n {4}at db\.ts:4:1\n[\s\S]*> 2 \|[\s\S]*fix: Mend db\.ts/,
  ],
  [
    "a factory that rejects",
    { "app.ts": 'export default async () => {\n  throw new Error("no database");\n};\n' },
    /Error: no database\n {4}at app\.ts:2:9/,
  ],
  ["a text that is thrown", { "app.ts": 'throw "a text";\n' }, /found: a text\n/],
  [
    "TypeScript that is wrong",
    { "app.ts": "const a = 1;\nconst b: number = ;\n" },
    /at app\.ts:2\n[\s\S]*> 2 \| const b[\s\S]*fix: Mend the syntax of app\.ts/,
  ],
  [
    "TypeScript that Node cannot strip",
    { "app.ts": "enum Level { Low }\n" },
    /at app\.ts:1\n[\s\S]*fix: Node runs TypeScript by taking the types out/,
  ],
  [
    "JavaScript that is wrong, in another module",
    { "app.ts": 'import "./b.js";\n', "b.js": "const a = {;\n" },
    /SyntaxError: Unexpected token ';'\n {4}at b\.js:1\n[\s\S]*fix: Mend the syntax of b\.js/,
  ],
  [
    "an import of a name that is not there",
    { "app.ts": 'import { Apple } from "limpid";\nexport default new Apple();\n' },
    /named 'Apple'\n {4}at app\.ts:1[\s\S]*fix: Check the names that app\.ts imports/,
  ],
  [
    "a package that is missing",
    { "app.ts": 'import "no-such-package";\n' },
    /fix: .*npm install no-such-package/,
  ],
  ["a file that is missing", { "app.ts": 'import "./routes";\n' }, /fix: .*"\.\/routes\.ts"/],
];

test("what is wrong is said with its place, the lines around it and the fix", async (context) => {
  for (const [why, files, said] of failures) {
    const { code, out, err } = await limpid(["routes"], await folder(context, files));
    assert.deepEqual([code, out], [1, ""], why);
    assert.match(err, said, why);
    assert.match(err, /code: LMP_CLI_APP_FAILED\n$/, why);
    assert.doesNotMatch(err, /node:internal|load-app/, why);
  }
});

test("a promise that never settles is named instead of ending without a word", async (context) => {
  const cwd = await folder(context, { "app.ts": "await new Promise(() => {});\n" });
  const { code, err } = await run(["start"], { cwd });
  assert.equal(code, 1);
  assert.match(err, /top-level `await`[\s\S]*code: LMP_CLI_STALLED/);
});

test("a start hook that throws keeps the application from starting, with the place of the throw", async (context) => {
  const app = `import { App } from "limpid";
export default new App().onStart(() => {
  throw new Error("no database");
});
`;
  const { code, out, err } = await run(["start", "--port", "0"], {
    cwd: await folder(context, { "app.ts": app }),
  });
  assert.deepEqual([code, out], [1, ""]);
  assert.match(err, /^Error: no database\n {4}at .*app\.ts:3:9/);
  assert.doesNotMatch(err, /node:internal/);
});
