/** Writes the table of codes in `docs/errors.md` from `src/errors/codes.ts`; a test holds the two equal. */
import { readFile, writeFile } from "node:fs/promises";

const source = await readFile(new URL("../src/errors/codes.ts", import.meta.url), "utf8");
const guide = new URL("../docs/errors.md", import.meta.url);
const marker = "<!-- codes -->";

const lines: string[] = [];
for (const line of source.split("\n")) {
  const layer = /^ {2}\/\/ (\w+)$/.exec(line)?.[1];
  if (layer !== undefined) lines.push("", `### ${layer}`, "", "| code | when |", "|---|---|");
  const entry = /^ {2}(LMP_\w+): *"(.*)",$/.exec(line) ?? /^ {2}(LMP_\w+):$/.exec(line);
  if (entry?.[1] !== undefined) lines.push(`| \`${entry[1]}\` | ${entry[2] ?? ""} |`);
  const continued = /^ {4}"(.*)",$/.exec(line)?.[1];
  if (continued !== undefined) lines.push((lines.pop() ?? "").replace(/ {2}\|$/, ` ${continued} |`));
}

const text = await readFile(guide, "utf8");
await writeFile(guide, `${text.slice(0, text.indexOf(marker) + marker.length)}\n${lines.join("\n")}\n`);
