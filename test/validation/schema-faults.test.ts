/** What a schema itself can do wrong, and the moments that tell how a validation went. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { check, checkBegin, checkEnd, type StandardSchemaV1, validate } from "limpid/validation";
import { z } from "zod";

function schema(validate: (value: unknown) => unknown): StandardSchemaV1<unknown, string> {
  return { "~standard": { version: 1, vendor: "by hand", validate } } as StandardSchemaV1<unknown, string>;
}

for (const value of [
  undefined,
  null,
  {},
  [],
  "schema",
  7,
  () => "x",
  { "~standard": {} },
  { "~standard": { version: 2 } },
]) {
  test(`${typeof value} ${JSON.stringify(value)} is no schema, and the error says what is`, async () => {
    const expected = { code: "LMP_VALIDATION_SCHEMA_INVALID", fix: /zod/ };
    assert.throws(() => validate(value as never, 1), expected);
    await assert.rejects(check(value as never, 1), expected);
  });
}

test("a schema that throws is an error of the application, with the cause", async () => {
  const cause = new TypeError("no such table");
  const throws = schema(() => {
    throw cause;
  });
  const expected = { code: "LMP_VALIDATION_SCHEMA_FAILED", cause, found: "no such table" };
  assert.throws(() => validate(throws, 1), expected);
  await assert.rejects(check(throws, 1), expected);
  const rejects = schema(() => Promise.reject(cause));
  await assert.rejects(async () => validate(rejects, 1), expected);
});

for (const result of [undefined, null, 7, { issues: "many" }]) {
  test(`a schema that returns ${JSON.stringify(result)} has failed`, () => {
    assert.throws(
      () =>
        validate(
          schema(() => result),
          1,
        ),
      { code: "LMP_VALIDATION_SCHEMA_FAILED" },
    );
  });
}

test("segments of a path may be objects, symbols and anything a Map has for a key", async () => {
  const path = [{ key: "a" }, 0, Symbol("b"), { key: Symbol() }, { key: { toString: () => "c" } as never }];
  const checked = await check(
    schema(() => ({ issues: [{ message: "no", path }] })),
    1,
  );
  assert.deepEqual(checked.valid || checked.issues, [{ path: ["a", 0, "b", "", "c"], message: "no" }]);
});

test("a promise of another realm counts as a promise", async () => {
  const foreign: unknown = runInNewContext("Promise.resolve({ value: 'late' })");
  assert.ok(!(foreign instanceof Promise));
  assert.equal(
    await validate(
      schema(() => foreign),
      1,
    ),
    "late",
  );
});

test("each validation announces its begin and its end", async () => {
  const Name = z.string();
  const seen: unknown[] = [];
  const stops = [
    checkBegin.listen((data) => seen.push(["begin", data.vendor, data.schema === Name])),
    checkEnd.listen((data) => seen.push(["end", data.vendor, data.issues])),
  ];
  await check(Name, "Ada");
  await check(Name, 7);
  assert.throws(() =>
    validate(
      schema(() => {
        throw new Error("broken");
      }),
      1,
    ),
  );
  for (const stop of stops) stop();
  assert.deepEqual(seen, [
    ["begin", "zod", true],
    ["end", "zod", 0],
    ["begin", "zod", true],
    ["end", "zod", 1],
    ["begin", "by hand", false],
    ["end", "by hand", -1],
  ]);
});
