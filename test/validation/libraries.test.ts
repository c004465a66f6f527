/** One contract for zod, valibot and arktype: what comes out of `validate` and `check`, synchronous or not. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type } from "arktype";
import { ValidationError } from "limpid/errors";
import { check, type StandardSchemaV1, validate } from "limpid/validation";
import * as v from "valibot";
import { z } from "zod";

interface Order {
  name: string;
  items: { price: number }[];
}

const schemas: Record<string, StandardSchemaV1<unknown, Order>> = {
  zod: z.object({ name: z.string().min(1), items: z.array(z.object({ price: z.number() })) }),
  valibot: v.object({
    name: v.pipe(v.string(), v.minLength(1)),
    items: v.array(v.object({ price: v.number() })),
  }),
  arktype: type({ name: "string > 0", items: type({ price: "number" }).array() }),
};

const asynchronous: Record<string, StandardSchemaV1<unknown, { name: string }>> = {
  zod: z.object({ name: z.string().refine(async (name) => name !== "taken", "Taken already") }),
  valibot: v.objectAsync({
    name: v.pipeAsync(
      v.string(),
      v.checkAsync(async (name) => name !== "taken", "Taken already"),
    ),
  }),
};

const good: Order = { name: "Ada", items: [{ price: 3 }] };
const bad = { name: "", items: [{ price: 3 }, { price: "four" }] };

for (const [library, schema] of Object.entries(schemas)) {
  describe(library, () => {
    test("a valid value comes back at once", () => {
      assert.deepEqual(validate(schema, good), good);
    });

    test("an invalid value is a 422 with a path for every issue", () => {
      assert.throws(
        () => validate(schema, bad),
        (error) => {
          assert.ok(error instanceof ValidationError);
          assert.equal(error.status, 422);
          assert.equal(error.code, "LMP_VALIDATION_FAILED");
          const paths = error.issues.map((issue) => issue.path);
          // Which issue comes first is the library's choice.
          assert.deepEqual(paths.toSorted(), [["items", 1, "price"], ["name"]]);
          assert.deepEqual(Object.keys(error.fields).toSorted(), ["items.1.price", "name"]);
          return true;
        },
      );
    });

    test("`check` tells the same without throwing", async () => {
      assert.deepEqual(await check(schema, good), { valid: true, value: good });
      const checked = await check(schema, bad);
      assert.equal(checked.valid, false);
      assert.equal(checked.valid || checked.issues.length, 2);
      assert.equal(checked.valid || checked.fields.name?.length, 1);
    });

    test("a value of quite another kind has an issue without a path", async () => {
      const checked = await check(schema, 42);
      assert.deepEqual(checked.valid || checked.issues.map((issue) => issue.path), [[]]);
      assert.deepEqual(checked.valid || Object.keys(checked.fields), [""]);
    });

    test("names of prototypes in the value do no harm", async () => {
      const hostile: unknown = JSON.parse('{"__proto__": {"name": "x"}, "constructor": 1, "items": []}');
      const checked = await check(schema, hostile);
      assert.equal(checked.valid, false);
      assert.equal(({} as { name?: string }).name, undefined);
    });
  });
}

for (const [library, schema] of Object.entries(asynchronous)) {
  test(`${library}: an asynchronous schema gives a promise, and rejects`, async () => {
    const promise = validate(schema, { name: "free" });
    assert.ok(promise instanceof Promise);
    assert.deepEqual(await promise, { name: "free" });
    await assert.rejects(async () => validate(schema, { name: "taken" }), {
      code: "LMP_VALIDATION_FAILED",
      issues: [{ path: ["name"], message: "Taken already" }],
    });
    const checked = await check(schema, { name: "taken" });
    assert.deepEqual(checked.valid || { ...checked.fields }, { name: ["Taken already"] });
  });
}
