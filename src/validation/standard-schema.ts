/** The contract between Limpid and a schema library: Standard Schema v1, and the check that a value keeps it. */
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { LimpidError } from "../errors/index.ts";

export type { StandardSchemaV1 };

/**
 * The type of a value once a schema has accepted it, defaults and conversions included.
 *
 * @example
 * ```ts
 * import type { Infer, InferInput } from "limpid/validation";
 * import { z } from "zod";
 *
 * const Page = z.object({ page: z.coerce.number<string>().default(1) });
 * const sent: InferInput<typeof Page> = { page: "2" };
 * const read: Infer<typeof Page> = { page: 2 };
 * console.log(sent.page, read.page); // 2 2
 * ```
 */
export type Infer<Schema extends StandardSchemaV1> = StandardSchemaV1.InferOutput<Schema>;

/** The type a schema expects to be given, before defaults and conversions. */
export type InferInput<Schema extends StandardSchemaV1> = StandardSchemaV1.InferInput<Schema>;

/** What a schema can do, from behind its `~standard` key. Throws `LMP_VALIDATION_SCHEMA_INVALID` for anything else. */
export function standardOf<Output>(
  schema: StandardSchemaV1<unknown, Output>,
): StandardSchemaV1.Props<unknown, Output> {
  // A schema may be a function, as ArkType's are.
  const holder = typeof schema === "object" || typeof schema === "function" ? schema : null;
  const standard = holder?.["~standard"];
  if (standard?.version === 1 && typeof standard.validate === "function") return standard;
  throw new LimpidError("LMP_VALIDATION_SCHEMA_INVALID", "The schema is not a Standard Schema.", {
    expected: "a schema of version 1 of the Standard Schema, such as z.object({ … }) of zod",
    found: describe(schema),
    fix: "Use a schema of zod 3.24, valibot 1.0, arktype 2.0 or later, or of another library that keeps the standard.",
  });
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value !== "object") return `a ${typeof value}`;
  return Array.isArray(value) ? "an array" : "an object without a usable ~standard key";
}
