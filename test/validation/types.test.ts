/** Types: what comes out of a schema is what its library infers. The compiler is the test. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type } from "arktype";
import type { Issue } from "limpid/errors";
import { type Checked, check, type Infer, type InferInput, validate } from "limpid/validation";
import * as v from "valibot";
import { z } from "zod";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const proven = <Claim extends true>(claim: Claim): Claim => claim;

const ZodPage = z.object({ page: z.string().transform(Number) });
const ValibotPage = v.object({ page: v.pipe(v.string(), v.transform(Number)) });
const ArkPage = type({ page: "string.numeric.parse" });

test("outputs and inputs are inferred from all three libraries", async () => {
  proven<Equal<Infer<typeof ZodPage>, { page: number }>>(true);
  proven<Equal<Infer<typeof ValibotPage>, { page: number }>>(true);
  proven<Equal<Infer<typeof ArkPage>, { page: number }>>(true);
  proven<Equal<InferInput<typeof ZodPage>, { page: string }>>(true);
  proven<Equal<InferInput<typeof ValibotPage>, { page: string }>>(true);
  proven<Equal<InferInput<typeof ArkPage>, { page: string }>>(true);

  for (const schema of [ZodPage, ValibotPage, ArkPage]) {
    const page = await validate(schema, { page: "2" });
    proven<Equal<typeof page, { page: number }>>(true);
    assert.deepEqual(page, { page: 2 });
  }
});

test("`valid` tells which of the two results it is", async () => {
  const checked = await check(ZodPage, { page: "2" });
  proven<Equal<typeof checked, Checked<{ page: number }>>>(true);
  if (checked.valid) {
    proven<Equal<typeof checked.value, { page: number }>>(true);
  } else {
    proven<Equal<typeof checked.issues, readonly Issue[]>>(true);
  }
  assert.equal(checked.valid, true);
});
