/** Finds the TypeScript that readers are shown: blocks in documents and examples in doc comments. */
import { files, read } from "./repository.ts";

/** One block. */
export interface CodeBlock {
  /** The document or source it stands in, named from the root. */
  readonly file: string;
  /** The line of its first line of code, counted from 1. */
  readonly line: number;
  /** The language behind the fence. */
  readonly language: string;
  /** The words behind the language: `no-run`, `no-check`. */
  readonly marks: readonly string[];
  readonly code: string;
}

/** Every fenced block of a Markdown text. */
export function blocksOf(file: string, text: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const lines = text.split("\n");
  for (let index = 0; index < lines.length; index++) {
    const [, indent = "", info] = /^(\s*)```(.*)$/.exec(lines[index] ?? "") ?? [];
    if (info === undefined) continue;
    const start = index + 1;
    for (index = start; index < lines.length && lines[index]?.trim() !== "```"; index++);
    const code = lines.slice(start, index).map((line) => line.slice(indent.length));
    const [language = "", ...marks] = info.trim().split(/\s+/);
    blocks.push({ file, line: start + 1, language, marks, code: code.join("\n") });
  }
  return blocks;
}

/** The text of a source's doc comments, every other line empty, so that line numbers stay true. */
function commentsOf(source: string): string {
  let inside = false;
  const lines = source.split("\n").map((line) => {
    if (/^\s*\/\*\*/.test(line)) inside = true;
    const text = inside ? line.replace(/^\s*(?:\/\*\*|\*\/|\* ?)/, "") : "";
    if (line.includes("*/")) inside = false;
    return text;
  });
  return lines.join("\n");
}

/** Every TypeScript block in documents and doc comments. */
export function examples(): CodeBlock[] {
  const documents = files("*.md", "docs/**/*.md", "examples/**/*.md").flatMap((file) =>
    blocksOf(file, read(file)),
  );
  const comments = files("src/**/*.ts").flatMap((file) => blocksOf(file, commentsOf(read(file))));
  return [...documents, ...comments].filter(({ language }) => language === "ts");
}
