/** What a program does not use it does not load: importing Limpid and listening leaves the dear modules of Node alone. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { describe, test } from "node:test";
import { promisify } from "node:util";
import { root } from "./repository.ts";

const run = promisify(execFile);

/** Each costs milliseconds at every start; `internal/deps/undici/undici` is the whole of Fetch. */
const dear = [
  "crypto",
  "http",
  "http2",
  "internal/deps/undici/undici",
  "internal/fs/promises",
  "internal/webstreams/readablestream",
  "tls",
  "v8",
  "worker_threads",
  "zlib",
];

/** The dear modules that a program of these lines has loaded, and `pino` where that is among them. */
async function loadedBy(program: string): Promise<string[]> {
  const report = `
    const { createRequire } = process.getBuiltinModule("node:module");
    const files = Object.keys(createRequire(import.meta.url).cache);
    const pino = files.some((file) => file.includes("/node_modules/pino/")) ? ["pino"] : [];
    const builtins = process.moduleLoadList.map((name) => name.replace(/^NativeModule /, ""));
    process.stdout.write(JSON.stringify([...builtins, ...pino]), () => process.exit());`;
  const { stdout } = await run(
    process.execPath,
    ["--conditions=source", "--input-type=module", "--eval", program + report],
    {
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: "", NODE_TEST_CONTEXT: undefined, LOG_LEVEL: "fatal" },
    },
  );
  const loaded = new Set(JSON.parse(stdout) as string[]);
  return [...dear, "pino"].filter((name) => loaded.has(name));
}

const application = `
  import { App, createLogger } from "limpid";
  const app = new App();
  app.get("/text", () => "text");
  app.get("/json", () => ({ list: [1] }));
  const server = await app.listen({ port: 0, host: "127.0.0.1" });`;

const requests = `
  import { connect } from "node:net";
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  for (const path of ["text", "json"]) socket.write(\`GET /\${path} HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n\`);
  socket.write("GET /text HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n");
  let answers = "";
  for await (const bytes of socket) answers += bytes;
  if (answers.match(/HTTP\\/1.1 200/g)?.length !== 3) throw new Error(answers);`;

describe("an application", () => {
  test("listens without the dear modules", async () => {
    assert.deepEqual(await loadedBy(application), []);
  });

  test("answers text and JSON without them", async () => {
    const loaded = await loadedBy(application + requests);
    // The server looks at how full the heap is, while there are requests.
    assert.deepEqual(
      loaded.filter((name) => name !== "v8"),
      [],
    );
  });

  test("has pino as soon as there is a logger", async () => {
    assert.ok((await loadedBy(`${application} createLogger();`)).includes("pino"));
  });
});

test("the names of the dear modules are those that Node gives them", async () => {
  const all = `
    import "node:crypto"; import "node:fs/promises"; import "node:http2"; import "node:v8"; import "node:worker_threads";
    import "node:zlib"; new Response(); new ReadableStream();`;
  assert.deepEqual(await loadedBy(all), dear);
});
