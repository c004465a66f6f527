/** class: template path traversal. Templates come from their folder and from nowhere else, whatever their names are. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import {
  ChainLoader,
  Environment,
  FileSystemLoader,
  type Loader,
  MemoryLoader,
  PrefixLoader,
  TemplateError,
} from "limpid/template";

const root = mkdtempSync(join(tmpdir(), "views-"));
const folder = join(root, "views");
after(() => rmSync(root, { recursive: true, force: true }));

mkdirSync(join(folder, "posts", "deep"), { recursive: true });
mkdirSync(join(root, "views-secret"));
for (const path of ["secret", "secret.html", "views-secret/secret.html"])
  writeFileSync(join(root, path), "SECRET");
writeFileSync(join(folder, "page.html"), "page");
writeFileSync(join(folder, "posts", "show.html"), "{% include name %}");
writeFileSync(join(folder, "posts", "deep", "show.html"), "{% include name %}");
symlinkSync(join(root, "secret.html"), join(folder, "link.html"));
symlinkSync(join(root, "views-secret"), join(folder, "up"));
symlinkSync("../../secret.html", join(folder, "posts", "relative.html"));
symlinkSync(join(folder, "page.html"), join(folder, "inside.html"));
symlinkSync("loop.html", join(folder, "loop.html"));

const targets = ["secret.html", "secret", "views-secret/secret.html", "etc/passwd"];
const ups = [
  ...[
    "../",
    "..\\",
    "../../",
    "./../",
    ".//../",
    "....//",
    "..././",
    "..;/",
    "../;/",
    "%2e%2e/",
    "%2e%2e%2f",
    "..%2f",
  ],
  ...[
    "..%5c",
    "%252e%252e/",
    "..%c0%af",
    "..%00/",
    "..\0/",
    "\0../",
    "..\u2215",
    "..\uff0f",
    "\uff0e\uff0e/",
    ".. /",
    " ../",
  ],
  ...[
    "..\n/",
    "posts/../../",
    "posts/deep/../../../",
    "posts/./../../",
    "posts//../../",
    "posts\\..\\..\\",
    "up/",
    "./up/",
  ],
  ...[
    "posts/../up/",
    "/",
    "//",
    "///",
    "\\",
    "\\\\",
    "C:/",
    "C:\\",
    "c:",
    "file://",
    "file:",
    "\\\\?\\C:\\",
    "//server/share/",
  ],
  ...[
    "~/",
    "$HOME/",
    "%USERPROFILE%/",
    "CON/",
    "page.html/../../",
    "page.html\0/",
    "page.html\0../",
    ".",
    "./.",
    "UP/",
    "Up/",
  ],
];
const names = [
  ...ups.flatMap((up) => targets.flatMap((target) => [up + target, `${up}${root}/${target}`])),
  ...targets.flatMap((target) => [
    join(root, target),
    pathToFileURL(join(root, target)).href,
    `posts/${root}/${target}`,
  ]),
  ...[
    "link.html",
    "./link.html",
    "posts/relative.html",
    "loop.html",
    "LINK.HTML",
    "up",
    "posts",
    "posts/",
    "",
    "/",
    ".",
    "..",
  ],
  ...[
    "page.html/",
    "page.html/x",
    "/page.html",
    "posts//show.html",
    "page.html\0",
    "page.html ",
    "page.html.",
    "PAGE.HTML",
  ],
  ...("x"
    .repeat(300)
    .concat("/")
    .repeat(40)
    .match(/.{1,4000}/g) ?? []),
  "x".repeat(100_000),
  "../".repeat(20_000),
  "a/".repeat(50_000),
];

const files = new FileSystemLoader(folder);
const loaders: Readonly<Record<string, Loader>> = {
  folder: files,
  url: new FileSystemLoader(pathToFileURL(folder)),
  chain: new ChainLoader([new MemoryLoader({ other: "x" }), files]),
  prefix: new PrefixLoader({ a: files, "..": files }),
};

test("there are several hundred names", () => assert.ok(names.length > 400, `${names.length}`));

for (const [kind, loader] of Object.entries(loaders)) {
  test(`${kind}: no name leads out of the folder, and each is told as not found`, () => {
    const views = new Environment({ loader });
    const attempts: ((name: string) => unknown)[] = [
      (name) => views.render(name, {}),
      (name) => views.fromString("{% include name %}").render({ name }),
    ];
    if (kind === "folder") {
      attempts.push((name) => views.fromString("{% extends name %}").render({ name }));
      attempts.push((name) => views.fromString("{% import name as m %}{{ m }}").render({ name }));
      attempts.push((name) => views.fromString("{% include ['nothing', name] %}").render({ name }));
      attempts.push((name) => views.render("posts/show.html", { name }));
      attempts.push((name) => views.render("posts/deep/show.html", { name }));
    }
    for (const name of names) {
      for (const attempt of attempts) {
        assert.throws(
          () => attempt(name),
          (error) => error instanceof TemplateError && error.code === "LMP_TEMPLATE_NOT_FOUND",
          JSON.stringify(name.slice(0, 200)),
        );
      }
    }
  });
}

test("`ignore missing` gives nothing for them either", () => {
  const views = new Environment({ loader: files });
  for (const name of names) {
    const source = "{% include name ignore missing %}";
    try {
      assert.equal(String(views.fromString(source).render({ name })), "", name.slice(0, 200));
    } catch (error) {
      assert.equal((error as TemplateError).code, "LMP_TEMPLATE_NOT_FOUND", name.slice(0, 200));
    }
  }
});

test("what is no text is no name", () => {
  const views = new Environment({ loader: files });
  for (const name of [
    1,
    null,
    undefined,
    true,
    {},
    { toString: () => "page.html" },
    ["../secret.html"],
    [],
    Symbol("x"),
  ]) {
    assert.throws(
      () => views.fromString("{% include name %}").render({ name }),
      (error) => error instanceof TemplateError,
      String(name),
    );
  }
});

test("inside of the folder, names and links work", () => {
  const views = new Environment({ loader: files });
  for (const name of ["page.html", "inside.html"]) assert.equal(String(views.render(name, {})), "page");
  for (const name of ["../page.html", "./../page.html", "../inside.html", "page.html"]) {
    assert.equal(String(views.render("posts/show.html", { name })), "page", name);
  }
  assert.ok(files.list().includes("posts/show.html"));
  assert.ok(files.list().every((name) => !name.startsWith("up/")));
});

test("a folder that is linked to its own parent is not listed again, nor what stands outside", () => {
  const linked = join(root, "linked");
  mkdirSync(linked);
  writeFileSync(join(linked, "page.html"), "page");
  symlinkSync("..", join(linked, "up"));
  const loader = new FileSystemLoader(linked);
  assert.deepEqual(loader.list(), ["page.html"]);
  assert.equal(new Environment({ loader }).precompile(), 1);
});
