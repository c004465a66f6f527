/** Finds the imports of a source file: static, dynamic, type-only and re-exporting ones. */
import { dirname, join, normalize } from "node:path";
import { read } from "./repository.ts";

/** One import. */
export interface Import {
  /** The file that imports, named from the root. */
  readonly from: string;
  /** As written: `"../errors/index.ts"`. */
  readonly specifier: string;
  /** The file that is meant, named from the root; undefined for a package. */
  readonly file: string | undefined;
}

/** Statements stand at the beginning of a line, which the formatter sees to; examples in comments do not. */
const statement = /^(?:import|export)\b(?:[^;"'`]*?\bfrom)?\s*["']([^"'\n]+)["']/gm;
const call = /\bimport\(\s*["']([^"'\n]+)["']/g;

/** Every import of a file. */
export function importsOf(from: string): Import[] {
  const source = read(from);
  const found = [...source.matchAll(statement), ...withoutComments(source).matchAll(call)];
  return found.map(([, specifier = ""]) => {
    const file = specifier.startsWith(".") ? normalize(join(dirname(from), specifier)) : undefined;
    return { from, specifier, file };
  });
}

/** The name of the package of a specifier: `"@scope/name"` of `"@scope/name/path"`. */
export function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function withoutComments(source: string): string {
  return source.replace(/^\s*(?:\/\*\*|\*|\/\/).*$/gm, "");
}
