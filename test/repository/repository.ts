/** The repository as the checks in this folder see it: its root, its files, its package. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The root folder. */
export const root: string = join(import.meta.dirname, "../..");

/** What `package.json` says. */
export interface PackageJson {
  name: string;
  version: string;
  bin: Record<string, string>;
  exports: Record<string, string | { source: string; types: string; default: string }>;
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

/** Folders that hold nothing anybody wrote. */
const generated = new Set(["node_modules", ".git", "dist", ".examples", "coverage"]);

/** The text of a file, named from the root. */
export function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** Files that match one of the patterns, named from the root, in alphabetical order. */
export function files(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: root, withFileTypes: true, exclude: (entry) => generated.has(entry.name) })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

/** What `package.json` says. */
export function packageJson(): PackageJson {
  return JSON.parse(read("package.json")) as PackageJson;
}
