/** The file that gives `render` its types. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { checkTemplates, project } from "./project.ts";

const templates = {
  "other.ts": "export interface User { id: number }\n",
  "views/posts/show.html": `{# props {
    post:   Post, // the one
    /* all */ posts ?: Post[];
    state: "a  b" | { user: User }
    callback(name: string): Promise<void>
  } from "../../models.ts" #}{{ post.title }}`,
  "views/admin.html": '{# props { user: User, one: Post } from "../other.ts" #}'.replace(", one: Post", ""),
  "views/plain.html": "{{ anything }}",
  "views/long.html": `{# props { ${Array.from("abcdefgh", (name) => `${name}: Record<string, number>`).join("; ")} } #}`,
  "views/empty.html": "{# props {} #}",
};

const expected = `// Written by \`limpid check --types\` from the props comments of the templates.
import type { Post, User as User2 } from "../models.ts";
import type { User } from "../other.ts";

/** The templates, each with what it is rendered with. */
export interface Views {
  "admin.html": { user: User };
  "empty.html": Record<string, never>;
  "long.html": {
${Array.from("abcdefgh", (name) => `    ${name}: Record<string, number>;\n`).join("")}  };
  "plain.html": Record<string, unknown>;
  "posts/show.html": {
    post: Post;
    posts?: Post[];
    state: "a  b" | { user: User2 };
    callback(name: string): Promise<void>;
  };
}
`;

test("the file is formatted, and what it imports has one name each", async (t) => {
  const folder = await project(t, { ...templates, "src/use.ts": use });
  const { problems, views } = await checkTemplates({ folders: [join(folder, "views")], project: folder });
  assert.deepEqual(problems, []);
  const path = join(folder, "src/views.d.ts");
  assert.equal(views(path), expected);
  await writeFile(path, views(path));
  const tsc = join(folder, "node_modules/typescript/bin/tsc");
  const flags =
    "--noEmit --strict --module nodenext --target es2024 --allowImportingTsExtensions --ignoreConfig src/use.ts";
  const ran = promisify(execFile)(process.execPath, [tsc, ...flags.split(" ")], { cwd: folder });
  assert.equal((await ran).stdout, "");
});

const use = `import type { Views } from "./views.d.ts";
declare function render<Name extends keyof Views>(name: Name, props: Views[Name]): void;
render("admin.html", { user: { id: 1 } });
render("plain.html", { whatever: 1 });
// @ts-expect-error
render("admin.html", { user: { name: "x" } });
// @ts-expect-error
render("posts/show.html", {});
// @ts-expect-error
render("admn.html", {});
`;
