/** Values in, a result object out; for code that shows a form again instead of throwing. */
import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Issue } from "../errors/index.ts";
import { examine } from "./examine.ts";

/** A value that a schema has accepted, or what is wrong with it. */
export type Checked<Output> =
  | { readonly valid: true; readonly value: Output }
  | {
      readonly valid: false;
      /** Where and why, in the order of the schema. */
      readonly issues: readonly Issue[];
      /** The messages by field name, a nested field joined by dots. */
      readonly fields: Readonly<Record<string, string[]>>;
    };

/**
 * Checks a value without throwing for what is wrong with it. Rejects only with `LMP_VALIDATION_SCHEMA_FAILED` or
 * `LMP_VALIDATION_SCHEMA_INVALID`, which are mistakes in the schema.
 *
 * @example
 * ```ts
 * import { check } from "limpid/validation";
 * import * as v from "valibot";
 *
 * const Comment = v.object({ text: v.pipe(v.string(), v.minLength(1, "Say something")) });
 * const checked = await check(Comment, { text: "" });
 * if (!checked.valid) console.log(checked.fields.text); // [ 'Say something' ]
 * ```
 */
export async function check<Output>(
  schema: StandardSchemaV1<unknown, Output>,
  value: unknown,
): Promise<Checked<Output>> {
  const finding = await examine(schema, value);
  if (finding.error === undefined) return { valid: true, value: finding.value };
  const { issues, fields } = finding.error;
  return { valid: false, issues, fields };
}
