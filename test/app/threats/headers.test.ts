/** No header of a client has a say in what runs: every word of the framework's own source, sent as a header. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Request } from "limpid";
import { guardedApp } from "./guarded-app.ts";

const root = join(import.meta.dirname, "../../..");

/** Identifiers, symbol names, channel names and field names that the source mentions. */
function words(): string[] {
  const found = new Set<string>();
  for (const file of globSync("src/**/*.ts", { cwd: root })) {
    const source = readFileSync(join(root, file), "utf8");
    for (const [word] of source.matchAll(/[A-Za-z_$][\w$]*(?:[.-][\w$]+)*/g)) {
      if (word.length < 60) found.add(word);
    }
  }
  return [...found];
}

const foreign = [
  "middleware-subrequest",
  "middleware-next",
  "middleware-rewrite",
  "original-url",
  "rewrite-url",
  "invoke-path",
];
const values = ["1", "true", "/", "*", "middleware:middleware:middleware:middleware:middleware", "GET"];

test("CVE-2025-29927: every word of the source, as a header, with and without x-, changes nothing", async () => {
  const { app, outcome } = guardedApp();
  const names = [...words(), ...foreign].flatMap((word) => [word, `x-${word}`, `x-limpid-${word}`]);
  assert.ok(names.length > 3000, `${names.length} names`);
  for (const [index, name] of names.entries()) {
    const value = values[index % values.length] ?? "";
    const response = await app.handle(new Request("/admin/users", { headers: { [name]: value } }));
    assert.equal(response.status, 200, name);
    assert.equal(await response.text(), "prefix /admin/users", name);
    assert.deepEqual(outcome(), { passed: ["prefix"], reached: ["prefix"] }, name);
  }
});
