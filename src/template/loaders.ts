/** Where templates come from: a folder, memory, several places in turn, or places by the beginning of a name. */
import { join, resolve, sep } from "node:path";
import { LimpidError } from "../errors/index.ts";
import { TemplateError } from "./template-error.ts";

/** Loaded when the first template is read: importing it by name would load its promises as well. */
const fileSystem = (): typeof import("node:fs") => process.getBuiltinModule("node:fs");

/** What files of templates end in, for who asks for all of them: not types, backups and pictures beside them. */
const suffix = /\.(?:html?|xhtml|xml|svg|txt|md|jinja2?|j2)$/;

/** A template as a loader found it. */
export interface LoadedTemplate {
  readonly text: string;
  /** The file, for stacks and editors. */
  readonly path?: string | undefined;
  /** Whether the text is still what the loader would find. Asked before each use where templates are reloaded. */
  isFresh?(): boolean;
}

/** Finds templates by name: `posts/show.html`, with `/` between the parts. */
export interface Loader {
  /** The template, or undefined where there is none of this name. */
  load(name: string): LoadedTemplate | undefined;
  /** The names of all templates, for what goes through all of them. */
  list?(): string[];
}

/**
 * Templates are the files of a folder. A name never leads out of the folder, through links neither.
 *
 * @example
 * ```ts
 * import { mkdtempSync, writeFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { Environment, FileSystemLoader } from "limpid/template";
 *
 * const folder = mkdtempSync(join(tmpdir(), "views-"));
 * writeFileSync(join(folder, "hello.html"), "Hello, {{ name }}!");
 * const views = new Environment({ loader: new FileSystemLoader(folder) });
 * console.log(String(views.render("hello.html", { name: "Ada" }))); // Hello, Ada!
 * ```
 */
export class FileSystemLoader implements Loader {
  readonly folder: string;

  constructor(folder: string | URL) {
    this.folder = resolve(folder instanceof URL ? decodeURIComponent(folder.pathname) : folder);
  }

  load(name: string): LoadedTemplate | undefined {
    if (!isPlainName(name)) return undefined;
    const path = join(this.folder, name);
    const { readFileSync, realpathSync, statSync } = fileSystem();
    try {
      if (!isInside(realpathSync(path), realpathSync(this.folder))) return undefined;
      const { mtimeMs, size } = statSync(path);
      const text = readFileSync(path, "utf8");
      return { text, path, isFresh: () => isUnchanged(path, mtimeMs, size) };
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  /** The names of the files that end in `.html .htm .xhtml .xml .svg .txt .md .jinja .jinja2 .j2`. */
  list(): string[] {
    try {
      return this.#below("").sort();
    } catch (error) {
      throw new LimpidError("LMP_TEMPLATE_NOT_FOUND", "The folder of the templates cannot be read.", {
        expected: "a folder",
        found: this.folder,
        fix: "Check the path that FileSystemLoader was given.",
        cause: error,
      });
    }
  }

  /** The names below a part of the folder. Linked folders are not entered: they may lead in a circle, or out. */
  #below(prefix: string): string[] {
    const entries = fileSystem().readdirSync(join(this.folder, prefix), { withFileTypes: true });
    return entries.flatMap((entry) => {
      const name = prefix + entry.name;
      if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
      if (entry.isDirectory()) return this.#below(`${name}/`);
      if (!suffix.test(name)) return [];
      return entry.isFile() || (entry.isSymbolicLink() && this.load(name) !== undefined) ? [name] : [];
    });
  }
}

/** Templates by name. */
export class MemoryLoader implements Loader {
  readonly #templates: ReadonlyMap<string, string>;

  constructor(templates: Readonly<Record<string, string>> | ReadonlyMap<string, string>) {
    this.#templates = templates instanceof Map ? templates : new Map(Object.entries(templates));
  }

  load(name: string): LoadedTemplate | undefined {
    const text = this.#templates.get(name);
    return text === undefined
      ? undefined
      : { text, path: undefined, isFresh: () => this.#templates.get(name) === text };
  }

  list(): string[] {
    return [...this.#templates.keys()].sort();
  }
}

/** The first of several loaders that has a template gives it: a theme before the defaults. */
export class ChainLoader implements Loader {
  readonly #loaders: readonly Loader[];

  constructor(loaders: readonly Loader[]) {
    this.#loaders = loaders;
  }

  load(name: string): LoadedTemplate | undefined {
    for (const [index, loader] of this.#loaders.entries()) {
      const found = loader.load(name);
      if (found === undefined) continue;
      const earlier = this.#loaders.slice(0, index);
      const stillFirst = (): boolean => earlier.every((other) => other.load(name) === undefined);
      return { ...found, isFresh: () => (found.isFresh?.() ?? true) && stillFirst() };
    }
    return undefined;
  }

  list(): string[] {
    return [...new Set(this.#loaders.flatMap((loader) => loader.list?.() ?? []))].sort();
  }
}

/** Loaders by the first part of a name: `admin/users.html` is `users.html` of the loader `admin`. */
export class PrefixLoader implements Loader {
  readonly #loaders: ReadonlyMap<string, Loader>;

  constructor(loaders: Readonly<Record<string, Loader>>) {
    this.#loaders = new Map(Object.entries(loaders));
  }

  load(name: string): LoadedTemplate | undefined {
    const slash = name.indexOf("/");
    return slash < 0 ? undefined : this.#loaders.get(name.slice(0, slash))?.load(name.slice(slash + 1));
  }

  list(): string[] {
    const names = (prefix: string, loader: Loader): string[] =>
      (loader.list?.() ?? []).map((name) => `${prefix}/${name}`);
    return [...this.#loaders].flatMap(([prefix, loader]) => names(prefix, loader)).sort();
  }
}

/** A name as templates write it, resolved against the template it is written in where it begins with `./` or `../`. */
export function resolvedName(name: string, from: string): string {
  if (!name.startsWith("./") && !name.startsWith("../")) return name;
  const parts = from.split("/").slice(0, -1);
  for (const part of name.split("/")) {
    if (part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) {
      throw new TemplateError("LMP_TEMPLATE_NOT_FOUND", `\`${name}\` leads out of the templates.`, {
        expected: "a name inside the folder of the templates",
        found: `${name}, from ${from}`,
        fix: "Write the name from the folder on.",
      });
    }
  }
  return parts.join("/");
}

/** No empty part, no `.` and `..`, nothing a file system takes for a way of its own. */
function isPlainName(name: string): boolean {
  if (name === "" || name.includes("\0") || name.includes("\\") || name.includes(":")) return false;
  return name.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

function isInside(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function isUnchanged(path: string, mtimeMs: number, size: number): boolean {
  const stats = fileSystem().statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && stats.mtimeMs === mtimeMs && stats.size === size;
}

function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return (
    code === "ENOENT" ||
    code === "ENOTDIR" ||
    code === "EISDIR" ||
    code === "ENAMETOOLONG" ||
    code === "ELOOP"
  );
}
