/** Places in source files: read from stacks, and shown with the lines around them. */
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** A place in a source file; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column?: number | undefined;
}

/** Lines shown on either side. */
const AROUND = 2;

/** The places of a stack that are somebody's own: neither Node's nor of an installed package. */
export function placesOfStack(stack: string): Place[] {
  const places: Place[] = [];
  for (const frame of stack.split("\n")) {
    const [, file, line, column] =
      /^\s+at (?:.*[( ])?(file:\/\/[^\s)]+|\/[^\s):]+):(\d+):(\d+)\)?$/.exec(frame) ?? [];
    if (file === undefined || file.includes("/node_modules/") || isOurs(file)) continue;
    places.push({ file: pathOf(file), line: Number(line), column: Number(column) });
  }
  return places;
}

/** The place that stands in the first line of what Node prints about a syntax error: `file:///shop/app.ts:3`. */
export function placeOfHeader(text: string): Place | undefined {
  const [, file, line] = /^(file:\/\/\S+|\/\S+):(\d+)\n/m.exec(text) ?? [];
  return file === undefined ? undefined : { file: pathOf(file), line: Number(line) };
}

/** The file as one would type it from `folder`; in full where it lies outside. */
export function shownFile(file: string, folder: string): string {
  const path = relative(folder, file);
  return path.startsWith("..") ? file : path;
}

/** The lines around a place, the line itself marked; none where the file cannot be read. */
export function excerpt({ file, line }: Place): string[] {
  let source: string[];
  try {
    source = readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
  const first = Math.max(1, line - AROUND);
  const width = String(line + AROUND).length;
  return source.slice(first - 1, line + AROUND).map((text, index) => {
    const number = first + index;
    return `    ${number === line ? ">" : " "} ${String(number).padStart(width)} | ${text}`.trimEnd();
  });
}

/** The frame of the command that imports the application. */
function isOurs(file: string): boolean {
  return file.startsWith(new URL(".", import.meta.url).href);
}

function pathOf(file: string): string {
  return file.startsWith("file:") ? fileURLToPath(file) : file;
}
