/** Loaders: a folder, memory, several in turn, and by the beginning of a name. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { ChainLoader, Environment, FileSystemLoader, MemoryLoader, PrefixLoader } from "limpid/template";

const root = mkdtempSync(join(tmpdir(), "loaders-"));
after(() => rmSync(root, { recursive: true }));

function folder(name: string, files: Record<string, string>): string {
  const path = join(root, name);
  mkdirSync(join(path, "posts"), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  return path;
}

/** Writes a file whose time of change is another one in any case. */
function change(path: string, text: string, seconds: number): void {
  writeFileSync(path, text);
  utimesSync(path, seconds, seconds);
}

test("a folder gives its files by name, in folders below too", () => {
  const path = folder("plain", {
    "a.html": "a {{ x }}",
    "posts/show.html": '{% include "./part.html" %}',
    "posts/part.html": "part",
  });
  for (const given of [
    new FileSystemLoader(path),
    path,
    new FileSystemLoader(`${path}/`),
    pathToFileURL(path),
  ]) {
    const views = new Environment({ loader: given });
    assert.equal(String(views.render("a.html", { x: 1 })), "a 1");
    assert.equal(String(views.render("posts/show.html")), "part");
    assert.deepEqual(views.names(), ["a.html", "posts/part.html", "posts/show.html"]);
  }
});

test("no name leads out of the folder", () => {
  const path = folder("inside", { "a.html": "a" });
  writeFileSync(join(root, "secret.html"), "secret");
  const loader = new FileSystemLoader(path);
  for (const name of [
    "../secret.html",
    "posts/../../secret.html",
    "/etc/passwd",
    join(root, "secret.html"),
    "..\\secret.html",
    "./a.html",
    "posts//a.html",
    "a.html/",
    "",
    ".",
    "..",
    "a.html\0",
    "C:a.html",
    "file:a.html",
  ])
    assert.equal(loader.load(name), undefined, JSON.stringify(name));
  assert.ok(loader.load("a.html"));
});

test("a link that leads out of the folder is not followed, one inside is", () => {
  const path = folder("links", { "a.html": "a" });
  writeFileSync(join(root, "outside.html"), "outside");
  symlinkSync(join(root, "outside.html"), join(path, "out.html"));
  symlinkSync(root, join(path, "up"));
  symlinkSync(join(path, "a.html"), join(path, "in.html"));
  const loader = new FileSystemLoader(path);
  assert.equal(loader.load("out.html"), undefined);
  assert.equal(loader.load("up/outside.html"), undefined);
  assert.equal(loader.load("in.html")?.text, "a");
});

test("a folder that is itself a link is fine", () => {
  const path = folder("target", { "a.html": "a" });
  symlinkSync(path, join(root, "linked"));
  assert.equal(new FileSystemLoader(join(root, "linked")).load("a.html")?.text, "a");
});

test("what is no file is no template", () => {
  const path = folder("kinds", {});
  const loader = new FileSystemLoader(path);
  for (const name of ["posts", "none.html", "none/none.html", "x".repeat(5000)])
    assert.equal(loader.load(name), undefined);
  assert.equal(new FileSystemLoader(join(root, "absent")).load("a.html"), undefined);
  assert.throws(() => new FileSystemLoader(join(root, "absent")).list(), {
    code: "LMP_TEMPLATE_NOT_FOUND",
    found: join(root, "absent"),
  });
});

test("links in a circle are no templates", () => {
  const path = folder("circular", { "c.html": "c" });
  symlinkSync(join(path, "b.html"), join(path, "a.html"));
  symlinkSync(join(path, "a.html"), join(path, "b.html"));
  symlinkSync("..", join(path, "up"));
  const loader = new FileSystemLoader(path);
  assert.equal(loader.load("a.html"), undefined);
  assert.deepEqual(loader.list(), ["c.html"]);
});

