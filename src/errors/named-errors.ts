/** The HTTP errors an application throws most, by name. Handlers are dispatched by these classes. */
import { HttpError, type HttpErrorDetails } from "./http-error.ts";

/** 400: the request cannot be understood. */
export class BadRequestError extends HttpError {
  constructor(message?: string, details?: HttpErrorDetails) {
    super(400, message, { code: "LMP_BAD_REQUEST", ...details });
  }
}

/** 401: the client has not said who it is. Send a challenge in `headers` as RFC 9110 §11.6.1 asks. */
export class UnauthorizedError extends HttpError {
  constructor(message?: string, details?: HttpErrorDetails) {
    super(401, message, { code: "LMP_UNAUTHORIZED", ...details });
  }
}

/** 403: the client is known and may not. */
export class ForbiddenError extends HttpError {
  constructor(message?: string, details?: HttpErrorDetails) {
    super(403, message, { code: "LMP_FORBIDDEN", ...details });
  }
}

/** 404: there is nothing at this address. */
export class NotFoundError extends HttpError {
  constructor(message?: string, details?: HttpErrorDetails) {
    super(404, message, { code: "LMP_NOT_FOUND", ...details });
  }
}

/** 405: the address exists, the method does not. `allow` becomes the `Allow` field (RFC 9110 §15.5.6). */
export class MethodNotAllowedError extends HttpError {
  constructor(allow: readonly string[], message?: string, details?: HttpErrorDetails) {
    const headers = { Allow: allow.join(", "), ...details?.headers };
    super(405, message, { code: "LMP_METHOD_NOT_ALLOWED", ...details, headers });
  }
}

/** 409: the request does not fit the state of the resource. */
export class ConflictError extends HttpError {
  constructor(message?: string, details?: HttpErrorDetails) {
    super(409, message, { code: "LMP_CONFLICT", ...details });
  }
}

/** 413: the content is larger than the limit. */
export class ContentTooLargeError extends HttpError {
  constructor(message?: string, details?: HttpErrorDetails) {
    super(413, message, { code: "LMP_BODY_TOO_LARGE", ...details });
  }
}

/** 415: the content is of a kind the handler does not take. */
export class UnsupportedMediaTypeError extends HttpError {
  constructor(message?: string, details?: HttpErrorDetails) {
    super(415, message, { code: "LMP_MEDIA_TYPE_UNSUPPORTED", ...details });
  }
}

/** 429: too many requests; say when to come back in `headers["Retry-After"]`. */
export class TooManyRequestsError extends HttpError {
  constructor(message?: string, details?: HttpErrorDetails) {
    super(429, message, { code: "LMP_TOO_MANY_REQUESTS", ...details });
  }
}

/** 503: not now. */
export class ServiceUnavailableError extends HttpError {
  constructor(message?: string, details?: HttpErrorDetails) {
    super(503, message, { code: "LMP_SERVICE_UNAVAILABLE", ...details });
  }
}

/** One thing that is wrong with a value that came from outside. */
export interface Issue {
  /** Where: `["items", 0, "price"]`; empty for the value as a whole. */
  path: readonly (string | number)[];
  /** What is wrong, fit to be shown beside an input. */
  message: string;
}

/** 422: the content was understood and is not acceptable; `issues` says where and why (RFC 9110 §15.5.21). */
export class ValidationError extends HttpError {
  readonly issues: readonly Issue[];
  /** Where a form was not valid: what was typed into its fields, to fill them again. Never sent by itself; holds passwords too. */
  values: Readonly<Record<string, string | readonly string[]>> | undefined;

  constructor(issues: readonly Issue[], message = "Some values are not valid.", details?: HttpErrorDetails) {
    super(422, message, { code: "LMP_VALIDATION_FAILED", ...details });
    this.issues = issues;
  }

  /** The messages by field name, a nested field joined by dots: `{ "address.zip": ["Too short"] }`. */
  get fields(): Record<string, string[]> {
    const fields: Record<string, string[]> = Object.create(null);
    for (const issue of this.issues) {
      const name = issue.path.join(".");
      (fields[name] ??= []).push(issue.message);
    }
    return fields;
  }
}
