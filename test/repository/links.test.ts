/** Links between the documents lead somewhere: to a file that exists, and to a heading that it has. */
import assert from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { files, read, root } from "./repository.ts";

/** The prose of a document, without its code. */
function proseOf(file: string): string {
  return read(file)
    .replace(/^\s*```[\s\S]*?^\s*```$/gm, "")
    .replace(/`[^`\n]*`/g, "");
}

/** The anchors of a document's headings, as forges make them. */
function anchorsOf(file: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of read(file)
    .replace(/^```[\s\S]*?^```$/gm, "")
    .matchAll(/^#+ (.+)$/gm)) {
    const base = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(/\s/g, "-");
    let anchor = base;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${base}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

for (const document of files("*.md", "docs/**/*.md", "examples/**/*.md")) {
  test(document, () => {
    const broken = Array.from(
      proseOf(document).matchAll(/\]\(([^)\s]+)\)/g),
      ([, target = ""]) => target,
    ).filter((target) => !/^[a-z]+:/i.test(target) && !leadsSomewhere(document, target));
    assert.deepEqual(broken, []);
  });
}

function leadsSomewhere(document: string, target: string): boolean {
  const [path = "", anchor] = target.split("#", 2);
  const file = path === "" ? document : normalize(join(dirname(document), path));
  if (file.startsWith("..") || !existsSync(join(root, file))) return false;
  if (anchor === undefined) return true;
  return statSync(join(root, file)).isFile() && file.endsWith(".md") && anchorsOf(file).has(anchor);
}
