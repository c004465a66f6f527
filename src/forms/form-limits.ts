/** The limits of forms, each with its default; a form beyond one is refused with 413, never cut short. */
import { LimpidError } from "../errors/index.ts";

/** What a form may measure. All sizes are in bytes as sent; a limit is an integer from 0 to 2^53 - 1. */
export interface FormLimits {
  /** Parts of a multipart form, fields and files together. Default 100. */
  readonly parts: number;
  /** Parts without a file name. Default 100. */
  readonly fields: number;
  /** Parts with a file name. Default 10. */
  readonly files: number;
  /** The name of a field or file. Default 100. */
  readonly nameBytes: number;
  /** The value of one field. Default 65,536. */
  readonly fieldBytes: number;
  /** The values of all fields together. Default 1,048,576. */
  readonly fieldsBytes: number;
  /** One file. Default 10,485,760. */
  readonly fileBytes: number;
  /** The whole content of a multipart form. Default 16,777,216. */
  readonly requestBytes: number;
  /** Header lines of one part. Default 16. */
  readonly headLines: number;
  /** The header lines of one part together. Default 8192. */
  readonly headBytes: number;
  /** The boundary. Default 70, which is also the most that RFC 2046 §5.1.1 permits. */
  readonly boundaryBytes: number;
  /** What stands before the first boundary. Default 1024. */
  readonly preambleBytes: number;
  /** What stands behind the last boundary. Default 1024. */
  readonly epilogueBytes: number;
  /** Pairs of a urlencoded form. Default 1000. */
  readonly params: number;
  /** The decoded name of one pair, in UTF-8. Default 256. */
  readonly paramNameBytes: number;
  /** The whole content of a urlencoded form. Default 1,048,576. */
  readonly urlencodedBytes: number;
}

/** The limits that hold where none are given. */
export const defaultFormLimits: FormLimits = Object.freeze({
  parts: 100,
  fields: 100,
  files: 10,
  nameBytes: 100,
  fieldBytes: 65_536,
  fieldsBytes: 1_048_576,
  fileBytes: 10_485_760,
  requestBytes: 16_777_216,
  headLines: 16,
  headBytes: 8192,
  boundaryBytes: 70,
  preambleBytes: 1024,
  epilogueBytes: 1024,
  params: 1000,
  paramNameBytes: 256,
  urlencodedBytes: 1_048_576,
});

/** The given limits over the defaults. Nothing is unlimited: what is no integer is refused. */
export function formLimits(given: Partial<FormLimits> = {}): FormLimits {
  const limits: Record<keyof FormLimits, number> = { ...defaultFormLimits };
  for (const name of Object.keys(defaultFormLimits) as (keyof FormLimits)[]) {
    const value = given[name];
    if (value === undefined) continue;
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new LimpidError("LMP_FORMS_LIMIT_INVALID", `The limit ${name} is not usable.`, {
        expected: "an integer from 0 to 9007199254740991",
        found: String(value),
        fix: `Leave ${name} out to get its default, ${defaultFormLimits[name]}.`,
      });
    }
    limits[name] = value;
  }
  return limits;
}
