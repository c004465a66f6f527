/** Standard Schema in, typed values or field errors out. */
export { type Checked, check } from "./check.ts";
export { type CheckBegin, type CheckEnd, checkBegin, checkEnd } from "./moments.ts";
export type { Infer, InferInput, StandardSchemaV1 } from "./standard-schema.ts";
export { validate } from "./validate.ts";
