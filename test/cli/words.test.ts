/** The words of the command line: help, version, slips, and an old Node. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { folder, run } from "./process.ts";

test("--version prints the version of the package", async () => {
  const manifest = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
  for (const word of ["--version", "-v"]) {
    assert.deepEqual(await run([word]), { code: 0, out: `${manifest.version}\n`, err: "" });
  }
});

test("--help lists the commands, and of a command its flags, variables and examples", async () => {
  for (const words of [[], ["--help"], ["-h"], ["help"]]) {
    const { code, out } = await run(words);
    assert.equal(code, 0);
    assert.match(out, /start[\s\S]*routes/);
  }
  for (const words of [
    ["start", "--help"],
    ["help", "start"],
  ]) {
    const { code, out } = await run(words);
    assert.equal(code, 0);
    for (const flag of ["--port", "--host", "--socket", "--tls-cert", "--tls-key", "[env: PORT]"])
      assert.ok(out.includes(flag), flag);
  }
});

const slips: [string[], RegExp][] = [
  [["strat"], /Did you mean `limpid start`\?[\s\S]*LMP_CLI_COMMAND_UNKNOWN/],
  [["xyzzy"], /LMP_CLI_COMMAND_UNKNOWN/],
  [["start", "--prot", "1"], /Did you mean --port\?[\s\S]*LMP_CLI_FLAG_UNKNOWN/],
  [["start", "--xyzzy"], /limpid start --help[\s\S]*LMP_CLI_FLAG_UNKNOWN/],
  [["start", "--port"], /needs a value[\s\S]*LMP_CLI_FLAG_VALUE/],
  [["start", "--port="], /needs a value[\s\S]*LMP_CLI_FLAG_VALUE/],
  [["start", "--port", "70000"], /0 to 65535[\s\S]*70000[\s\S]*LMP_CLI_FLAG_VALUE/],
  [["start", "--port", "-1"], /LMP_CLI_FLAG_VALUE/],
  [["start", "--port", "80.5"], /LMP_CLI_FLAG_VALUE/],
  [["routes", "--json=yes"], /takes no value[\s\S]*LMP_CLI_FLAG_VALUE/],
  [["start", "a.ts", "b.ts"], /"b\.ts"[\s\S]*LMP_CLI_ARGUMENT_UNKNOWN/],
];

test("a slip is answered with code 2 and the nearest right word", async () => {
  for (const [words, pattern] of slips) {
    const { code, out, err } = await run(words);
    assert.equal(code, 2, words.join(" "));
    assert.match(err, pattern, words.join(" "));
    assert.equal(out, "");
  }
});

const app = `import { App } from "limpid";
const app = new App();
app.get("/", { name: "home" }, function home() { return "hello"; });
app.post("/items/:id", () => "made");
export default app;
`;

test("routes lists what answers what, as a table and as JSON", async (t) => {
  const cwd = await folder(t, { "app.ts": app });
  const table = await run(["routes"], { cwd });
  assert.match(table.out, /^METHOD {2}PATH[\s\S]*GET +\/ +home +home\nPOST +\/items\/:id +handler\n$/);
  const { out } = await run(["routes", "app.ts", "--json"], { cwd });
  assert.deepEqual(JSON.parse(out)[0], {
    method: "GET",
    pattern: "/",
    name: "home",
    middleware: [],
    handler: "home",
  });
});

test("on a Node that is too old the command says so in one sentence", async (t) => {
  const cwd = await folder(t, {});
  for (const version of ["20.20.2", "22.0.0", "24.6.9"]) {
    const preload = join(cwd, `old-${version}.mjs`);
    await writeFile(
      preload,
      `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`,
    );
    const { code, out, err } = await run(["start"], { cwd, node: ["--import", preload] });
    assert.equal(code, 1);
    assert.equal(out, "");
    assert.match(
      err,
      new RegExp(
        `^Limpid needs Node\\.js 24\\.7 or later and found ${version.replaceAll(".", "\\.")}; .*\\.\n$`,
      ),
    );
  }
});
