/** The guides of the template language are complete, and what they say something gives, it gives. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Environment } from "limpid/template";
import { arrayMembers } from "../../src/template/values/methods/array.ts";
import { dateMembers } from "../../src/template/values/methods/date.ts";
import { mapMembers } from "../../src/template/values/methods/map.ts";
import { numberMembers } from "../../src/template/values/methods/number.ts";
import { objectMembers } from "../../src/template/values/methods/object.ts";
import { setMembers } from "../../src/template/values/methods/set.ts";
import { textMembers } from "../../src/template/values/methods/text.ts";
import { urlMembers } from "../../src/template/values/methods/url.ts";
import { read } from "../repository/repository.ts";
import { claimsOf, pages, rowsOf } from "./reference-page.ts";

const reference = "docs/template/filters.md";
const rows = rowsOf(read(reference));
const environment = new Environment();

describe("examples give what stands beside them", () => {
  for (const page of pages) {
    for (const { place, expected, given } of claimsOf(page)) {
      test(place, () => assert.equal(given(), expected));
    }
  }
});

/** Several names stand in one cell as code with commas between. */
function namesIn(cell = ""): string[] {
  return cell.split(",").map((name) => name.replace(/`|\(.*$/g, "").trim());
}

function missing(names: Iterable<string>, column: string): string[] {
  const known = new Set(rows.flatMap(({ cells }) => namesIn(cells.get(column))));
  return [...names].filter((name) => !known.has(name));
}

test("every filter is in the reference, with an example that uses it", () => {
  assert.deepEqual(missing(environment.filters.keys(), "filter"), []);
  const cells = rows.flatMap(({ cells }) => (cells.has("filter") ? [cells] : []));
  const idle = cells.filter((row) => {
    const used = Array.from((row.get("example") ?? "").matchAll(/\| *(\w+)/g), ([, name]) => name);
    return !namesIn(row.get("filter")).some((name) => used.includes(name));
  });
  assert.deepEqual(
    idle.map((row) => row.get("filter")),
    [],
  );
});

test("every test is in the reference", () => {
  assert.deepEqual(missing(environment.tests.keys(), "test"), []);
});

test("every function is in the reference", () => {
  assert.deepEqual(missing(environment.globals.keys(), "function"), []);
});

test("every member of the built-in types is in the reference", () => {
  const text = read(reference);
  const types = {
    textMembers,
    arrayMembers,
    objectMembers,
    mapMembers,
    setMembers,
    numberMembers,
    dateMembers,
    urlMembers,
  };
  for (const [type, { properties, methods, mutating }] of Object.entries(types)) {
    const names = [properties, methods, mutating].flatMap((table) => Object.keys(table));
    const absent = names.filter((name) => !new RegExp(`\\b${name}\\b`).test(text));
    assert.deepEqual(absent, [], type);
  }
});
