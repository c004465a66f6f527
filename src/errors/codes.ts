/**
 * Every code a Limpid error can carry, with the sentence that says when it occurs.
 *
 * This is the one list: `docs/errors.md` shows it, `ErrorCode` is its type, and a test keeps the three equal
 * and every code in use. An application chooses codes of its own under a prefix of its own.
 */
export const codes = {
  // errors
  LMP_HTTP_ERROR: "An HTTP error that the application threw without a code of its own.",
  LMP_BAD_REQUEST: "The request cannot be understood.",
  LMP_UNAUTHORIZED: "The client has not said who it is.",
  LMP_FORBIDDEN: "The client is known and may not do this.",
  LMP_NOT_FOUND: "There is nothing at this address.",
  LMP_METHOD_NOT_ALLOWED: "The address exists and does not take this method.",
  LMP_CONFLICT: "The request does not fit the state of the resource.",
  LMP_BODY_TOO_LARGE: "The content is larger than the limit.",
  LMP_MEDIA_TYPE_UNSUPPORTED: "The content is of a media type that the handler does not take.",
  LMP_TOO_MANY_REQUESTS: "The client has sent too many requests.",
  LMP_SERVICE_UNAVAILABLE: "The server cannot answer now.",
  LMP_VALIDATION_FAILED: "The content was understood and some of its values are not acceptable.",
} as const;

/** A code that Limpid itself uses. */
export type ErrorCode = keyof typeof codes;