test("with `reload` a changed file is read again, and without not", () => {
  const path = folder("reload", {
    "a.html": "one",
    "layout.html": "[{% block b %}{% endblock %}]",
    "page.html": '{% extends "layout.html" %}{% block b %}p{% endblock %}',
  });
  const development = new Environment({ loader: path, reload: true });
  const production = new Environment({ loader: path, reload: false });
  const both = (name: string): string[] =>
    [development, production].map((views) => String(views.render(name)));
  assert.deepEqual(both("a.html"), ["one", "one"]);
  assert.deepEqual(both("page.html"), ["[p]", "[p]"]);
  change(join(path, "a.html"), "two", 1_000);
  change(join(path, "layout.html"), '<p title="{% block b %}{% endblock %}">', 1_000);
  assert.deepEqual(both("a.html"), ["two", "one"]);
  assert.deepEqual(both("page.html"), ['<p title="p">', "[p]"]);
  rmSync(join(path, "a.html"));
  assert.throws(() => development.render("a.html"), { code: "LMP_TEMPLATE_NOT_FOUND" });
  assert.equal(String(production.render("a.html")), "one");
  writeFileSync(join(path, "a.html"), "three");
  assert.deepEqual(both("a.html"), ["three", "one"]);
});

test("a template that was wrong is right as soon as its file is", () => {
  const path = folder("mended", { "a.html": "{% if %}" });
  const views = new Environment({ loader: path, reload: true });
  assert.throws(() => views.render("a.html"), { code: "LMP_TEMPLATE_SYNTAX" });
  change(join(path, "a.html"), "right", 2_000);
  assert.equal(String(views.render("a.html")), "right");
});

test("memory gives what it was made with", () => {
  const record = { "b.html": "b", "a.html": "a" };
  for (const loader of [new MemoryLoader(record), new MemoryLoader(new Map(Object.entries(record)))]) {
    assert.equal(loader.load("a.html")?.text, "a");
    assert.equal(loader.load("toString"), undefined);
    assert.equal(loader.load("__proto__"), undefined);
    assert.deepEqual(loader.list(), ["a.html", "b.html"]);
  }
});

test("memory that is a map may change", () => {
  const templates = new Map([["a.html", "one"]]);
  const views = new Environment({ loader: new MemoryLoader(templates), reload: true });
  assert.equal(String(views.render("a.html")), "one");
  templates.set("a.html", "two");
  assert.equal(String(views.render("a.html")), "two");
});

test("of a chain the first that has a template gives it", () => {
  const theme = new Map<string, string>();
  const loader = new ChainLoader([
    new MemoryLoader(theme),
    new MemoryLoader({ "a.html": "default", "b.html": "b" }),
  ]);
  const views = new Environment({ loader, reload: true });
  assert.equal(String(views.render("a.html")), "default");
  theme.set("a.html", "theme");
  assert.equal(String(views.render("a.html")), "theme");
  theme.delete("a.html");
  assert.equal(String(views.render("a.html")), "default");
  assert.equal(loader.load("none.html"), undefined);
  theme.set("a.html", "theme");
  assert.deepEqual(loader.list(), ["a.html", "b.html"]);
  assert.deepEqual(new ChainLoader([{ load: () => undefined }]).list(), []);
});

test("a prefix chooses the loader", () => {
  const admin = new Map([
    ["users/list.html", '{% include "./row.html" %}'],
    ["users/row.html", "row"],
  ]);
  const loader = new PrefixLoader({
    admin: new MemoryLoader(admin),
    shop: new MemoryLoader({ "a.html": "shop" }),
  });
  const views = new Environment({ loader, reload: true });
  assert.equal(String(views.render("admin/users/list.html")), "row");
  assert.equal(String(views.render("shop/a.html")), "shop");
  for (const name of ["a.html", "none/a.html", "admin", "admin/none.html", "toString/a"])
    assert.equal(loader.load(name), undefined);
  assert.deepEqual(loader.list(), ["admin/users/list.html", "admin/users/row.html", "shop/a.html"]);
  admin.set("users/row.html", "changed");
  assert.equal(String(views.render("admin/users/list.html")), "changed");
});

test("a loader of one's own is an object with `load`", () => {
  const views = new Environment({
    loader: { load: (name) => (name === "made.html" ? { text: "made {{ 1 }}" } : undefined) },
  });
  assert.equal(String(views.render("made.html")), "made 1");
  assert.deepEqual(views.names(), []);
  assert.throws(() => views.render("other.html"), { code: "LMP_TEMPLATE_NOT_FOUND" });
});

test("errors of files name the file in their stack", () => {
  const path = folder("stacks", { "a.html": "\n{{ f() }}" });
  const views = new Environment({ loader: path });
  const f = (): never => {
    throw new RangeError("no");
  };
  assert.throws(
    () => views.render("a.html", { f }),
    (error: Error) => (error.stack ?? "").includes(`${join(path, "a.html")}:2:4`),
  );
});
