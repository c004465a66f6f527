/** The errors of forms that are malformed or too large. */
import {
  BadRequestError,
  ContentTooLargeError,
  type ErrorCode,
  UnsupportedMediaTypeError,
} from "../errors/index.ts";

/** 413 for a form beyond a limit; the code names the limit. */
export function beyond(code: ErrorCode, sentence: string, limit: number, what: string): ContentTooLargeError {
  return new ContentTooLargeError(sentence, { code, expected: `at most ${limit} ${what}`, found: "more" });
}

/** 400 for content that breaks the grammar of multipart (RFC 2046 §5.1.1, RFC 7578). */
export function malformed(sentence: string, expected: string, found: string): BadRequestError {
  return new BadRequestError(sentence, { code: "LMP_FORMS_MULTIPART_INVALID", expected, found });
}

/** 400 for header lines of a part that cannot be read, or in two ways. */
export function badPart(sentence: string, expected: string, found: string): BadRequestError {
  return new BadRequestError(sentence, { code: "LMP_FORMS_PART_INVALID", expected, found });
}

/** 415 for content that is no form. */
export function notAForm(found: string | undefined, expected: string): UnsupportedMediaTypeError {
  return new UnsupportedMediaTypeError("The content is not a form.", {
    expected,
    found: found ?? "no media type",
    fix: "Send the fields as multipart/form-data or application/x-www-form-urlencoded.",
  });
}
