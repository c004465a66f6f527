/** A project with templates in a temporary folder, and the check of it. */
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { type CheckResult, checkTemplates } from "../../../src/template/check.ts";

export { checkTemplates };

const typescript = fileURLToPath(new URL("../../../node_modules/typescript", import.meta.url));

export const models = `export interface User { name: string; email?: string; friends: User[] }
export interface Post { title: string; author: User; tags: string[]; published?: Date; status: "draft" | "live" }
export type Result = { ok: true; value: string } | { ok: false; error: string };
`;

/** Options that a project may well have, and that would not do for modules which are only checked. */
const tsconfig = JSON.stringify({
  compilerOptions: {
    strict: true,
    noUncheckedIndexedAccess: true,
    module: "nodenext",
    target: "es2024",
    rootDir: ".",
    outDir: "dist",
    composite: true,
    noUnusedLocals: true,
    noPropertyAccessFromIndexSignature: true,
  },
  include: ["*.ts"],
});

/** A folder with these files beside `models.ts` and `tsconfig.json`; removed behind the test. */
export async function project(t: TestContext, files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "limpid-check-"));
  t.after(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, "node_modules"));
  await symlink(typescript, join(folder, "node_modules/typescript"));
  for (const [name, text] of Object.entries({ "models.ts": models, "tsconfig.json": tsconfig, ...files })) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** Checks templates, given by name, in a project of their own. */
export async function check(t: TestContext, templates: Record<string, string>): Promise<CheckResult> {
  const files = Object.entries(templates).map(([name, text]) => [`views/${name}`, text]);
  const folder = await project(t, Object.fromEntries(files));
  return await checkTemplates({ folders: [join(folder, "views")], project: folder });
}

/** Problems as lines: place, sentence, fix. */
export function lines({ problems }: CheckResult): string[] {
  return problems.map(({ template, line, column, message, fix }) =>
    `${template}:${line}:${column} ${message} ${fix ?? ""}`.trim(),
  );
}

/** What checks have left behind in a project. */
export async function leftovers(folder: string): Promise<string[]> {
  return await readdir(join(folder, "node_modules/.cache/limpid"));
}
