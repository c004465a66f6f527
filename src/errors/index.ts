/** The error grammar: a code, a sentence, what was expected and found, the fix, and for HTTP a status. */
export { codes, type ErrorCode } from "./codes.ts";
export { HttpError, type HttpErrorDetails } from "./http-error.ts";
export { type Code, describeError, type ErrorDetails, LimpidError } from "./limpid-error.ts";
export {
  BadRequestError,
  ConflictError,
  ContentTooLargeError,
  ForbiddenError,
  type Issue,
  MethodNotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
  TooManyRequestsError,
  UnauthorizedError,
  UnsupportedMediaTypeError,
  ValidationError,
} from "./named-errors.ts";
export { nearest } from "./nearest.ts";
export { reasonPhrase, reasonPhrases } from "./status.ts";
