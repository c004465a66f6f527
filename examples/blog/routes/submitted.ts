/** A form as it was sent: a value that fits its schema, or what to show it with again. */
import { type AnyRequest, check, type Infer, type StandardSchemaV1 } from "limpid";
import type { FormState } from "../pages/field.ts";

/** One of the two: the value, or the form with what was typed and what is wrong with it. */
export type Submitted<Value> =
  | { readonly value: Value; readonly form?: undefined }
  | { readonly value?: undefined; readonly form: FormState };

/** Reads the form. Throws 415 for what is none. */
export async function submitted<Schema extends StandardSchemaV1>(
  request: AnyRequest,
  schema: Schema,
): Promise<Submitted<Infer<Schema>>> {
  const form = await request.form();
  const result = await check(schema, form.toObject());
  if (result.valid) return { value: result.value };
  const typed: Record<string, string> = Object.create(null);
  for (const [name, text] of form) typed[name] ??= text;
  return { form: { typed, errors: result.fields } };
}
