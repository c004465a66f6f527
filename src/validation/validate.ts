/** Values in, typed values out, or a `ValidationError`; for code that leaves the answer to an error handler. */
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { examine, type Finding } from "./examine.ts";

/**
 * What the schema makes of a value. A synchronous schema gives it at once, an asynchronous one as a promise;
 * `await` is right for both.
 *
 * Throws, or rejects with, a `ValidationError` (422, `LMP_VALIDATION_FAILED`) whose `issues` and `fields` say what is
 * wrong; `LMP_VALIDATION_SCHEMA_FAILED` where the schema itself throws; and `LMP_VALIDATION_SCHEMA_INVALID` where
 * there is no Standard Schema.
 *
 * @example
 * ```ts
 * import { ValidationError } from "limpid/errors";
 * import { validate } from "limpid/validation";
 * import { z } from "zod";
 *
 * const Post = z.object({ title: z.string().min(3, "At least 3 letters") });
 * const post = await validate(Post, { title: "Tides" });
 * console.log(post.title); // Tides
 * try {
 *   await validate(Post, { title: "" });
 * } catch (error) {
 *   if (error instanceof ValidationError) console.log(error.fields.title); // [ 'At least 3 letters' ]
 * }
 * ```
 */
export function validate<Output>(
  schema: StandardSchemaV1<unknown, Output>,
  value: unknown,
): Output | Promise<Output> {
  const finding = examine(schema, value);
  return finding instanceof Promise ? finding.then(unwrap) : unwrap(finding);
}

function unwrap<Output>(finding: Finding<Output>): Output {
  if (finding.error !== undefined) throw finding.error;
  return finding.value;
}
