/** Names that must not lead anywhere: another spelling, another platform's meaning, what is hidden. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { App, files, Request } from "limpid";
import { randomFrom, spelling } from "../../app/threats/spellings.ts";
import { ask, folderOf, listen, serveFolder, write } from "../served.ts";
import { mkdirSync, mkfifoSync, symlinkSync } from "./special-files.ts";

const secret = "SECRET";

test("CVE-2026-6414, CVE-2026-15074, CVE-2026-7120, GHSA-72gr-qfp7-vwhw, CVE-2026-29087, GHSA-92pp-h63x-v22m, CVE-2026-54286: 40,000 spellings", async (t) => {
  const outer = folderOf(t, {
    "secret.txt": secret,
    "public2/secret.txt": secret,
    "public/a.css": "public:a.css",
    "public/css/app.css": "public:css/app.css",
    "public/private/plan.txt": "public:private/plan.txt",
    "public/.env": secret,
    "public/.git/config": secret,
    "public/100%.txt": "public:100%.txt",
    "public/%2e%2e": "public:%2e%2e",
  });
  symlinkSync(`${outer}/secret.txt`, `${outer}/public/link.txt`);
  symlinkSync(outer, `${outer}/public/up`);
  let allowed: string | undefined;
  const allow = (path: string): boolean => {
    allowed = path;
    return path.split("/")[0] !== "private";
  };
  const app = new App();
  app.get("/static/*", files(`${outer}/public`, { allow, listing: true }));
  app.mount("/m", files(`${outer}/public`, { allow }));
  app.use("/u", files(`${outer}/public`, { allow }));
  const paths = ["/static", "/m", "/u"].flatMap((prefix) =>
    [
      "a.css",
      "css/app.css",
      "private/plan.txt",
      "../secret.txt",
      "../public2/secret.txt",
      ".env",
      ".git/config",
      "link.txt",
      "up/secret.txt",
      "100%25.txt",
      "%252e%252e",
      "%2e%2e/secret.txt",
      "css/../../secret.txt",
    ].map((path) => `${prefix}/${path}`),
  );
  const random = randomFrom(6414);
  const served = new Map<string, number>();
  for (let n = 0; n < 40_000; n++) {
    const target = spelling(paths, random);
    let request: Request;
    try {
      request = new Request(target);
    } catch {
      continue;
    }
    allowed = undefined;
    const response = await app.handle(request);
    const text = await response.text();
    const what = `${response.status} for ${JSON.stringify(target)}`;
    assert.ok([200, 308, 400, 404].includes(response.status), what);
    assert.ok(!text.includes(secret), what);
    if (response.status !== 200 || !text.startsWith("public:")) continue;
    // The file that was served is the one that the policy was asked about.
    assert.equal(text, `public:${allowed}`, what);
    assert.ok(!text.includes("private"), what);
    served.set(text, (served.get(text) ?? 0) + 1);
  }
  assert.ok((served.get("public:css/app.css") ?? 0) > 100, "the files themselves were reached often");
  assert.ok((served.get("public:100%.txt") ?? 0) > 10);
});

test("the same over the wire, octet by octet as it was written", async (t) => {
  const outer = folderOf(t, { "secret.txt": secret, "public/a.css": "public", "public/.env": secret });
  const { port } = await serveFolder(t, `${outer}/public`);
  const random = randomFrom(15_074);
  const statuses = new Map<number, number>();
  for (let n = 0; n < 1500; n++) {
    const target = spelling(["/static/a.css", "/static/../secret.txt", "/static/.env"], random);
    const { status, body } = await ask(port, target);
    assert.ok(!String(body).includes(secret), target);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  assert.ok((statuses.get(200) ?? 0) > 20 && (statuses.get(400) ?? 0) > 100, JSON.stringify([...statuses]));
});

test("CVE-2025-30208, CVE-2025-58751, CVE-2025-58752, CVE-2026-53571, GHSA-g7r4-m6w7-qqqr: queries, streams, short names, backslashes, neighbours", async (t) => {
  const outer = folderOf(t, {
    "public/app.js": "app",
    "public-2/app.js": secret,
    public2: secret,
    "publicx/y": secret,
  });
  const { ask: get } = await serveFolder(t, `${outer}/public`);
  for (const query of ["?raw??", "?import&raw??", "?.svg?.wasm?init", "??", "?/../../public2", "?inline"]) {
    assert.equal(String((await get(`/static/app.js${query}`)).body), "app", query);
  }
  const tails = [
    "::$DATA",
    ":stream",
    "%3A%3A$DATA",
    "::$INDEX_ALLOCATION",
    ".",
    "..",
    "...",
    "%20",
    "%20.",
    ".%20",
    "\\",
    "%5C",
    "%5c..%5cpublic2",
    "%00",
    "%00.js",
    "/",
    "/.",
    "~1",
    "%2e",
    ";",
    ";x",
    "%0a",
    "%ff",
    "\u00a0",
  ];
  for (const tail of tails) assert.notEqual((await get(`/static/app.js${tail}`)).status, 200, tail);
  for (const path of [
    "../public2",
    "..\\public2",
    "%2e%2e/public2",
    "..%2fpublic2",
    "../public-2/app.js",
    "-2/app.js",
    "2",
    "APP~1.JS",
    "C:/app.js",
    "C:%5Capp.js",
    "//localhost/share/app.js",
    "APP.JS",
    "App.js",
  ]) {
    const { status, body } = await get(`/static/${path}`);
    assert.ok(status === 400 || status === 404, `${status} for ${path}`);
    assert.ok(!String(body).includes(secret));
  }
});

test("CVE-2025-27210: names of devices are not there, in any case and with any extension", async (t) => {
  const devices = ["con", "prn", "aux", "nul", "com1", "com9", "com¹", "lpt1", "lpt³", "conin$", "conout$"];
  const root = folderOf(t, {
    "console.js": "fine",
    "auxiliary.txt": "fine",
    com10: "fine",
    "com.txt": "fine",
  });
  const extensions = ["", ".txt", ".tar.gz", ".js"];
  const names = devices.flatMap((name) =>
    [name, name.toUpperCase()].flatMap((one) => extensions.map((end) => one + end)),
  );
  for (const name of names) write(root, name, secret);
  const { ask: get } = await serveFolder(t, root);
  for (const name of names) {
    assert.equal((await get(`/static/${encodeURIComponent(name)}`)).status, 404, name);
  }
  for (const name of ["console.js", "auxiliary.txt", "com10", "com.txt"]) {
    assert.equal(String((await get(`/static/${name}`)).body), "fine", name);
  }
});

test("class: dotfiles: a hundred hidden names", async (t) => {
  const stems = [
    "env",
    "env.local",
    "env.production",
    "git",
    "gitignore",
    "htaccess",
    "htpasswd",
    "npmrc",
    "ssh",
    "DS_Store",
    "aws",
    "svn",
    "hg",
    "bashrc",
    "profile",
    "docker",
    "vscode",
    "idea",
    "config",
    "cache",
  ];
  const names = stems.flatMap((name) => [
    `.${name}`,
    `a/.${name}`,
    `.${name}/x`,
    `a/.${name}/x`,
    `..${name}`,
  ]);
  assert.equal(names.length, 100);
  const root = folderOf(t, {});
  for (const name of names.filter((one) => !one.endsWith("/x"))) write(root, `${name}/x`, secret);
  const { ask: get } = await serveFolder(t, root);
  for (const name of names) {
    assert.equal((await get(`/static/${name}`)).status, 404, name);
    assert.equal((await get(`/static/${name.replaceAll(".", "%2e")}`)).status, 404, name);
  }
});

test("long names are not there, and cost no call of the system", async (t) => {
  const root = folderOf(t, { ["x".repeat(255)]: "long", [`${"é".repeat(127)}`]: "bytes" });
  const { ask: get } = await serveFolder(t, root);
  assert.equal(String((await get(`/static/${"x".repeat(255)}`)).body), "long");
  assert.equal(String((await get(`/static/${"%C3%A9".repeat(127)}`)).body), "bytes");
  for (const path of [
    "x".repeat(256),
    "%C3%A9".repeat(128),
    "x".repeat(7000),
    "a/".repeat(3000),
    `${"d/".repeat(2100)}x`,
  ]) {
    assert.equal((await get(`/static/${path}`)).status, 404, String(path.length));
  }
});

test("what is no regular file is never read, and nothing waits for it", {
  skip: process.platform === "win32",
}, async (t) => {
  const root = folderOf(t, { "a.txt": "a" });
  mkfifoSync(`${root}/pipe`);
  mkfifoSync(`${root}/a.txt.gz`);
  mkdirSync(`${root}/directory`);
  symlinkSync("/dev/zero", `${root}/zero`);
  const app = new App();
  app.get("/static/*", files(root));
  app.get("/followed/*", files(root, { symlinks: true }));
  const { ask: get } = await listen(t, app);
  for (const prefix of ["/static", "/followed"]) {
    for (const name of ["pipe", "directory", "zero", "pipe/x", "a.txt/x"]) {
      assert.equal((await get(`${prefix}/${name}`)).status, 404, name);
    }
    assert.equal((await get(`${prefix}/a.txt`, { "Accept-Encoding": "gzip" })).status, 200);
  }
});
